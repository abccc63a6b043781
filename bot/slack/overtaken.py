"""What was said in a thread before the mention, or the waking, that it follows was heard: nobody knew."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.chat.addressing import Ignored, Silence
from bot.chat.asides import Wish, aside, wish
from bot.chat.attention import SECOND_LOOK, Hear
from bot.chat.messages import Heard, MessageKey, Question, key_of
from bot.chat.ports import Clock
from bot.chat.recent import Recent
from bot.chat.threads import Place, Us, ts_order
from bot.errors import ConfabError, described
from bot.slack.calls import Calls
from bot.slack.history import as_heard, entries

_log = logging.getLogger(__name__)

LATE = SECOND_LOOK - 0.2
"""Seconds after which a mention is stored late: what follows it may be given up by then; clocks differ."""

PAUSE = 2.0
"""Seconds between two looks: Slack grants fifty a minute, and answers need some of them."""

TRIES = 5
"""Of a look, twice as far apart each time: Slack may be out of reach as well."""

PAGE = 100
"""Messages after the mention that are looked at."""

MOST = 1_000
"""Mentions that wait for their look."""


class Overtaken:
    """Looks into the thread of a mention that came late, and hears what follows there as if it came now.

    The word that wakes a muted thread is looked behind, too. Either comes late after an outage, or where the
    process that had it died. What was heard before is not stored twice. The look is no part of taking it: it
    may be lost with this process.

    Args:
        calls: the workspace.
        us: who Confab is.
        clock: seconds since 1970.
        sleep: waits that many seconds.
    """

    def __init__(
        self,
        calls: Calls,
        us: Us,
        clock: Clock,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._calls = calls
        self._us = us
        self._clock = clock
        self._sleep = sleep
        self._failed: Recent[MessageKey, str] = Recent(clock)
        self._looked: Recent[MessageKey, str] = Recent(clock)
        self._due: asyncio.Queue[Heard] = asyncio.Queue(MOST)

    def after(self, hear: Hear) -> Hear:
        """The verb given, which then also has the thread of what came late looked into."""

        async def heard_and_noted(heard: Heard) -> Question | Ignored:
            try:
                found = await hear(heard)
            except BaseException:
                if self._makes_it_ours(heard):
                    self._failed.put(key_of(heard), heard.ts)
                raise
            if _opens(found, heard) and self._is_due(heard):
                self._looked.put(key_of(heard), heard.ts)
                self._due.put_nowait(heard)
            return found

        return heard_and_noted

    async def keep_looking(self, hear: Hear) -> None:
        """Look where it is due, one after the other, and hear what is found, until cancelled."""
        while True:
            await self._look(await self._due.get(), hear)
            await self._sleep(PAUSE)

    def _is_due(self, heard: Heard) -> bool:
        if not self._makes_it_ours(heard) or self._looked.get(key_of(heard)) or self._due.full():
            return False
        return self._failed.drop(key_of(heard)) is not None or self._clock() - float(heard.ts) > LATE

    def _makes_it_ours(self, heard: Heard) -> bool:
        """A mention does, which only a channel takes, and so does the word that wakes a muted thread."""
        mentioned = heard.place is not Place.DIRECT and self._us.user_id in heard.mentions
        return mentioned or wish(heard) is Wish.HEARD

    async def _look(self, mention: Heard, hear: Hear) -> None:
        for attempt in range(TRIES):
            try:
                page = await self._calls.read(
                    "conversations.replies",
                    channel=mention.channel_id,
                    ts=mention.root_ts,
                    oldest=mention.ts,
                    limit=PAGE,
                )
                follow = self._later_than(mention, page)
            except Exception as error:  # noqa: BLE001 - the other threads are looked into all the same
                _log.info("what followed a late mention was not seen: %s", described(error))
                if not (isinstance(error, ConfabError) and error.passing):
                    return
                await self._sleep(PAUSE * 2**attempt)
            else:
                for each in follow:
                    self._looked.put(key_of(each), each.ts)
                # Whatever cannot be stored now is heard again as any other message.
                await asyncio.gather(*map(hear, follow), return_exceptions=True)
                return

    def _later_than(self, mention: Heard, page: Mapping[str, Any]) -> list[Heard]:
        found = [as_heard(each, mention.channel_id, self._us.user_id) for each in entries(page)]
        said = [each for each in found if each is not None and self._follows(each, mention)]
        return sorted(said, key=lambda each: ts_order(each.ts))

    def _follows(self, said: Heard, mention: Heard) -> bool:
        """An aside was no message of the thread, and was heard as such."""
        return ts_order(said.ts) > ts_order(mention.ts) and aside(said, self._us) is None


def _opens(found: Question | Ignored, heard: Heard) -> bool:
    """Whether what follows in the thread is for us from now on.

    Of a waking that took effect when nobody could tell any more, it is an aside that it comes again.
    """
    if isinstance(found, Question):
        return True
    return found.reason is Silence.WOKEN or (found.reason is Silence.ASIDE and wish(heard) is Wish.HEARD)
