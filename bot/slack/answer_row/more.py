"""What "More" offers for an answer, beside how it came about: each action is one entry of one list.

A new feature joins by an `Entry` where the rooms are built: it says for whom it is, and takes the modal's
place once it is chosen. Who may is found out again at that moment, whatever the modal showed.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.looking import Made
from bot.chat.versions import DraftKey
from bot.slack.answer_row.about import About

MORE = "answer.more."
"""What the action ids of the buttons begin with; an entry's name follows."""

Applies: TypeAlias = Callable[[Made], bool]
Whose: TypeAlias = Callable[[], Awaitable[DraftKey]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An action that somebody chose of an answer, in the modal `view_id`; `at` is when, as Slack says."""

    about: About
    made: Made
    person_id: str
    trigger_id: str
    view_id: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: `take_place` fills the modal with what it is about, or says in it what it did."""

    name: str
    label: str
    applies: Applies
    take_place: Callable[[Chosen], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Doors:
    """Ways from an answer into other rooms.

    `settings` opens, with a trigger, those of a setup that is found out meanwhile; `larger` the same with a
    larger maximum response proposed. `entries` are More's.
    """

    settings: Callable[[str, Whose], Awaitable[object]]
    larger: Callable[[str, Whose], Awaitable[object]]
    entries: Sequence[Entry] = ()


def offered(entries: Sequence[Entry], made: Made) -> list[Entry]:
    """Those that this person has for this answer."""
    return [entry for entry in entries if entry.applies(made)]


def entry_of(entries: Sequence[Entry], action_id: str) -> Entry | None:
    """The one whose button was pressed."""
    return next((entry for entry in entries if f"{MORE}{entry.name}" == action_id), None)
