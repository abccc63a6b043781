"""Plainer forms of a message that Slack does not take: the answer arrives in all its words."""

from collections.abc import Iterator, Sequence
from enum import IntEnum

from bot.slack.blocks import SECTION, Block, plain, units
from bot.slack.wide_tables import in_code

UNSHOWABLE = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"})
"""What Slack says of blocks that it does not take."""


class Form(IntEnum):
    """How a message's words are put before people, the nicest first.

    `TABLES_IN_CODE` is Markdown, too. `PLAIN` shows every character as it is, and has nothing beneath it.
    """

    MARKDOWN = 0
    TABLES_IN_CODE = 1
    PLAIN = 2

    def next(self, text: str) -> "Form | None":
        """The form to try once this one was refused; None after the last."""
        if self is Form.MARKDOWN and in_code(text) != text:
            return Form.TABLES_IN_CODE
        return None if self is Form.PLAIN else Form.PLAIN


def blocks_of(text: str, form: Form, under: Sequence[Block] = ()) -> list[Block]:
    """The blocks of a message in that form."""
    if form is Form.PLAIN:
        return [{"type": "section", "text": plain(part)} for part in _parts(text)]
    said = text if form is Form.MARKDOWN else in_code(text)
    return [{"type": "markdown", "text": said}, *under]


def _parts(text: str) -> Iterator[str]:
    """Cut where a section is full, at the end of a line where one is near."""
    while units(text) > SECTION:
        full = text[:SECTION]
        while units(full) > SECTION:
            full = full[: -max(1, (units(full) - SECTION) // 2)]
        end = full.rfind("\n", len(full) // 2) + 1 or len(full)
        yield text[:end]
        text = text[end:]
    yield text
