"""Work that nobody waits for, when the process ends."""

import asyncio

from bot.slack.beside import Beside
from tests.slack.desk import desk
from tests.slack.virtual_time import in_virtual_time


@in_virtual_time
async def test_what_is_nearly_done_is_done_before_the_end_and_what_hangs_is_dropped() -> None:
    async with desk() as d:
        beside, done = Beside(d.ours.calls), []

        async def work(seconds: float) -> None:
            await asyncio.sleep(seconds)
            done.append(seconds)

        beside.start(work(0.5))
        beside.start(work(500))
        await asyncio.sleep(0.1)
        await beside.close()
        assert done == [0.5]
