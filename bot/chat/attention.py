"""What one process remembers of the last minutes, so that events out of order do no harm."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

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

MEMORY = 600.0
"""Seconds: Slack gives up redelivering an event after about six minutes."""

NOBODY_ASKED = (Silence.NOT_ASKED, Silence.NOT_OURS)

_Place: TypeAlias = tuple[str, str]


class Attention:
    """Hears with a second look. A thread whose mention could not be stored stays in doubt until it was.

    Slack sends a mention in a channel twice at the same moment, as `message` and as `app_mention`: the second
    waits for what comes of the first.
    """

    def __init__(self, hear: Hear, clock: Clock, *, sleep: Sleep = asyncio.sleep) -> None:
        self._hear = hear
        self._clock = clock
        self._sleep = sleep
        self._doubtful: dict[_Place, float] = {}
        self._deleted: dict[_Place, float] = {}
        self._hearing: dict[Heard, asyncio.Future[Question | Ignored]] = {}

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
        thread = (heard.channel_id, heard.thread_ts or heard.ts)
        try:
            found = await self._hear(heard)
            if _unasked(found, heard):
                await self._sleep(SECOND_LOOK)
                found = await self._hear(heard)
        except BaseException:
            self._doubtful[thread] = self._clock()
            raise
        if isinstance(found, Question):
            self._doubtful.pop(thread, None)
        elif _unasked(found, heard) and thread in self._recent(self._doubtful):
            raise NotYetKnown
        return found

    def forget(self, deleted: Deleted) -> None:
        """A message that is gone from Slack; a late delivery of it is no question any more."""
        self._deleted[deleted.channel_id, deleted.ts] = self._clock()

    def _recent(self, remembered: dict[_Place, float]) -> dict[_Place, float]:
        now = self._clock()
        for place in [place for place, since in remembered.items() if now - since > MEMORY]:
            del remembered[place]
        return remembered


def _unasked(found: Question | Ignored, heard: Heard) -> bool:
    return isinstance(found, Ignored) and found.reason in NOBODY_ASKED and heard.in_thread
