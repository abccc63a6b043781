"""Claims turns, sees each through under its lease, and stops without losing one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from bot.chat.ports import Clock, Turns
from bot.chat.turns import Lease, Turn
from bot.errors import ConfabError, LeaseLost, described

log = logging.getLogger(__name__)

Answer = Callable[[Turn], Awaitable[str]]
Verb = TypeVar("Verb")


@dataclass(frozen=True, slots=True)
class Pace:
    """How the worker works; times in seconds.

    `poll` catches what no wake-up announced, a lease that ran out for one. `retry` is the wait before a
    broken turn's next attempt. `drain` is how long a stop waits for answers under way.
    """

    at_once: int = 64
    poll: float = 1.0
    lease: float = 30.0
    retry: float = 2.0
    drain: float = 8.0

    @property
    def tenure(self) -> float:
        """How long a claim or renewal is relied on: a little less than the lease, for clocks that differ."""
        return self.lease * 0.9


class Worker:
    """One loop that claims, and one task for each turn under way. Runs in one event loop."""

    def __init__(self, turns: Turns, answer: Answer, clock: Clock, pace: Pace) -> None:
        self._turns = turns
        self._answer = answer
        self._clock = clock
        self._pace = pace
        self._wakened = asyncio.Event()
        self._under_way: dict[asyncio.Task[None], Turn] = {}
        self._stopping = False
        self._claims_no_more = asyncio.Event()

    def wake(self) -> None:
        """There may be something to claim. Cheap, and safe to call at any time from the event loop."""
        self._wakened.set()

    async def run(self) -> None:
        """Work until `stop`. Starts with what an earlier process of this machine left behind."""
        try:
            await self._patiently(self._turns.recover())
            while not self._stopping:
                self._wakened.clear()
                if not await self._claim():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._wakened.wait(), self._pace.poll)
        finally:
            self._claims_no_more.set()

    async def stop(self) -> None:
        """Claim no more, wait for answers under way, then hand the rest back unspent."""
        self._stopping = True
        self.wake()
        await (
            self._claims_no_more.wait()
        )  # a claim cut off half-way would keep its turns until the lease ends
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self._pace.drain)
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _claim(self) -> bool:
        """Take what there is room for; whether there may be more at once."""
        free = self._pace.at_once - len(self._under_way)
        if free <= 0:
            return False
        turns = await self._patiently(self._turns.claim(free)) or ()
        for turn in turns:
            task = asyncio.create_task(self._see_through(turn), name=f"turn {turn.id}")
            self._under_way[task] = turn
            task.add_done_callback(self._done)
        return len(turns) == free

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self.wake()

    async def _see_through(self, turn: Turn) -> None:
        """Answer one turn for as long as its lease is ours; whatever breaks leaves it to another attempt."""
        began = self._clock()
        tenure = asyncio.timeout(self._pace.tenure)
        try:
            async with tenure:
                renewing = asyncio.create_task(self._renew(turn.lease, tenure))
                try:
                    outcome = await self._answer(turn)
                finally:
                    renewing.cancel()
        except asyncio.CancelledError:
            await self._patiently(self._turns.hand_back(turn.lease, spent=False))
            raise
        except Exception as error:  # noqa: BLE001 - one broken turn must not end the worker
            if isinstance(error, LeaseLost) or tenure.expired():
                outcome = "lease lost"
            else:
                outcome = f"broke: {described(error)}"
                await self._patiently(self._turns.hand_back(turn.lease, delay=self._pace.retry))
        log.info(
            "turn %d attempt %d of %s %s: %s; waited %.3f s, took %.3f s",
            turn.id,
            turn.lease.attempt,
            turn.thread.channel_id,
            turn.thread.root_ts,
            outcome,
            began - turn.waited_since,
            self._clock() - began,
        )

    async def _renew(self, lease: Lease, tenure: asyncio.Timeout) -> None:
        """Stretch the tenure with every renewal; a lease that was lost ends it at once.

        A database that is down ends it too, when the lease would have: whoever holds it next may have begun.
        """
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._pace.lease / 3)
            asked = loop.time()
            try:
                await self._turns.renew(lease)
            except LeaseLost:
                tenure.reschedule(asked)
                return
            except ConfabError as error:
                log.warning("turn %d: lease not renewed: %s", lease.turn_id, described(error))
            else:
                tenure.reschedule(asked + self._pace.tenure)

    async def _patiently(self, verb: Awaitable[Verb]) -> Verb | None:
        """A database verb whose failure is logged and left for the next poll."""
        try:
            return await verb
        except Exception as error:  # noqa: BLE001 - the worker outlives its database
            log.warning("the queue is out of reach: %s", described(error))
            return None
