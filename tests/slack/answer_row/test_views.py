"""The modals of the row hold the largest of everything, and show code character by character."""

import json
from typing import Any

import pytest

from bot.chat.code_samples.call import Extent, Language
from bot.chat.messages import Role
from bot.chat.raw_syntax import raw_syntax
from bot.chat.replay import replay
from bot.chat.sent import ShownAnswer
from bot.chat.setup import Example, Persona
from bot.chat.view_code import code_of
from bot.playground.workspace import Limits
from bot.playground.workspace.blockkit.views import check_view
from bot.slack.answer_row.about import About
from bot.slack.answer_row.clear_view import clear_view
from bot.slack.answer_row.code_view import TAB, code_view, turned
from bot.slack.answer_row.longer import MOST, beginning
from bot.slack.answer_row.more import Entry
from bot.slack.answer_row.more_view import more_view
from bot.slack.answer_row.raw_view import raw_file, raw_view
from bot.tokens import counter
from tests.chat.answers import message, shown

EMOJI = "\U0001f9d1\u200d\U0001f680"
LARGEST = Persona(
    system_message="```" + EMOJI * 3_999,
    examples=tuple(Example(EMOJI * 1_000, '\\"' * 1_500) for _ in range(50)),
)
MANY = shown([message(number, Role.USER, "a\n```\n<b> & " * 20) for number in range(1, 1_001)])


async def nothing(_chosen: object) -> None:
    """What an entry does that only its button matters of."""


ENTRIES = [Entry(f"entry{number}", "A label " * 20, lambda _made: True, nothing) for number in range(25)]
ABOUT = About("C" * 64, "1700000000.000100", "1700000000.000100")


def checked(view: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack would take it, or the reason why not."""
    return dict(check_view(view, "modal", Limits()))


def code_in(view: dict[str, Any]) -> str:
    [block] = [each for each in view["blocks"] if each["type"] == "rich_text"]
    found = [part for part in block["elements"] if part["type"] == "rich_text_preformatted"]
    return "".join(each["text"] for part in found for each in part["elements"])


@pytest.mark.parametrize("answer", [shown(), MANY])
@pytest.mark.parametrize("language", Language)
def test_the_largest_code_opens_within_slacks_limits(answer: ShownAnswer, language: Language) -> None:
    lines = replay(answer, LARGEST, readable=True)
    sample = code_of(lines, lines, {}).sample(language, Extent.SO_FAR)
    assert len(sample.text) > MOST
    view = checked(code_view(sample, ABOUT, list(Extent), "It goes on elsewhere."))
    assert sample.text.startswith(code_in(view))
    assert len(code_in(view)) > MOST - 4_000


def test_the_largest_conversation_opens_within_slacks_limits() -> None:
    raw = raw_syntax(replay(MANY, LARGEST, readable=True), counter(), "o200k_base")
    checked(raw_view(raw, "It goes on elsewhere."))
    assert raw_file(raw).startswith(raw.text)
    assert f"{len(raw.turns)}. answer" in raw_file(raw)


def test_a_conversation_with_deletions_is_not_called_the_prompt_that_was_sent() -> None:
    def said(text: str, *, deleted: bool) -> str:
        answer = shown([message(1, Role.USER, text, deleted=deleted)])
        return str(
            checked(raw_view(raw_syntax(replay(answer, Persona(), readable=True), counter(), "bytes")))
        )

    assert "[deleted] stands for" not in said("a question", deleted=False)
    assert "[deleted] stands for" in said("", deleted=True)


def test_code_is_shown_as_it_is_with_nothing_in_it_read_as_markup() -> None:
    said = shown([message(1, Role.USER, "```\n<!channel> & *bold* `code`\n```")])
    lines = replay(said, Persona(system_message=""), readable=True)
    sample = code_of(lines, lines, {}).sample(Language.JSON, Extent.REQUEST)
    view = checked(code_view(sample, ABOUT, list(Extent)))
    assert json.loads(code_in(view))["messages"][0]["content"] == "```\n<!channel> & *bold* `code`\n```"


def test_a_beginning_ends_with_a_whole_line_where_there_is_one() -> None:
    assert beginning("one\ntwo\nthree", 9) == "one\ntwo\n"
    assert beginning("x" * 20, 9) == "x" * 9
    assert beginning("short", 9) == "short"


@pytest.mark.parametrize("turn", [Language.CURL, Language.JSON, Extent.SO_FAR])
def test_a_tab_changes_one_thing_and_survives_the_way_through_slack(turn: Language | Extent) -> None:
    after = turned(ABOUT, f"{TAB}{turn}")
    assert About.decoded(after.encoded()) == after
    assert turn in (after.language, after.extent)
    assert turned(ABOUT, f"{TAB}something") == ABOUT


@pytest.mark.parametrize("metadata", ["", "{}", "7", "[]", '{"channel_id": "C1"}', "null"])
def test_metadata_that_is_not_ours_is_nothing(metadata: str) -> None:
    assert About.decoded(metadata) is None


def test_the_small_modals_are_taken_too() -> None:
    checked(clear_view(ABOUT))
    checked(more_view(shown(), ABOUT, ENTRIES))
