"""Completing a name while somebody types it."""

import re
from collections.abc import Sequence

from bot.playground.workspace import Channel, Person

_STARTED = re.compile(r"(?:^|[\s(])@([^\s@]{0,40})$")
_AT_MOST = 6


def started(text: str, caret: int) -> str | None:
    """The part of a name after the `@` before the caret; None where no name is being typed."""
    found = _STARTED.search(text[:caret])
    return found.group(1) if found else None


def matching(started_name: str, people: Sequence[Person], channel: Channel, app: str) -> tuple[Person, ...]:
    """Whom that could mean: the app first, then members of the channel, then the others.

    Args:
        started_name: what was typed after the `@`; a handle or display name that is whole offers nobody.
        people: everybody.
        channel: where it is typed.
        app: the id of the app's bot user.
    """
    wanted = started_name.casefold()
    found = [
        person
        for person in people
        if any(
            name.casefold().startswith(wanted)
            for name in (person.display_name, person.name, *person.real_name.split())
        )
    ]
    if len(found) == 1 and wanted in (found[0].display_name.casefold(), found[0].name):
        return ()  # Enter should send it
    found.sort(key=lambda person: (person.id != app, not channel.has(person.id), person.display_name))
    return tuple(found[:_AT_MOST])
