"""Memory that was freed goes back to the system: a process of weeks stays as large as one of hours."""

import asyncio
import ctypes
from collections.abc import Awaitable, Callable

EVERY = 60.0
"""Seconds. One time takes a millisecond or two, in a thread of its own."""

Sleep = Callable[[float], Awaitable[object]]


async def keep_giving_back(*, sleep: Sleep = asyncio.sleep) -> None:
    """Have the C library return what it keeps of freed memory, until cancelled; only glibc can.

    Threads leave holes in its heap. It keeps whole pages of them for later, a few megabytes more each day.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    while trim is not None:
        await sleep(EVERY)
        await asyncio.to_thread(trim, 0)
