"""Messages that could not be stored: heard again as soon as they can be, without waiting for Slack."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from bot.chat.addressing import Ignored
from bot.chat.attention import Attention
from bot.chat.messages import Deleted, Heard, Question
from bot.chat.ports import Clock
from bot.errors import DatabaseDown, described

log = logging.getLogger(__name__)

AGAIN = 1.0
"""Seconds between two looks. Slack brings again what was not acknowledged, too, but minutes apart."""

WORTH_ANSWERING = 3_600.0
"""Seconds after which a message is left to Slack alone."""

MOST = 500
"""Messages that are kept; what comes on top of them is left to Slack."""

MOST_TRIES = 10
"""Of a message that fails for another reason than a database that is away."""


class Untaken:
    """Hears, and keeps in memory what could not be stored.

    It stays unacknowledged, so that nothing is lost with this process; that it may come twice is nothing new.

    Args:
        attention: what hears.
        clock: seconds from anywhere.
        sleep: waits that many seconds.
    """

    def __init__(
        self,
        attention: Attention,
        clock: Clock = time.monotonic,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._attention = attention
        self._clock = clock
        self._sleep = sleep
        self._since: dict[Heard, float] = {}
        self._tried: Counter[Heard] = Counter()
        self._some = asyncio.Event()

    async def hear(self, heard: Heard) -> Question | Ignored:
        """As `Attention.hear`; whatever it raises, or its being cancelled, keeps the message."""
        try:
            found = await self._attention.hear(heard)
        except BaseException:
            self._keep(heard)
            raise
        self._forget(heard)
        return found

    def forget(self, deleted: Deleted) -> None:
        """A message that is gone from Slack is kept no longer."""
        self._attention.forget(deleted)
        place = (deleted.channel_id, deleted.ts)
        for heard in [each for each in self._since if (each.channel_id, each.ts) == place]:
            self._forget(heard)

    async def keep_hearing(self) -> None:
        """Hear again what is kept, until cancelled."""
        while True:
            await self._some.wait()
            await self._sleep(AGAIN)
            await self._hear_again()

    async def _hear_again(self) -> None:
        """The oldest shows whether anything can be stored; all others then come at once, as from Slack."""
        waiting = sorted(self._since, key=lambda each: each.ts)
        if waiting and await self._heard(waiting[0]):
            await asyncio.gather(*map(self._heard, waiting[1:]))

    async def _heard(self, heard: Heard) -> bool:
        """Hear one again; False where the database is still away."""
        if self._clock() - self._since.get(heard, self._clock()) > WORTH_ANSWERING:
            self._forget(heard)
            return True
        try:
            await self.hear(heard)
        except DatabaseDown:
            return False
        except Exception as error:  # noqa: BLE001 - the next one may be heard all the same
            self._failed(heard, error)
        return True

    def _failed(self, heard: Heard, error: Exception) -> None:
        self._tried[heard] += 1
        if self._tried[heard] >= MOST_TRIES:
            log.warning("a message is left to Slack: %s", described(error))
            self._forget(heard)

    def _keep(self, heard: Heard) -> None:
        if len(self._since) < MOST:
            self._since.setdefault(heard, self._clock())
            self._some.set()

    def _forget(self, heard: Heard) -> None:
        self._since.pop(heard, None)
        self._tried.pop(heard, None)
        if not self._since:
            self._some.clear()
