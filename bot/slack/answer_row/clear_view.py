"""The modal that asks before a chat is cleared."""

from bot.slack.answer_row import texts
from bot.slack.answer_row.about import About
from bot.slack.blocks import Block, field, modal, option, radio, section

CALLBACK = "answer.clear_view"
HOW = "how"
_KEEP, _ERASE = "keep", "erase"


def clear_view(about: About) -> Block:
    """What clearing does, and whether the texts are to go, too."""
    keep = option(texts.CLEAR_KEEP, _KEEP)
    choice = radio("choice", [keep, option(texts.CLEAR_ERASE, _ERASE)], keep)
    blocks = [section(texts.CLEAR_ASKS), field(HOW, texts.CLEAR_HOW, choice)]
    return modal(
        texts.CLEAR,
        blocks,
        callback_id=CALLBACK,
        metadata=about.encoded(),
        submit=texts.CLEAR,
        close="Cancel",
    )


def erases(chosen: str) -> bool:
    """Whether the texts are to go; anything but that very choice keeps them."""
    return chosen == _ERASE
