"""The queue of turns, as `bot.chat.ports.Turns` wants it."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from itertools import count

from sqlalchemy import Connection

from bot.chat.ports import Clock
from bot.chat.sent import Making
from bot.chat.threads import Us
from bot.chat.turns import Answer, Lease, Move, Turn
from bot.database.access import Database
from bot.database.answering import add_part, drop_part, record
from bot.database.claiming import claim
from bot.database.leases import close, end_orphaned, hand_back, lost, write_held
from bot.database.owner import Owner
from bot.errors import DatabaseDown

PAUSE = 0.5
"""Seconds until a database that was away is asked again."""


class StoredTurns:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away.

    What a holder has achieved (a part shown, an answer, an end) waits for it as long as a lease holds.

    One for each process: `lease_seconds` is how long a claim or a renewal holds, and `owner` is what another
    process needs to know that this one is gone.
    """

    def __init__(
        self,
        database: Database,
        us: Us,
        clock: Clock,
        *,
        lease_seconds: float,
        owner: Owner | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._us = us
        self._clock = clock
        self._lease_seconds = lease_seconds
        self._owner = owner or Owner.here()
        self._sleep = sleep
        self._claims = count(1)

    async def recover(self) -> int:
        """End at once the leases of processes that are provably gone; how many there were."""
        return await self._database.write(
            partial(end_orphaned, team_id=self._us.team_id, owner=self._owner, now=self._clock())
        )

    async def claim(self, limit: int) -> tuple[Turn, ...]:
        """Take up to `limit` turns of this team that wait or whose lease ran out, oldest first.

        Cancelled half-way, what it took stays taken until the lease runs out.
        """
        now = self._clock()
        tries = count()
        taking = partial(
            claim,
            team_id=self._us.team_id,
            owner=self._owner.claim(next(self._claims)),
            now=now,
            until=now + self._lease_seconds,
            limit=limit,
        )
        return await self._database.write(lambda connection: taking(connection, again=next(tries) > 0))

    async def lost(self, leases: Collection[Lease]) -> frozenset[Lease]:
        """Which of these are leases no more: one short read for all of them."""
        return await self._database.read(partial(lost, leases=leases))

    async def renew(self, lease: Lease) -> None:
        """Hold the turn for another lease's length."""
        until = self._clock() + self._lease_seconds
        await self._database.write(lambda connection: write_held(connection, lease, lease_until=until))

    async def add_reply_part(self, lease: Lease, ts: str) -> None:
        """Remember that this Slack message carries a part of the answer; once a ts."""
        await self._kept(partial(add_part, lease=lease, ts=ts))

    async def drop_reply_part(self, lease: Lease, ts: str) -> bool:
        """Forget a Slack message of the answer; False where people had deleted it, which stays noted."""
        return await self._database.write(partial(drop_part, lease=lease, ts=ts))

    async def record(self, lease: Lease, answer: Answer, making: Making) -> None:
        """Keep the whole answer and what made it; again for the same turn, it replaces the former."""
        recording = partial(record, lease=lease, us=self._us, answer=answer, making=making, now=self._clock())
        await self._kept(recording)

    async def finish(self, lease: Lease, move: Move, outcome: str) -> None:
        """Close the turn; `outcome` is a short word for the books."""
        closing = partial(close, lease=lease, move=move, outcome=outcome, now=self._clock())
        await self._kept(closing, wakes=True)

    async def hand_back(self, lease: Lease, *, delay: float = 0.0, spent: bool = True) -> None:
        """End the lease in `delay` seconds; an unspent attempt is not counted against the turn.

        The turn has no holder from then on: whoever handed it back writes no more either. Without a delay
        the team's other processes are woken.
        """
        back = partial(hand_back, lease=lease, team_id=self._us.team_id, spent=spent)
        until = self._clock() + delay if delay else None
        await self._database.write(partial(back, until=until))

    async def _kept(self, verb: Callable[[Connection], None], *, wakes: bool = False) -> None:
        """Try for as long as a lease holds: what was achieved would be dear to achieve again."""
        began = self._clock()
        while True:
            try:
                await self._database.write(verb, wakes=wakes)
            except DatabaseDown:
                if self._clock() - began > self._lease_seconds:
                    raise
                await self._sleep(PAUSE)
            else:
                return
