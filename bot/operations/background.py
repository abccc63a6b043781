"""What runs beside everything else for as long as the process does."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack

from bot.errors import described

log = logging.getLogger(__name__)


def started(
    stack: AsyncExitStack,
    work: "asyncio._CoroutineLike[None]",
    name: str,
    on_death: Callable[[], None] = lambda: None,
) -> "asyncio.Task[None]":
    """Run beside everything else until the stack unwinds.

    `on_death` hears of an end by fault, and of a cancellation that did not come from the stack.
    """
    task = asyncio.create_task(work, name=name)

    def ended(_: "asyncio.Task[None]") -> None:
        error = None if task.cancelled() else task.exception()
        if task.cancelled() or error is not None:
            log.error("%s has died: %s", name, described(error) if error else "it was cancelled")
            on_death()

    async def end() -> None:
        task.remove_done_callback(ended)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    task.add_done_callback(ended)
    stack.push_async_callback(end)
    return task
