"""Trouble on demand: calls that are held, dropped, refused or limited, and sockets that will not open."""

import asyncio
from dataclasses import dataclass, field
from enum import Enum

from bot.playground.workspace.changes import Change, ChangeFeed
from bot.playground.workspace.errors import RateLimitedError, SlackError


class Moment(Enum):
    """Before a call is processed, or after it took effect and before it is answered."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(slots=True)
class Hold:
    """One held call. Wait for `arrived`, look around, then `release` it.

    `drop` on release means that the call is not answered: its connection is cut.
    """

    method: str
    moment: Moment
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    drops: bool = False
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self, *, drop: bool = False) -> None:
        """Let the call go on."""
        self.drops = drop
        self._released.set()

    async def wait(self) -> None:
        """Stand still until somebody releases the call."""
        self.arrived.set()
        await self._released.wait()


@dataclass(slots=True)
class _Trouble:
    """Answers to give instead of the real one: to the next `times` calls, to each `every`-th, or to all."""

    error: str
    retry_after: int | None = None
    times: int | None = None
    every: int = 1
    seen: int = 0

    def strikes(self) -> bool:
        self.seen += 1
        if self.seen % self.every:
            return False
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0

    def raise_it(self) -> None:
        if self.retry_after is not None:
            raise RateLimitedError(self.retry_after)
        raise SlackError(self.error)


class Faults:
    """What goes wrong at the moment. Every fault stays until it is used up or `clear` is called."""

    def __init__(self, changes: ChangeFeed) -> None:
        self._changes = changes
        self._holds: list[Hold] = []
        self._troubles: dict[str, list[_Trouble]] = {}
        self._drops: dict[tuple[str, Moment], int] = {}
        self._refused: dict[str, str] = {}
        self.latency: dict[str, float] = {}
        self.answers_in = 0.0
        self.refuses_connections = False

    def hold(self, method: str, moment: Moment = Moment.BEFORE) -> Hold:
        """Hold the next call of that method until it is released."""
        hold = Hold(method, moment)
        self._holds.append(hold)
        self._tell()
        return hold

    def drop_answer(self, method: str, times: int = 1, moment: Moment = Moment.AFTER) -> None:
        """Cut the connection instead of answering; with `Moment.BEFORE` the call takes no effect either."""
        self._drops[method, moment] = times
        self._tell()

    def answer_error(self, method: str, error: str, *, times: int | None = 1, every: int = 1) -> None:
        """Answer that error to the next calls (`times=None`: to all), or to every n-th of them."""
        self._troubles.setdefault(method, []).append(_Trouble(error, times=times, every=every))
        self._tell()

    def limit(self, method: str, retry_after: int, *, times: int | None = 1, every: int = 1) -> None:
        """Answer 429 with that `Retry-After`, in seconds."""
        trouble = _Trouble("ratelimited", retry_after, times, every)
        self._troubles.setdefault(method, []).append(trouble)
        self._tell()

    def refuse(self, method: str, error: str = "unknown_method") -> None:
        """Refuse a method for good, as a workspace without that feature does."""
        self._refused[method] = error
        self._tell()

    def allow(self, method: str) -> None:
        """Take back a refusal."""
        self._refused.pop(method, None)
        self._tell()

    def clear(self) -> None:
        """End every fault and release every call that is held."""
        for hold in self._holds:
            hold.release()
        self._holds.clear()
        self._troubles.clear()
        self._drops.clear()
        self._refused.clear()
        self.latency.clear()
        self.answers_in = 0.0
        self.refuses_connections = False
        self._tell()

    @property
    def held(self) -> tuple[Hold, ...]:
        """The holds that have a call or still wait for one."""
        return tuple(self._holds)

    def check_refused(self, method: str) -> None:
        """Raise the refusal of that method, if there is one."""
        if method in self._refused:
            raise SlackError(self._refused[method])

    def check_trouble(self, method: str) -> None:
        """Raise what the next call of that method is to be answered."""
        for trouble in self._troubles.get(method, ()):
            if trouble.strikes():
                trouble.raise_it()

    async def stand(self, method: str, moment: Moment) -> bool:
        """Let holds and latency have their time; says whether the answer is to be dropped."""
        if moment is Moment.BEFORE and (wait := self.latency.get(method, self.answers_in)):
            await asyncio.sleep(wait)
        for hold in list(self._holds):
            if hold.method == method and hold.moment is moment and not hold.arrived.is_set():
                await hold.wait()
                if hold in self._holds:
                    self._holds.remove(hold)
                if hold.drops:
                    return True
        left = self._drops.get((method, moment), 0)
        self._drops[method, moment] = max(0, left - 1)
        return left > 0

    def _tell(self) -> None:
        self._changes.tell(Change("fault"))
