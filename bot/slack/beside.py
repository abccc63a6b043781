"""Work that an acknowledgement does not wait for (Slack: three seconds for commands, buttons and views)."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.errors import ConfabError, described

_log = logging.getLogger(__name__)


class Beside:
    """Runs such work; what fails is logged, for nobody waits for it."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Begin, and return at once."""
        task = asyncio.create_task(_quietly(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Drop what is still under way."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


async def _quietly(work: Coroutine[Any, Any, object]) -> None:
    try:
        await work
    except ConfabError as error:
        _log.info("not done: %s", described(error))
    except Exception as error:  # noqa: BLE001 - nobody waits for it
        _log.warning("not done: %s", described(error))
