"""Claims turns, sees each through under its lease, and stops without losing one."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.chat.holding import Holding
from bot.chat.ports import Clock, Turns
from bot.chat.ports.watch import UNWATCHED, TurnEnded, Watch
from bot.chat.tenure import Tenure
from bot.chat.turns import MAX_ATTEMPTS, Lease, Turn
from bot.errors import ConfabError, LeaseLost, described

log = logging.getLogger(__name__)

Answer = Callable[[Turn], Awaitable[str]]
Verb = TypeVar("Verb")


@dataclass(frozen=True, slots=True)
class Pace:
    """How the worker works; times in seconds.

    `poll` catches what no wake-up announced, a lease that ran out for one. `retry` is the wait before a
    broken turn's next attempt. `drain` is how long a stop waits for answers under way. For so long as
    `forbearance` after it was asked, a turn is not blamed for a database or a Slack that is out of reach; one
    of which nothing but its last word is left, for so long as `last_word`.
    """

    at_once: int = 64
    poll: float = 1.0
    lease: float = 30.0
    retry: float = 2.0
    drain: float = 8.0
    forbearance: float = 3_600.0
    last_word: float = 86_400.0

    @property
    def tenure(self) -> float:
        """How long a claim or renewal is relied on: a little less than the lease, for clocks that differ."""
        return self.lease * 0.9


class Worker:
    """One loop that claims, and one task for each turn under way. Runs in one event loop.

    Args:
        turns: the queue.
        answer: sees a claimed turn through; returns its outcome.
        clock: seconds since 1970, the same for all processes on the queue.
        pace: how it works.
        wakened: set where there may be something to claim; cheap, and safe at any time in the event loop.
        awake: seconds from anywhere, those included in which the process or the machine slept.
        watch: is told of every attempt.
    """

    def __init__(
        self,
        turns: Turns,
        answer: Answer,
        clock: Clock,
        pace: Pace,
        wakened: asyncio.Event,
        *,
        awake: Callable[[], float] = time.monotonic,
        watch: Watch = UNWATCHED,
    ) -> None:
        self._turns = turns
        self._answer = answer
        self._clock = clock
        self._pace = pace
        self._awake = awake
        self._watch = watch
        self._wakened = wakened
        self._under_way: dict[asyncio.Task[None], Turn] = {}
        self._held: dict[Lease, Holding] = {}
        self._stopping = self._out_of_reach = False
        self._claims_no_more = asyncio.Event()

    @property
    def alive(self) -> bool:
        """Whether it claims what waits."""
        return not (self._stopping or self._claims_no_more.is_set())

    async def run(self) -> None:
        """Work until `stop`. Starts with what an earlier process of this machine left behind."""
        try:
            await self._patiently(self._turns.recover())
            while not self._stopping:
                self._wakened.clear()
                there_may_be_more = await self._claim()
                await self._give_way()
                if not there_may_be_more:
                    await self._pause()
        finally:
            self._claims_no_more.set()

    async def stop(self) -> None:
        """Claim no more, wait for answers under way, then hand the rest over unspent."""
        self._stopping = True
        self._wakened.set()
        # A claim cut off half-way would keep its turns until the lease ends.
        await self._claims_no_more.wait()
        await self._drain()
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _drain(self) -> None:
        """Wait for answers under way. What others end meanwhile breaks off as at any other time."""
        if not self._under_way:
            return
        giving_way = asyncio.create_task(self._keep_giving_way())
        try:
            await asyncio.wait(self._under_way, timeout=self._pace.drain)
        finally:
            giving_way.cancel()
            await asyncio.gather(giving_way, return_exceptions=True)

    async def _keep_giving_way(self) -> None:
        while True:
            self._wakened.clear()
            await self._give_way()
            await self._pause()

    async def _pause(self) -> None:
        """Until a wake-up, or the next poll."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.poll):
                await self._wakened.wait()

    async def _give_way(self) -> None:
        """Break off at once what was ended from outside, such as with its thread."""
        if self._held:
            for lease in await self._patiently(self._turns.lost(tuple(self._held))) or ():
                if holding := self._held.get(lease):
                    holding.end()

    async def _claim(self) -> bool:
        """Take what there is room for; whether there may be more at once."""
        free = self._pace.at_once - len(self._under_way)
        if free <= 0:
            return False
        asked = self._awake()
        turns = await self._patiently(self._turns.claim(free)) or ()
        for turn in turns:
            tenure = Tenure(self._awake, self._pace.tenure, asked)
            work = self._see_through(replace(turn, held=tenure.held), tenure)
            task = asyncio.create_task(work, name=f"turn {turn.id}")
            self._under_way[task] = turn
            task.add_done_callback(self._done)
        return len(turns) == free

    def _done(self, task: asyncio.Task[None]) -> None:
        was_full = len(self._under_way) >= self._pace.at_once
        self._under_way.pop(task, None)
        if was_full:
            self._wakened.set()

    async def _see_through(self, turn: Turn, tenure: Tenure) -> None:
        """Answer one turn for as long as its lease is ours; whatever breaks leaves it to another attempt."""
        began = self._clock()
        try:
            outcome = await self._under_lease(turn, tenure)
        except asyncio.CancelledError:
            await self._patiently(self._turns.hand_back(turn.lease, spent=False))
            self._ended(turn, began, "handed_over", final=False)
            raise
        except LeaseLost:
            self._ended(turn, began, "lease_lost", final=False)
        except Exception as error:  # noqa: BLE001 - one broken turn must not end the worker
            log.warning("turn %d attempt %d broke: %s", turn.id, turn.lease.attempt, described(error))
            self._ended(turn, began, _outcome(error), final=False)
            await self._give_up(turn, error)
        else:
            self._ended(turn, began, outcome, final=True)

    async def _under_lease(self, turn: Turn, tenure: Tenure) -> str:
        holding = self._held[turn.lease] = Holding(
            turn, tenure, self._turns, pause=self._pace.lease / 3, retry=self._pace.poll, awake=self._awake
        )
        try:
            return await holding.during(self._answer(turn))
        finally:
            del self._held[turn.lease]

    async def _give_up(self, turn: Turn, error: Exception) -> None:
        """Leave the turn to the next attempt; one that an outage broke is not blamed for that.

        A database that is away is asked until the lease has run out anyway.
        """
        passes = isinstance(error, ConfabError) and error.passing
        patience = self._pace.last_word if turn.spent > MAX_ATTEMPTS else self._pace.forbearance
        young = self._clock() - turn.waited_since < patience
        delay = self._pace.retry * 2 ** min(turn.handed_over, 4)
        until = self._awake() + self._pace.lease
        while self._awake() < until:
            try:
                await self._turns.hand_back(turn.lease, delay=delay, spent=not (passes and young))
            except LeaseLost:
                return
            except Exception as away:  # noqa: BLE001 - the worker outlives its database
                log.warning("turn %d is not given up yet: %s", turn.id, described(away))
                await asyncio.sleep(self._pace.poll)
            else:
                return

    def _ended(self, turn: Turn, began: float, outcome: str, *, final: bool) -> None:
        self._watch.turn_ended(
            TurnEnded(
                turn_id=turn.id,
                attempt=turn.lease.attempt,
                thread=turn.thread,
                outcome=outcome,
                waited=max(0.0, began - turn.waited_since),
                took=self._clock() - began,
                final=final,
            )
        )

    async def _patiently(self, verb: Awaitable[Verb]) -> Verb | None:
        """A database verb whose failure is left for the next poll, and logged once for each outage."""
        try:
            result = await verb
        except Exception as error:  # noqa: BLE001 - the worker outlives its database
            level = logging.DEBUG if self._out_of_reach else logging.WARNING
            log.log(level, "the queue is out of reach: %s", described(error))
            self._out_of_reach = True
            return None
        self._out_of_reach = False
        return result


def _outcome(error: Exception) -> str:
    return error.outcome if isinstance(error, ConfabError) else "broke"
