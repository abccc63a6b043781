"""What people asked to be stopped, where every process can see it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.chat.threads import ThreadKey


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A turn that is being answered, and who wrote its questions."""

    turn_id: int
    thread: ThreadKey
    askers: frozenset[str]


@dataclass(frozen=True, slots=True)
class StopPressed:
    """Slack's own Stop, pressed in a thread; Slack may tell of it late, and more than once.

    `at` is when, by Slack's clock. `streams` are the messages that Slack ended because of it.
    """

    channel_id: str
    root_ts: str
    person_id: str
    at: str
    streams: tuple[str, ...] = ()


class StopRequests(Protocol):
    """Each verb is one short transaction."""

    async def request(self, running: UnderWay, person_id: str) -> int | None:
        """Ask for the end of this turn; its number, or None where it runs no more.

        When this returns it is durable, and the team's other processes are woken.
        """

    async def request_in(self, team_id: str, pressed: StopPressed) -> int | None:
        """The same, for the turn that the press was for, whatever runs in its thread by now."""

    async def requested(self, turn_ids: Collection[int]) -> frozenset[int]:
        """Which of these turns somebody asked to end."""

    async def under_way(self, team_id: str, channel_id: str, ts: str) -> UnderWay | None:
        """The running turn that this Slack message is a part of."""
