"""Slack's encoding of what people wrote, undone for a model to read.

People write what they like: every pattern takes time that grows with the text and no faster.
"""

import re

from bot.chat.characters import legible

_TOKEN = re.compile(r"<([^<>\n]+)>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_CALLED = r"@([A-Z0-9]+)|!subteam\^([A-Z0-9]+)|!(here|channel|everyone|group)"
_LEADING = re.compile(rf"\s*<(?:{_CALLED})(?:\|[^<>\n]*)?>[\s,:;]*")
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>\n]*)?>")


def readable(text: str, ours: str) -> str:
    """The text as its author meant it, without mentions of `ours`, Confab's own user.

    Entities are undone last, so that an escaped `<` never becomes a token (Slack: "Formatting text").
    """
    said = legible(text)
    own = re.compile(rf"^(?:\s*<@{re.escape(ours)}(?:\|[^<>\n]*)?>)+[\s,:;]*")
    said = own.sub("", said)
    # Only where a run of blanks begins: from each of its blanks anew, a long one would take for ever.
    said = re.sub(rf"(?<![ \t])[ \t]*+<@{re.escape(ours)}(?:\|[^<>\n]*)?>", "", said)
    said = _TOKEN.sub(lambda found: _worded(found.group(1)), said)
    return _ENTITY.sub(lambda found: _CHARACTERS[found.group(1)], said).strip()


def mentions(text: str) -> frozenset[str]:
    """Ids of everybody mentioned in a text in Slack's encoding."""
    return frozenset(_MENTION.findall(text))


def leading_mentions(text: str) -> tuple[str, ...]:
    """Whom the text begins by mentioning, in order, Confab included: ids of people and groups, or "here"."""
    found: list[str] = []
    position = 0
    while match := _LEADING.match(text, position):
        found.append(match[match.lastindex or 1])
        position = match.end()
    return tuple(found)


def _worded(token: str) -> str:
    target, _, label = token.partition("|")
    kind, rest = target[:1], target[1:]
    if kind == "@":
        return "@" + (label.lstrip("@") or rest)
    if kind == "#":
        return "#" + (label.lstrip("#") or rest)
    if kind == "!":
        return _command(rest, label)
    return _link(target, label)


def _command(command: str, label: str) -> str:
    name, _, detail = command.partition("^")
    if name == "date":
        return label or detail.split("^")[0]
    if name == "subteam":
        return "@" + (label.lstrip("@") or detail)
    return "@" + (label.lstrip("@") or name)


def _link(address: str, label: str) -> str:
    plain = address.removeprefix("mailto:").removeprefix("tel:")
    if not label or label in (address, plain) or address.endswith("://" + label):
        return plain
    return f"{label} ({plain})"
