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


class StopRequests(Protocol):
    """Each verb is one short transaction."""

    async def request(self, thread: ThreadKey, person_id: str) -> int | None:
        """Ask for the end of the turn that runs in this thread; its number, or None where none runs.

        When this returns it is durable, and the team's other processes are woken.
        """

    async def requested(self, turn_ids: Collection[int]) -> frozenset[int]:
        """Which of these turns somebody asked to end."""

    async def under_way(self, team_id: str, channel_id: str, ts: str) -> UnderWay | None:
        """The running turn that this Slack message is a part of."""
