"""Messages that could not be stored: heard again as soon as they can be, without waiting for Slack."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence

from bot.chat.addressing import Ignored
from bot.chat.attention import Attention
from bot.chat.messages import Amended, Deleted, Edited, Heard, Question
from bot.chat.waiting import Root, root
from bot.errors import DatabaseDown, NotYetKnown, described

log = logging.getLogger(__name__)

AGAIN = 1.0
"""Seconds between two looks. Slack brings again what was not acknowledged, too, but minutes apart."""

PATIENCE = 10.0
"""Seconds for one message: SQLite waits five for a lock. Slack's own redelivery of it waits meanwhile."""

MOST_TRIES = 10
"""Of a message that fails for another reason than a database that is away."""


class Untaken:
    """Hears, and hears again what could not be stored.

    It stays unacknowledged, so that for six minutes Slack would bring it to another process as well; that it
    may come twice is nothing new.

    Args:
        attention: what hears, and remembers what could not be stored.
        sleep: waits that many seconds.
    """

    def __init__(
        self, attention: Attention, *, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._attention = attention
        self._waiting = attention.waiting
        self._sleep = sleep
        self._tried: Counter[Heard] = Counter()
        self._some = asyncio.Event()

    async def hear(self, heard: Heard) -> Question | Ignored:
        """As `Attention.hear`; whatever it raises, or its being cancelled, lets it be heard again."""
        try:
            return await self._attention.hear(heard)
        except BaseException:
            self._some.set()
            raise

    async def amend(self, change: Edited | Deleted) -> Amended:
        """As `Attention.amend`."""
        return await self._attention.amend(change)

    async def keep_hearing(self) -> None:
        """Hear again what could not be stored, until cancelled."""
        while True:
            await self._some.wait()
            await self._sleep(AGAIN)
            await self._hear_again()
            if not self._waiting.oldest_first:
                self._some.clear()
                self._tried.clear()

    async def _hear_again(self) -> None:
        """The oldest shows whether anything can be stored; the others follow, each thread in its order."""
        waiting = self._waiting.oldest_first
        if not await self._one_by_one(waiting[:1]):
            return
        threads: defaultdict[Root, list[Heard]] = defaultdict(list)
        for heard in waiting[1:]:
            threads[root(heard)].append(heard)
        await asyncio.gather(*map(self._one_by_one, threads.values()))

    async def _one_by_one(self, said: Sequence[Heard]) -> bool:
        """Hear these again in their order; False where the database is still away."""
        for heard in said:
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._attention.again(heard)
            except (DatabaseDown, TimeoutError):
                return False
            except NotYetKnown:
                continue
            except Exception as error:  # noqa: BLE001 - the next one may be heard all the same
                self._failed(heard, error)
        return True

    def _failed(self, heard: Heard, error: Exception) -> None:
        self._tried[heard] += 1
        if self._tried[heard] >= MOST_TRIES:
            log.warning("a message is left to Slack: %s", described(error))
            self._waiting.leave(heard)
