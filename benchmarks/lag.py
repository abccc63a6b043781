"""`python -m benchmarks.lag FILE`: Confab, with somebody beside who notes how long its event loop was busy.

A line for each time in which the loop came to nothing else for more than five milliseconds; in seconds.
"""

import asyncio
import sys
import threading
import time
from pathlib import Path

from bot.__main__ import main

EVERY = 0.005


class Watched(asyncio.DefaultEventLoopPolicy):
    """Gives every loop a thread that knocks at it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """The usual one."""
        loop = super().new_event_loop()
        threading.Thread(target=_knock, args=(loop, self._file), daemon=True).start()
        return loop


def _knock(loop: asyncio.AbstractEventLoop, file: Path) -> None:
    heard = threading.Event()
    with file.open("a", buffering=1) as notes:
        while not loop.is_closed():
            heard.clear()
            began = time.perf_counter()
            try:
                loop.call_soon_threadsafe(heard.set)
            except RuntimeError:
                return
            heard.wait()
            busy = time.perf_counter() - began
            if busy > EVERY:
                notes.write(f"{busy:.4f}\n")
            time.sleep(EVERY)


if __name__ == "__main__":
    asyncio.set_event_loop_policy(Watched(Path(sys.argv[1])))
    sys.argv = ["bot", "run"]
    sys.exit(main())
