"""A text longer than one field: cut into several and put together again without losing a character."""

from bot.slack.blocks import Block, field, text_input, units

FIELD = 3_000
"""Slack: plain_text_input takes at most 3,000 characters."""


def pieces(text: str) -> tuple[str, ...]:
    """The text in fields' lengths; joined, they are the text.

    A cut stands between two visible characters where there is such a place: Slack may trim what stands at
    a field's ends.
    """
    found = []
    while units(text) > FIELD:
        end = _end(text)
        found.append(text[:end])
        text = text[end:]
    return (*found, text)


def fields_for(
    name: str, label: str, text: str, revision: int, *, more: int = 0, hint: str = ""
) -> list[Block]:
    """The fields that the text needs, and `more` empty ones.

    Only the first may be asked for; its label counts them where there are several.
    """
    parts = (*pieces(text), *("",) * more)
    blocks = []
    for number, part in enumerate(parts):
        said = label if len(parts) == 1 else f"{label} ({number + 1} of {len(parts)})"
        blocks.append(
            field(
                f"{name}.{number}:{revision}.{len(parts)}",
                said,
                text_input("typed", part, multiline=True, most=FIELD),
                hint=hint if number == len(parts) - 1 else "",
                optional=True,
            )
        )
    return blocks


def _end(text: str) -> int:
    room, end = FIELD, 0
    for character in text:
        room -= units(character)
        if room < 0:
            break
        end += 1
    visible = end
    while visible > end // 2 and (text[visible - 1].isspace() or text[visible].isspace()):
        visible -= 1
    return visible if visible > end // 2 else end
