"""Holds every call to Slack's rates, before Slack has to."""

import asyncio
import time
from bisect import insort
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

from bot.chat.ports.watch import UNWATCHED, Watch
from bot.slack.rates import CHANNEL_POSTS, CHANNEL_SECONDS, MINUTE, RATES, UNKNOWN, Rate

Sleep: TypeAlias = Callable[[float], Awaitable[object]]

_Ticket: TypeAlias = tuple[int, int]

_LEAST_SPACING = 0.7  # seconds between two flushes of a reply that has Slack to itself
_MARGIN = 1.1
_MOMENT = 2.0  # seconds after which who waits looks again: others may have come or gone
_MOST_CHANNELS = 1_000


@dataclass(slots=True)
class _Lane:
    """One budget: what was called within the window, who waits, and until when Slack wants silence."""

    rate: Rate
    window: float
    called: deque[float] = field(default_factory=deque)
    waiting: list[_Ticket] = field(default_factory=list)
    held_until: float = 0.0

    def delay(self, now: float, limit: int, ahead: int, stretch: int = 1) -> float:
        """Seconds until a call may go that has `ahead` others before it; `stretch` lengthens the window."""
        window = self.window * stretch
        while self.called and self.called[0] <= now - window:
            self.called.popleft()
        excess = len(self.called) + ahead - limit
        free = now
        if excess >= 0:
            free = self.called[min(excess, len(self.called) - 1)] + window if self.called else now
        return max(free, self.held_until) - now

    @property
    def idle(self) -> bool:
        return not self.called and not self.waiting


class Governor:
    """One per workspace: all replies of a process share it, and the processes share the budgets evenly.

    Args:
        clock: seconds; only differences count.
        sleep: waits that many seconds.
        rates: the budgets by method, for all processes together.
        watch: is told how long each call waited.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        rates: Mapping[str, Rate] = RATES,
        watch: Watch = UNWATCHED,
    ) -> None:
        self._clock = clock
        self.sleep = sleep
        self._lanes = {method: _Lane(rate, MINUTE) for method, rate in rates.items()}
        self._channels: dict[str, _Lane] = {}
        self._tickets = count()
        self._live: Counter[str] = Counter()
        self._replicas = 1
        self._before = (1, 0.0)
        self._watch = watch

    def share(self, replicas: int) -> None:
        """So many processes draw on the budgets from now on; who waits already is told within a moment.

        Where they became more, what ends an answer keeps the larger part for a minute: those that joined have
        begun too few answers to need theirs, and this one's are open already. Slack's 429 is heeded as ever.
        """
        replicas = max(1, replicas)
        if replicas > self._replicas:
            self._before = (self._sharers(final=True), self._clock() + MINUTE)
        self._replicas = replicas

    async def turn(self, method: str, channel: str | None = None, *, final: bool = False) -> None:
        """Wait until that call may go; the caller then makes it.

        `final` passes whatever only shows progress. Cancelling gives the place in the queue back.
        """
        lane, posts = self._lane(method), self._channel_lane(method, channel)
        ticket = (0 if final else 1, next(self._tickets))
        lanes = [lane] if posts is None else [lane, posts]
        came = self._clock()
        for each in lanes:
            insort(each.waiting, ticket)
        try:
            while (delay := max(self._delay(each, ticket) for each in lanes)) > 0:
                await self.sleep(min(delay, _MOMENT))
            went = self._clock()
            for each in lanes:
                each.called.append(went)
            self._watch.slack_waited(method, went - came)
        finally:
            for each in lanes:
                each.waiting.remove(ticket)

    def unused(self, method: str, channel: str | None = None) -> None:
        """The last call that had its turn is not made after all: others may go in its place."""
        for lane in filter(None, (self._lane(method), self._channel_lane(method, channel))):
            if lane.called:
                lane.called.pop()

    def wait_for(self, method: str) -> float:
        """How many seconds a call that shows progress would wait if it came now."""
        lane = self._lane(method)
        return max(0.0, lane.delay(self._clock(), self._part(lane.rate.progress), len(lane.waiting)))

    def hold(self, method: str, seconds: float) -> None:
        """Make no call of that method for so long: Slack said so in Retry-After."""
        lane = self._lane(method)
        lane.held_until = max(lane.held_until, self._clock() + seconds)

    def begin(self, method: str) -> None:
        """One more reply shows its progress with that method."""
        self._live[method] += 1

    def end(self, method: str) -> None:
        """One less."""
        self._live[method] -= 1

    def spacing(self, method: str) -> float:
        """Seconds that a reply leaves between two flushes, so that all live replies together stay in rate."""
        share = max(1, self._live[method]) * MINUTE / self._part(self._lane(method).rate.progress)
        return max(_LEAST_SPACING, share * _MARGIN)

    def _delay(self, lane: _Lane, ticket: _Ticket) -> float:
        final = ticket[0] == 0
        limit = lane.rate.calls if final else lane.rate.progress
        ahead = lane.waiting.index(ticket)
        if lane.window < MINUTE:  # three posts cannot be divided among four, but their time can
            return lane.delay(self._clock(), limit, ahead, self._replicas)
        return lane.delay(self._clock(), self._part(limit, final=final), ahead)

    def _part(self, calls: int, *, final: bool = False) -> int:
        """This process's part of so many calls."""
        return max(1, calls // self._sharers(final=final))

    def _sharers(self, *, final: bool) -> int:
        """Among how many processes a budget is divided."""
        fewer, until = self._before
        return min(fewer, self._replicas) if final and self._clock() < until else self._replicas

    def _lane(self, method: str) -> _Lane:
        return self._lanes.setdefault(method, _Lane(UNKNOWN, MINUTE))

    def _channel_lane(self, method: str, channel: str | None) -> _Lane | None:
        if method != "chat.postMessage" or channel is None:
            return None
        if len(self._channels) > _MOST_CHANNELS:
            self._channels = {name: lane for name, lane in self._channels.items() if not lane.idle}
        return self._channels.setdefault(channel, _Lane(CHANNEL_POSTS, CHANNEL_SECONDS))
