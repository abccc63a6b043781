import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.operations.background import started


async def lives() -> None:
    await asyncio.Event().wait()


async def dies() -> None:
    raise RuntimeError


async def test_the_death_of_a_part_ends_the_run_and_an_orderly_end_does_not() -> None:
    died = asyncio.Event()
    async with AsyncExitStack() as stack:
        started(stack, lives(), "worker", died.set)
    assert not died.is_set()
    async with AsyncExitStack() as stack:
        started(stack, dies(), "worker", died.set)
        await asyncio.wait_for(died.wait(), 60)


async def test_a_part_that_was_cancelled_by_nobody_of_ours_has_died(caplog: pytest.LogCaptureFixture) -> None:
    died = asyncio.Event()
    async with AsyncExitStack() as stack:
        started(stack, lives(), "worker", died.set).cancel()
        await asyncio.wait_for(died.wait(), 60)
    assert "worker has died: it was cancelled" in caplog.text
