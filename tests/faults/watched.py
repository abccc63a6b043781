"""`confab run` with somebody who looks at its event loop. Started by the trials, in a process of its own.

Every half second a line of JSON goes into the file that FAULTS_WATCH names: how long the loop was blocked at
most since the last line, in seconds, how many tasks there are, and how many blocks of memory Python has given
out. At SIGUSR1 garbage is collected. With FAULTS_AT_ONCE set no call waits for Slack's rates, so that a day's
work takes minutes.
"""

import asyncio
import gc
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from bot import commands
from bot.__main__ import main
from bot.slack.governor import Governor

Run = Callable[[Mapping[str, str]], Awaitable[int]]

TICK = 0.01
EVERY = 50


async def watch(file: Path) -> None:
    """Look at the loop until it ends."""
    worst = 0.0
    with file.open("a") as seen:
        for tick in range(1, sys.maxsize):
            began = time.perf_counter()
            await asyncio.sleep(TICK)
            worst = max(worst, time.perf_counter() - began - TICK)
            if tick == 1 or tick % EVERY == 0:
                line = {
                    "blocked": worst,
                    "tasks": len(asyncio.all_tasks()),
                    "blocks": sys.getallocatedblocks(),
                }
                seen.write(json.dumps(line) + "\n")
                seen.flush()
                worst = 0.0


async def at_once(*_: object, **__: object) -> None:
    """A turn that nobody waits for."""


async def watched(environ: Mapping[str, str], *, run: Run = commands.run) -> int:
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, gc.collect)
    watching = asyncio.create_task(watch(Path(os.environ["FAULTS_WATCH"])))
    try:
        return await run(environ)
    finally:
        watching.cancel()


if __name__ == "__main__":
    setattr(commands, "run", watched)  # noqa: B010 - a function is replaced, in a process that ends with it
    if "FAULTS_AT_ONCE" in os.environ:
        setattr(Governor, "turn", at_once)  # noqa: B010 - a method is replaced, in a process that ends with it
    sys.exit(main(["run"]))
