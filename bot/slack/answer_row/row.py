"""The quiet row under an answer, and what its parts are called when they come back.

They carry no ids: what was pressed is looked up by the message that it stands under, which Slack names.
"""

from enum import StrEnum

from bot.slack.answer_row import texts
from bot.slack.blocks import Block, actions, button, feedback_buttons, option, overflow, thumb

ROW = "answer.row"
LARGER = "answer.larger"
STOP = "answer.stop"
AGAIN = "answer.again"
GO_ON = "answer.go_on"
TRY_AGAIN = "answer.try_again"
FEEDBACK = "answer.feedback"
GOOD, BAD = "good", "bad"
SHORTCUT = "answer.shortcut."
"""What the callback ids of the message shortcuts begin with; a choice follows."""


class Choice(StrEnum):
    """What somebody can do with an answer; the value also ends its shortcut's callback id."""

    CODE = "code"
    RAW = "raw"
    CLEAR = "clear"
    SETTINGS = "settings"
    MORE = "more"


LABELS = {
    Choice.CODE: texts.CODE,
    Choice.RAW: texts.RAW,
    Choice.CLEAR: texts.CLEAR,
    Choice.SETTINGS: texts.SETTINGS,
    Choice.MORE: texts.MORE,
}


def answer_row(*, cut: bool = False) -> tuple[Block, ...]:
    """Another answer, one menu, and the thumbs, which Slack puts into a block of their own.

    One that was cut can go on. A block without an id gets a new one at every edit, which is all right here.
    """
    menu = overflow(ROW, [option(LABELS[choice], choice.value) for choice in Choice])
    good = thumb(texts.GOOD, GOOD, texts.GOOD_ALOUD)
    bad = thumb(texts.BAD, BAD, texts.BAD_ALOUD)
    again = [button(texts.AGAIN, AGAIN), *([button(texts.GO_ON, GO_ON)] if cut else [])]
    return actions(*again, menu), feedback_buttons(FEEDBACK, good, bad)


def stop_row() -> tuple[Block, ...]:
    """Under an answer that is being written, where Slack has no Stop of its own."""
    return (actions(button(texts.STOP, STOP)),)


def failed_row(*, larger: bool, again: bool) -> tuple[Block, ...]:
    """Under a sentence that says why there is no answer.

    A larger limit helps where hidden reasoning left it empty, asking again where it may go well another time.
    """
    larger_limit = [button(texts.LARGER, LARGER)] if larger else []
    try_again = [button(texts.TRY_AGAIN, TRY_AGAIN)] if again else []
    ways = [*larger_limit, *try_again]
    return (actions(*ways),) if ways else ()
