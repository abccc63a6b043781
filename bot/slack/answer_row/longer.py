"""What a modal holds of a text, as code that can be copied from it exactly."""

from collections.abc import Iterable

from bot.slack.blocks import Block

MOST = 10_000
"""Characters of code in a modal; what is longer is a file. Slack names no figure for rich text."""

_ELEMENT = 2_500  # of one element, well within the 3,000 that Slack gives every text object


def beginning(text: str, most: int = MOST) -> str:
    """Whole lines of a text, if they fill at least half of the room; else a line is cut."""
    if len(text) <= most:
        return text
    end = text.rfind("\n", most // 2, most)
    return text[: end + 1] if end > 0 else text[:most]


def code(text: str) -> Block:
    """A part of rich text: shown and copied character by character, with nothing in it read as markup."""
    return {"type": "rich_text_preformatted", "elements": _elements(text.rstrip("\n") or " ")}


def caption(text: str) -> Block:
    """A part of rich text over a code."""
    style = {"italic": True}
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": text, "style": style}]}


def rich_text(parts: Iterable[Block]) -> Block:
    """The block that holds them."""
    return {"type": "rich_text", "elements": list(parts)}


def _elements(text: str) -> list[Block]:
    starts = range(0, len(text), _ELEMENT)
    return [{"type": "text", "text": text[start : start + _ELEMENT]} for start in starts]
