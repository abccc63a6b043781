"""A text longer than one field: cut into several and put together again without losing a character."""

from bot.slack.blocks import Block, field, text_input, units

FIELD = 3_000
"""Slack: plain_text_input takes at most 3,000 characters."""


def pieces(text: str) -> tuple[str, ...]:
    """The text in fields' lengths; joined, they are the text.

    A cut stands between two visible characters where there is such a place: Slack may trim what stands at
    a field's ends.
    """
    found, start = [], 0
    while (end := _end(text, start)) < len(text):
        found.append(text[start:end])
        start = end
    return (*found, text[start:])


def fields_for(
    name: str, label: str, text: str, mark: str, *, more: int = 0, hint: str = "", needed: bool = False
) -> list[Block]:
    """The fields that the text needs, and `more` empty ones. Where it is `needed`, the first must have one.

    Only the first may be asked for; its label counts them where there are several.
    """
    parts = (*pieces(text), *("",) * more)
    blocks = []
    for number, part in enumerate(parts):
        said = label if len(parts) == 1 else f"{label} ({number + 1} of {len(parts)})"
        blocks.append(
            field(
                f"{name}.{number}:{mark}.{len(parts)}",
                said,
                text_input("typed", part, multiline=True, most=FIELD),
                hint=hint if number == len(parts) - 1 else "",
                optional=number > 0 or not needed,
            )
        )
    return blocks


def _end(text: str, start: int) -> int:
    """Where the field that begins there ends."""
    room, end = FIELD, start
    while end < len(text) and (room := room - units(text[end])) >= 0:
        end += 1
    if end == len(text):
        return end
    visible, middle = end, (start + end) // 2
    while visible > middle and (text[visible - 1].isspace() or text[visible].isspace()):
        visible -= 1
    return visible if visible > middle else end
