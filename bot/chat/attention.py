"""Hears each message once, in its thread's order, so that events out of order do no harm."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.chat.addressing import Ignored, Silence, not_a_person, ours
from bot.chat.messages import Amended, Deleted, Edited, Heard, Question
from bot.chat.ports import Clock
from bot.chat.taken_back import TakenBack, as_it_reads
from bot.chat.threads import Us, ts_order
from bot.chat.waiting import Root, Waiting, root
from bot.errors import NotYetKnown

Hear: TypeAlias = Callable[[Heard], Awaitable[Question | Ignored]]
Amend: TypeAlias = Callable[[Edited | Deleted], Awaitable[Amended]]
Sleep: TypeAlias = Callable[[float], Awaitable[object]]

SECOND_LOOK = 1.2
"""Seconds after which a follow-up that nobody seems to have asked for is looked at again.

Slack sends a mention and what follows it as separate events, to any replica, in any order.
"""

NOBODY_ASKED = (Silence.NOT_ASKED, Silence.NOT_OURS, Silence.MUTED)
"""What a mention may change that was written before and comes later."""


class Attention:
    """Hears with a second look, and a thread's messages in their order where one of them waits to be stored.

    Slack sends a mention in a channel twice at the same moment, as `message` and as `app_mention`: the second
    waits for what comes of the first. What follows a message that could not be stored, and does not mention
    Confab, stays in doubt until that one is stored: it may have been the mention, or a word that mutes.

    Args:
        us: who Confab is.
        hear: stores what is for us; all that it raises leaves the message in `waiting`.
        amend: lets an edit or a deletion reach what is stored.
        clock: seconds from anywhere.
        sleep: waits that many seconds.
    """

    def __init__(
        self, us: Us, hear: Hear, amend: Amend, clock: Clock, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._us = us
        self._hear = hear
        self._amend = amend
        self._sleep = sleep
        self._taken_back = TakenBack(clock)
        self._hearing: dict[Heard, asyncio.Future[Question | Ignored]] = {}
        self._first_looks: defaultdict[Root, dict[Heard, asyncio.Future[None]]] = defaultdict(dict)
        self.waiting = Waiting(clock)

    async def hear(self, heard: Heard) -> Question | Ignored:
        """As the verb given; `NotYetKnown` where whom it is for depends on what could not be stored."""
        return await self._once(heard, patient=True)

    async def again(self, heard: Heard) -> Question | Ignored:
        """As `hear`, of what waits and without a pause: `NotYetKnown` until the second look is due, too."""
        return await self._once(heard, patient=False)

    async def amend(self, change: Edited | Deleted) -> Amended:
        """As the verb given; it reaches the message, too, where that is heard only afterwards."""
        if isinstance(change, Deleted) or not ours(change, self._us):
            self._taken_back.note(change)
        return await self._amend(change)

    async def _once(self, heard: Heard, *, patient: bool) -> Question | Ignored:
        if not_a_person(heard, self._us):
            return await self._hear(heard)
        while twin := self._hearing.get(heard):
            await asyncio.wait({twin})
            if not twin.cancelled():
                return twin.result()
        hearing = self._hearing[heard] = asyncio.get_running_loop().create_future()
        try:
            found = await self._listen(heard, patient=patient)
            hearing.set_result(found)
            return found
        finally:
            hearing.cancel()
            del self._hearing[heard]

    async def _listen(self, heard: Heard, *, patient: bool) -> Question | Ignored:
        try:
            if heard.in_thread and self._us.user_id not in heard.mentions:
                await self._behind_the_earlier(heard)
            found = await self._look(heard)
            if _unasked(found, heard):
                if patient:
                    found = await self._second_look(heard)
                else:
                    self._require_a_second_look(heard)
        except BaseException:
            if not isinstance(self._taken_back.of(heard), Deleted):
                self.waiting.keep(heard)
            raise
        self.waiting.leave(heard)
        return found

    async def _look(self, heard: Heard) -> Question | Ignored:
        thread = root(heard)
        look = self._first_looks[thread][heard] = asyncio.get_running_loop().create_future()
        try:
            return await self._as_it_reads_now(heard)
        finally:
            look.set_result(None)
            del self._first_looks[thread][heard]
            if not self._first_looks[thread]:
                del self._first_looks[thread]

    async def _as_it_reads_now(self, heard: Heard) -> Question | Ignored:
        """Hear it with what became of it; an edit or a deletion that comes at the same moment is not lost."""
        change = self._taken_back.of(heard)
        if isinstance(change, Deleted):
            # A store that was cut off may have come to its end after the deletion found nothing.
            await self._amend(change)
            return Ignored(Silence.DELETED)
        found = await self._hear(as_it_reads(heard, change) if change else heard)
        if isinstance(found, Question) and (changed := self._taken_back.of(heard)):
            await self._amend(changed)
        return found

    async def _second_look(self, heard: Heard) -> Question | Ignored:
        await self._sleep(SECOND_LOOK)
        await self._behind_the_earlier(heard)
        return await self._as_it_reads_now(heard)

    def _require_a_second_look(self, heard: Heard) -> None:
        """`NotYetKnown` unless nobody seemed to have asked for it a while ago, either."""
        seconds = self.waiting.seen_unasked(heard)
        if seconds is None or seconds < SECOND_LOOK:
            raise NotYetKnown

    async def _behind_the_earlier(self, heard: Heard) -> None:
        """Wait for what was said before in that thread; `NotYetKnown` where that could not be stored."""
        beside = self._first_looks.get(root(heard), {})
        if under_way := [look for other, look in beside.items() if ts_order(other.ts) < ts_order(heard.ts)]:
            await asyncio.wait(under_way)
        if self.waiting.earlier_than(heard):
            raise NotYetKnown


def _unasked(found: Question | Ignored, heard: Heard) -> bool:
    return isinstance(found, Ignored) and found.reason in NOBODY_ASKED and heard.in_thread
