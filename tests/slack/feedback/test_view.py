"""The thumbs and their modal, as Slack would take them."""

from typing import Any

from bot.chat.feedback import NotTaken
from bot.chat.opinions import LONGEST_WORD, Rated, Thumb
from bot.chat.rights import NoRight
from bot.playground.workspace.blockkit.blocks import Surface, check_blocks
from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.limits import Limits
from bot.slack.answer_row.about import About
from bot.slack.answer_row.row import FEEDBACK, answer_row
from bot.slack.feedback import texts
from bot.slack.feedback.view import word_view

ABOUT = About("C1", "1700000000.000100", "1700000000.000100")


def test_the_row_has_a_menu_and_thumbs_that_say_what_they_are() -> None:
    row: list[Any] = list(answer_row())
    check_blocks(look := Inspection(), row, Surface.MESSAGE)
    assert look.faults == []
    assert [block["type"] for block in row] == ["actions", "context_actions"]
    (thumbs,) = row[1]["elements"]
    assert thumbs["action_id"] == FEEDBACK
    for side in ("positive_button", "negative_button"):
        assert "answer of Confab" in thumbs[side]["accessibility_label"]


def test_the_modal_takes_the_longest_word_and_needs_none() -> None:
    view: Any = word_view(Thumb(True, "x" * LONGEST_WORD), ABOUT)
    assert check_view(view, "modal", Limits())
    assert view["blocks"][1]["optional"]


def test_every_reason_has_a_sentence() -> None:
    assert all(texts.not_rated(reason) for reason in (*NotTaken, NoRight.NOT_MEMBER, NoRight.NOT_FULL))
    assert all(texts.not_retracted(reason) for reason in (*NotTaken, *NoRight))
    assert texts.share(Rated(10, 12)) == "83 % of 12 liked it"
