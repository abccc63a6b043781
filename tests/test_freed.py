"""What was freed goes back to the system."""

import asyncio
import ctypes

import psutil
import pytest

from bot.operations.freed import EVERY, keep_giving_back

MEGABYTE = 1 << 20


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc keeps and gives back")
async def test_holes_in_the_heap_do_not_stay_with_the_process() -> None:
    # Blocks of the C library, too small to go back by themselves while one stands on top of them.
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    blocks = [ctypes.c_void_p(libc.malloc(4_000)) for _ in range(20_000)]
    for block in blocks:
        ctypes.memset(block, 1, 4_000)
    for block in blocks[:-1]:
        libc.free(block)
    holed = psutil.Process().memory_info().rss
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            given.set()
            await asyncio.Event().wait()

    given = asyncio.Event()
    giving = asyncio.create_task(keep_giving_back(sleep=sleep))
    await given.wait()
    giving.cancel()
    libc.free(blocks[-1])
    assert slept == [EVERY, EVERY]
    assert holed - psutil.Process().memory_info().rss > 40 * MEGABYTE
