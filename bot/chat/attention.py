"""What one process remembers of the last hour, so that events out of order do no harm."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar

from bot.chat.addressing import Ignored, Silence
from bot.chat.messages import Deleted, Heard, Question
from bot.chat.ports import Clock
from bot.errors import NotYetKnown

Hear: TypeAlias = Callable[[Heard], Awaitable[Question | Ignored]]
Sleep: TypeAlias = Callable[[float], Awaitable[object]]

SECOND_LOOK = 1.2
"""Seconds after which a follow-up that nobody seems to have asked for is looked at again.

Slack sends a mention and what follows it as separate events, to any replica, in any order.
"""

MEMORY = 3_600.0
"""Seconds for which a message that could not be stored is worth an answer, whatever Slack delivers."""

MOST_UNTAKEN = 2_000
"""Messages that could not be stored and are remembered; what comes on top of them is left to Slack."""

NOBODY_ASKED = (Silence.NOT_ASKED, Silence.NOT_OURS)

_Place: TypeAlias = tuple[str, str]
_Any = TypeVar("_Any")


class Attention:
    """Hears with a second look, and a thread's messages in their order where one of them waits to be stored.

    Slack sends a mention in a channel twice at the same moment, as `message` and as `app_mention`: the second
    waits for what comes of the first. What follows a message that could not be stored, and mentions nobody,
    stays in doubt until that one is stored: it may have been the mention, or a word that mutes the thread.
    """

    def __init__(self, hear: Hear, clock: Clock, *, sleep: Sleep = asyncio.sleep) -> None:
        self._hear = hear
        self._clock = clock
        self._sleep = sleep
        self._untaken: dict[Heard, float] = {}
        self._deleted: dict[_Place, float] = {}
        self._hearing: dict[Heard, asyncio.Future[Question | Ignored]] = {}
        self._first_looks: defaultdict[_Place, dict[Heard, asyncio.Future[None]]] = defaultdict(dict)

    @property
    def untaken(self) -> tuple[Heard, ...]:
        """What could not be stored and is worth another try, the oldest first."""
        return tuple(sorted(self._recent(self._untaken), key=lambda each: each.ts))

    async def hear(self, heard: Heard) -> Question | Ignored:
        """As the verb given; raises `NotYetKnown` where only a redelivery can tell whom a message is for."""
        if twin := self._hearing.get(heard):
            await asyncio.wait({twin})
            if not twin.cancelled():
                return twin.result()
        hearing = self._hearing[heard] = asyncio.get_running_loop().create_future()
        try:
            found = await self._listen(heard)
            hearing.set_result(found)
            return found
        finally:
            hearing.cancel()
            if self._hearing.get(heard) is hearing:
                del self._hearing[heard]

    async def _listen(self, heard: Heard) -> Question | Ignored:
        if (heard.channel_id, heard.ts) in self._recent(self._deleted):
            return Ignored(Silence.DELETED)
        try:
            if heard.in_thread and not heard.mentions:
                await self._behind_the_earlier(heard)
            found = await self._look(heard)
            if _unasked(found, heard):
                await self._sleep(SECOND_LOOK)
                await self._behind_the_earlier(heard)
                found = await self._hear(heard)
        except BaseException:
            self._keep(heard)
            raise
        self.leave(heard)
        return found

    async def _look(self, heard: Heard) -> Question | Ignored:
        thread = _thread(heard)
        look = self._first_looks[thread][heard] = asyncio.get_running_loop().create_future()
        try:
            return await self._hear(heard)
        finally:
            look.set_result(None)
            del self._first_looks[thread][heard]
            if not self._first_looks[thread]:
                del self._first_looks[thread]

    async def _behind_the_earlier(self, heard: Heard) -> None:
        """Wait for what was said before in that thread; `NotYetKnown` where that could not be stored."""
        beside = self._first_looks.get(_thread(heard), {})
        if under_way := [look for other, look in beside.items() if other.ts < heard.ts]:
            await asyncio.wait(under_way)
        if any(_precedes(other, heard) for other in self._recent(self._untaken)):
            raise NotYetKnown

    def leave(self, heard: Heard) -> None:
        """It is stored, or nobody here tries any more."""
        self._untaken.pop(heard, None)

    def forget(self, deleted: Deleted) -> None:
        """A message that is gone from Slack; a late delivery of it is no question any more."""
        place = (deleted.channel_id, deleted.ts)
        self._deleted[place] = self._clock()
        for heard in [each for each in self._untaken if (each.channel_id, each.ts) == place]:
            self.leave(heard)

    def _keep(self, heard: Heard) -> None:
        if len(self._untaken) < MOST_UNTAKEN and (heard.channel_id, heard.ts) not in self._deleted:
            self._untaken.setdefault(heard, self._clock())

    def _recent(self, remembered: dict[_Any, float]) -> dict[_Any, float]:
        now = self._clock()
        for each in [each for each, since in remembered.items() if now - since > MEMORY]:
            del remembered[each]
        return remembered


def _unasked(found: Question | Ignored, heard: Heard) -> bool:
    return isinstance(found, Ignored) and found.reason in NOBODY_ASKED and heard.in_thread


def _precedes(other: Heard, heard: Heard) -> bool:
    """Whether it was said before, in the same thread."""
    return other.ts < heard.ts and _thread(other) == _thread(heard)


def _thread(heard: Heard) -> _Place:
    return heard.channel_id, heard.root_ts
