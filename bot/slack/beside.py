"""Work that an acknowledgement does not wait for (Slack: three seconds for commands, buttons and views)."""

import asyncio
import logging
from collections.abc import Awaitable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from bot.errors import ConfabError, described
from bot.slack.calls import Calls
from bot.slack.sorry import Sorry, nothing_opened

_log = logging.getLogger(__name__)

_LAST_MOMENT = 1.0
"""Seconds: most such work is one call, and a supervisor waits for all of an end."""

Done = TypeVar("Done")


class Beside:
    """Runs such work; what fails is logged, and told to whom it was for where they would see nothing."""

    def __init__(self, calls: Calls) -> None:
        self._sorry = Sorry(calls)
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, object], person_id: str = "", *, speaks: bool = True) -> None:
        """Begin, and return at once.

        `person_id` is who wanted it, if anybody did. Work that `speaks` says itself what went wrong in the
        view that it opened; the person is told otherwise where there is none.
        """
        task = asyncio.create_task(self._quietly(work, person_id, speaks=speaks))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def to_its_end(self, work: Awaitable[Done]) -> Done:
        """What the work gives; it goes on, as if begun here, where nobody can wait for it any longer."""
        task = asyncio.ensure_future(work)
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self.start(_end_of(task))
            raise

    async def close(self) -> None:
        """Give what is under way a moment, with what that begins, then drop it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_MOMENT):
                while self._running:
                    await asyncio.wait(self._running)
        late = tuple(self._running)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _quietly(self, work: Coroutine[Any, Any, object], person_id: str, *, speaks: bool) -> None:
        try:
            await work
        except ConfabError as error:
            _log.info("not done: %s", described(error))
            if person_id and (not speaks or nothing_opened(error)):
                await self._quietly(self._sorry.tell(person_id), "", speaks=True)
        except Exception as error:  # noqa: BLE001 - nobody waits for it
            _log.warning("not done: %s", described(error))


async def _end_of(task: Awaitable[object]) -> None:
    await task
