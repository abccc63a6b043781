import asyncio
from contextlib import AsyncExitStack

from bot.app import _started


async def lives() -> None:
    await asyncio.Event().wait()


async def dies() -> None:
    raise RuntimeError


async def test_the_death_of_a_part_ends_the_run_and_an_orderly_end_does_not() -> None:
    died = asyncio.Event()
    async with AsyncExitStack() as stack:
        _started(stack, lives(), "worker", died.set)
    assert not died.is_set()
    async with AsyncExitStack() as stack:
        _started(stack, dies(), "worker", died.set)
        await asyncio.wait_for(died.wait(), 60)
