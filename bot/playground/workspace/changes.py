"""A feed of what changed, so that a page can follow along."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """Something is different now; `what` says which kind.

    `message`, `removed`, `channel`, `person`, `status`, `session`, `prompts`, `home`, `view`, `event`,
    `connection`, `call`, `fault`, `setting`. The other fields say where, as far as the kind has them.
    """

    what: str
    channel: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    person: str | None = None


class ChangeFeed:
    """Tells every subscriber about every change, in order.

    A subscriber that falls more than `backlog` changes behind loses the oldest ones: a page that re-renders
    from the state loses nothing by that.
    """

    def __init__(self, backlog: int = 1_000) -> None:
        self._backlog = backlog
        self._queues: set[asyncio.Queue[Change]] = set()

    def tell(self, change: Change) -> None:
        """Hand the change to all who are subscribed now; never waits."""
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(change)

    @asynccontextmanager
    async def subscribe(self) -> AsyncIterator[AsyncIterator[Change]]:
        """Follow the changes from this moment on, until the block is left."""
        queue: asyncio.Queue[Change] = asyncio.Queue(self._backlog)
        self._queues.add(queue)
        try:
            yield _drain(queue)
        finally:
            self._queues.discard(queue)


async def _drain(queue: asyncio.Queue[Change]) -> AsyncIterator[Change]:
    while True:
        yield await queue.get()
