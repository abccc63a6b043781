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


def answer_row() -> tuple[Block, ...]:
    """Another answer, one menu, and the thumbs, which Slack puts into a block of their own.

    A block without an id gets a new one at every edit, which is all right here.
    """
    menu = overflow(ROW, [option(LABELS[choice], choice.value) for choice in Choice])
    good = thumb(texts.GOOD, GOOD, texts.GOOD_ALOUD)
    bad = thumb(texts.BAD, BAD, texts.BAD_ALOUD)
    return actions(button(texts.AGAIN, AGAIN), menu), feedback_buttons(FEEDBACK, good, bad)


def stop_row() -> tuple[Block, ...]:
    """Under an answer that is being written, where Slack has no Stop of its own."""
    return (actions(button(texts.STOP, STOP)),)


def larger_limit() -> tuple[Block, ...]:
    """Under an answer that hidden reasoning left empty."""
    return (actions(button(texts.LARGER, LARGER)),)
