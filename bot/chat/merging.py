"""Somebody's changes on top of what was published meanwhile: a three-way merge, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from bot.chat.controls import CONTROLS
from bot.chat.setup import Access, ChannelSettings, Persona, Setup

Part = TypeVar("Part", Persona, ChannelSettings, Access)

_LABELS = {
    "name": "Name",
    "icon": "Icon",
    "system_message": "System message",
    "greeting": "Greeting",
    "examples": "Examples",
    "configurers": "Who may change it",
    "people": "Listed people",
    "open_to_read": "Who may read it",
    "foreign": "What an import brought along",
} | {control.key: control.label for control in CONTROLS}


@dataclass(frozen=True, slots=True)
class Merged:
    """`setup` began from their version. `both` names the fields that both changed, each to something else.

    Of those it has mine.
    """

    setup: Setup
    both: tuple[str, ...] = ()


def merge(base: Setup, mine: Setup, theirs: Setup) -> Merged:
    """Mine where I changed it in what both began from, theirs everywhere else.

    Examples are one field, and so are the listed people: half of each would be a list that nobody wrote.
    """
    setup = replace(
        theirs,
        persona=_merged(base.persona, mine.persona, theirs.persona),
        settings=_merged(base.settings, mine.settings, theirs.settings),
        access=_merged(base.access, mine.access, theirs.access),
        foreign=theirs.foreign if mine.foreign == base.foreign else mine.foreign,
    )
    return Merged(setup, tuple(_both(base, mine, theirs)))


def _merged(base: Part, mine: Part, theirs: Part) -> Part:
    changed = {
        each.name: getattr(mine, each.name)
        for each in fields(mine)
        if getattr(mine, each.name) != getattr(base, each.name)
    }
    return replace(theirs, **changed)


def _both(base: Setup, mine: Setup, theirs: Setup) -> Iterator[str]:
    parts = [(each.persona, each.settings, each.access) for each in (base, mine, theirs)]
    for old, own, other in zip(*parts, strict=True):
        for each in fields(old):
            values = [getattr(part, each.name) for part in (old, own, other)]
            if _differ(*values):
                yield _LABELS[each.name]
    if _differ(base.foreign, mine.foreign, theirs.foreign):
        yield _LABELS["foreign"]


def _differ(old: object, own: object, other: object) -> bool:
    return old not in (own, other) and own != other
