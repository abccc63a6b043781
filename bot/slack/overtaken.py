"""What was said in a thread before the mention that it follows was heard: nobody knew that it was for us."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from bot.chat.addressing import Ignored
from bot.chat.attention import Hear
from bot.chat.messages import Heard, Question
from bot.chat.ports import Clock
from bot.chat.recent import Recent
from bot.chat.threads import Place, Us, ts_order
from bot.slack.beside import Beside
from bot.slack.calls import Calls
from bot.slack.inbound import message

_log = logging.getLogger(__name__)

LATE = 5.0
"""Seconds after which a mention is stored late: what followed it may have been nobody's elsewhere."""

PAGE = 100
"""Messages after the mention that are looked at."""

MOST = 100
"""Looks that wait for each other; Slack grants 50 calls a minute."""


class Overtaken:
    """Looks into the thread of a mention that came late, and hears what follows there as if it came now.

    A mention comes late after an outage, or where the process that had it died. What was heard before is not
    stored twice. The look is no part of taking the mention: it may be lost with this process.

    Args:
        calls: the workspace.
        us: who Confab is.
        clock: seconds since 1970.
        beside: where the looks run.
    """

    def __init__(self, calls: Calls, us: Us, clock: Clock, beside: Beside) -> None:
        self._calls = calls
        self._us = us
        self._clock = clock
        self._beside = beside
        self._failed: Recent[Heard, str] = Recent(clock)
        self._looked: Recent[tuple[str, str], str] = Recent(clock)
        self._one_at_a_time = asyncio.Lock()
        self._looks = 0

    def after(self, hear: Hear) -> Hear:
        """The verb given, and then the look where one is due."""

        async def heard_and_looked(heard: Heard) -> Question | Ignored:
            try:
                found = await hear(heard)
            except BaseException:
                if self._us.user_id in heard.mentions:
                    self._failed.put(heard, heard.ts)
                raise
            if isinstance(found, Question) and self._is_due(heard):
                self._looked.put((heard.channel_id, heard.ts), heard.ts)
                self._beside.start(self._look(heard, hear))
            return found

        return heard_and_looked

    def _is_due(self, heard: Heard) -> bool:
        """Only a mention makes a thread ours, and only in a channel does one have to."""
        if heard.place is Place.DIRECT or self._us.user_id not in heard.mentions:
            return False
        failed = self._failed.drop(heard) is not None
        late = failed or self._clock() - float(heard.ts) > LATE
        return late and not self._looked.get((heard.channel_id, heard.ts)) and self._looks < MOST

    async def _look(self, mention: Heard, hear: Hear) -> None:
        self._looks += 1
        try:
            async with self._one_at_a_time:
                page = await self._calls.read(
                    "conversations.replies",
                    channel=mention.channel_id,
                    ts=mention.root_ts,
                    oldest=mention.ts,
                    limit=PAGE,
                )
            for heard in self._later_than(mention, page):
                await hear(heard)
        finally:
            self._looks -= 1

    def _later_than(self, mention: Heard, page: Mapping[str, Any]) -> list[Heard]:
        entries = [each for each in page.get("messages") or () if isinstance(each, dict)]
        where = {"type": "message", "channel": mention.channel_id}
        found = [message(each | where, self._us.user_id) for each in entries]
        said = [each for each in found if isinstance(each, Heard) and self._follows(each, mention)]
        return sorted(said, key=lambda each: ts_order(each.ts))

    def _follows(self, heard: Heard, mention: Heard) -> bool:
        """Later in its thread; another mention needs nobody's look."""
        return ts_order(heard.ts) > ts_order(mention.ts) and self._us.user_id not in heard.mentions
