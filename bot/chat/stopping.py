"""Stopping an answer: somebody says so anywhere, and the process that gives the answer hears of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.chat.ports.setups import Setups
from bot.chat.ports.standing import People
from bot.chat.ports.stops import StopPressed, StopRequests, UnderWay
from bot.chat.rights import NoRight, may_stop
from bot.chat.turns import Turn
from bot.errors import ConfabError, described

log = logging.getLogger(__name__)

Done = TypeVar("Done")

POLL = 0.5
"""Seconds until a process finds a stop of which nothing woke it."""

LOOKS = (0.5, 1.0, 2.0, 4.0)
"""Seconds between looks for a message that was pressed sooner than the database heard of it."""


class Stops:
    """The turns under way in this process, each with an event that is set once it is to end."""

    def __init__(self, requests: StopRequests, poll: float = POLL) -> None:
        self._requests = requests
        self._poll = poll
        self._under_way: dict[int, asyncio.Event] = {}
        self._some = asyncio.Event()
        self._look = asyncio.Event()

    @contextmanager
    def heard(self, turn: Turn) -> Iterator[asyncio.Event]:
        """An event that tells of a stop, for as long as the turn is worked on."""
        stop = self._under_way[turn.id] = asyncio.Event()
        if turn.stopped:
            stop.set()
        self._some.set()
        try:
            yield stop
        finally:
            if self._under_way.get(turn.id) is stop:
                del self._under_way[turn.id]

    def stop(self, turn_id: int) -> None:
        """End that turn, if it is under way here."""
        if turn_id in self._under_way:
            self._under_way[turn_id].set()

    def look(self) -> None:
        """Somebody may have stopped something elsewhere. Cheap; to be called at any wake-up."""
        self._look.set()

    async def keep_looking(self) -> None:
        """Find what was asked for in other processes, until cancelled."""
        while True:
            await self._some.wait()
            if not self._under_way:
                self._some.clear()
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._look.wait(), self._poll)
            self._look.clear()
            try:
                for turn_id in await self._requests.requested(tuple(self._under_way)):
                    self.stop(turn_id)
            except ConfabError as error:
                log.warning("stops are out of reach: %s", described(error))


@dataclass(frozen=True, slots=True)
class Stopping:
    """The verbs of a stop, within one team. What is over already stays as it is."""

    team_id: str
    requests: StopRequests
    stops: Stops
    people: People
    setups: Setups
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    async def in_slack(self, pressed: StopPressed) -> None:
        """Slack let somebody stop the session of a thread; it has no finer rule for who may."""
        self._heed(await self.requests.request_in(self.team_id, pressed))

    async def by_button(self, channel_id: str, ts: str, person_id: str) -> NoRight | None:
        """Somebody pressed Stop under a message that is being written; why not, where they may not."""
        running = await self._under_way(channel_id, ts)
        if running is None:
            return None
        standing = await self.people.standing(self.team_id, channel_id, person_id)
        setup = await self.setups.current(self.team_id, channel_id)
        refused = may_stop(standing, setup.access, running.askers)
        if refused is None:
            self._heed(await self.requests.request(running, person_id))
        return refused

    async def _under_way(self, channel_id: str, ts: str) -> UnderWay | None:
        for pause in (*LOOKS, None):
            running = await self.requests.under_way(self.team_id, channel_id, ts)
            if running is not None or pause is None:
                return running
            await self.sleep(pause)
        return None

    def _heed(self, turn_id: int | None) -> None:
        if turn_id is not None:
            self.stops.stop(turn_id)


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, Done]) -> Done | None:
    """What the work gives; None where it was stopped first, and has ended by then."""
    working = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        working.cancel()
        await asyncio.wait({working})
        return None if working.cancelled() else working.result()
    finally:
        stopped.cancel()
        working.cancel()
        await asyncio.gather(working, stopped, return_exceptions=True)
