"""The largest comparison, and the largest example."""

import json
from typing import Any

import pytest

from bot.chat.comparing import Candidate, Kind, Side
from bot.chat.exampling import Offer
from bot.chat.turns import Usage
from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.limits import Limits
from bot.slack.blocks import Block
from bot.slack.comparing.view import LEFT, QUESTION, RIGHT, answers, faults, form, too_long
from bot.slack.example import view as example


def side(text: str, sentence: str = "") -> Side:
    return Side(Candidate(Kind.VERSION, "12345"), "d" * 64, text, Usage(10**6, 10**6), 12.3, sentence)


def test_the_longest_answers_are_within_slacks_limits_and_said_to_be_cut() -> None:
    long = "\u8a9e\U0001f9ed <@U1> " * 20_000
    view = answers("C1", "?" * 3_000, (side(long), side("short")))
    assert check_view(view, "modal", Limits())
    assert len(json.dumps(view)) < 250_000
    assert too_long((side(long), side("short")))
    assert not too_long((side("x" * 12_000), side("")))


def test_emoji_on_both_sides_fit_and_what_is_shown_of_them_has_no_gap() -> None:
    smile = "\U0001f600" * 12_000
    view = answers("C1", "\U0001f600" * 1_500, (side(smile), side(smile)), "n" * 200)
    assert check_view(view, "modal", Limits())
    shown = "".join(each["fields"][0]["text"] for each in columns(view))
    assert len(shown) > 8_000
    assert smile.startswith(shown)


@pytest.mark.parametrize("text", ["a\U0001f600\U0001f600 " * 400, "\u8a9e" * 2_000, "word " * 2_000])
def test_an_answer_that_the_modal_has_room_for_is_shown_whole(text: str) -> None:
    assert not too_long((side(text), side("")))
    shown = [each["fields"][0]["text"] for each in columns(answers("C1", "?", (side(text), side(""))))]
    assert "".join("".join(shown).split()) == "".join(text.split())


def columns(view: Block) -> list[Any]:
    """The rows of a comparison under its headings."""
    blocks: Any = view["blocks"]
    return [each for each in blocks if each["type"] == "section" and "fields" in each][1:]


def test_what_went_wrong_on_one_side_stands_there() -> None:
    view = json.dumps(answers("C1", "Why?", (side("Because."), side("", "The day's tokens are used up."))))
    assert "Because." in view
    assert "tokens are used up" in view


def test_the_most_candidates_fit_the_menus() -> None:
    candidates = [Candidate(Kind.CURRENT), Candidate(Kind.DRAFT)]
    candidates += [Candidate(Kind.VERSION, str(number)) for number in range(40)]
    candidates += [Candidate(Kind.DEPLOYMENT, f"{number}{'d' * 62}") for number in range(50)]
    assert check_view(form("C1", candidates), "modal", Limits())
    assert all(Candidate.of(each.word) == each for each in candidates)
    assert Candidate.of("nonsense:1") is None


def test_what_it_is_compared_with_is_chosen_at_first_where_it_is_there() -> None:
    there = [Candidate(Kind.CURRENT), Candidate(Kind.DRAFT), Candidate(Kind.VERSION, "3")]
    chosen = {"3": "version:3", "4": "draft"}
    for number, word in chosen.items():
        blocks: Any = form("C1", there, against=Candidate(Kind.VERSION, number))["blocks"]
        menus = {
            each["block_id"]: each["element"] for each in blocks if each.get("block_id") in (LEFT, RIGHT)
        }
        assert menus[LEFT]["initial_option"]["value"] == "current"
        assert menus[RIGHT]["initial_option"]["value"] == word


def test_what_cannot_be_asked_is_refused_at_its_field() -> None:
    assert set(faults({QUESTION: "  ", LEFT: "current", RIGHT: "draft"})) == {QUESTION}
    assert set(faults({QUESTION: "Why?", LEFT: "draft", RIGHT: "draft"})) == {RIGHT}
    assert not faults({QUESTION: "Why?", LEFT: "current", RIGHT: "draft"})


def test_the_longest_example_fits_its_modal() -> None:
    view = example.form(Offer("C1", "x" * 3_000, "y" * 3_000, shortened=True))
    assert check_view(view, "modal", Limits())
    assert set(example.faults({example.USER: "x", example.ASSISTANT: "y" * 3_001})) == {example.ASSISTANT}
