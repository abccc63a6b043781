"""What Confab cannot live without has died: the run ends, says why, and leaves the rest to a supervisor."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot import commands
from bot.errors import OperatorFault
from tests.scenarios.scene import Scene
from tests.scenarios.test_replicas import free_port
from tests.scenarios.test_shutdown import LONG
from tests.scenarios.test_starting import kept_waiting

VITAL = {
    "worker": "worker has died",
    "heartbeat": "heartbeat has died",
    "socket": "Slack is not listened to any more",
    "stops": "stops has died",
    "hearing again": "hearing again has died",
    "late mentions": "late mentions has died",
}


def kill(part: str) -> None:
    """Nothing from outside is known to end these parts; one is cancelled here that nobody asked to stop."""
    (task,) = [each for each in asyncio.all_tasks() if each.get_name() == part]
    task.cancel()


@asynccontextmanager
async def running(scene: Scene, caplog: pytest.LogCaptureFixture) -> AsyncIterator["asyncio.Task[int]"]:
    """`confab run` in this process; cancelled in the end if it still runs."""
    caplog.set_level(logging.INFO, "bot")
    run = asyncio.create_task(commands.run(scene.environ))
    try:
        yield run
    finally:
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)


@pytest.mark.parametrize("part", VITAL)
async def test_a_run_ends_with_1_and_says_what_died(
    small_scene: Scene, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    async with running(small_scene, caplog) as run:
        await small_scene.answered(small_scene.ask("@Confab hello"))
        kill(part)
        assert await asyncio.wait_for(run, LONG) == 1
    assert VITAL[part] in caplog.text
    assert not small_scene.slack.connections.open


@pytest.mark.parametrize("part", ["worker", "heartbeat"])
async def test_a_start_that_slack_keeps_waiting_ends_with_1_and_says_what_died(
    small_scene: Scene, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    async with running(small_scene, caplog) as run:
        await kept_waiting(small_scene)
        kill(part)
        assert await asyncio.wait_for(run, LONG) == 1
    assert VITAL[part] in caplog.text


async def test_a_start_whose_socket_died_fails(small_scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    async with running(small_scene, caplog) as run:
        await kept_waiting(small_scene)
        kill("socket")
        with pytest.raises(OperatorFault, match="Socket Mode broke"):
            await asyncio.wait_for(run, LONG)


async def test_who_gives_no_heartbeat_any_more_is_not_ready(small_scene: Scene) -> None:
    port = free_port()
    page = f"http://127.0.0.1:{port}/readyz"
    async with small_scene.confab(CONFAB_OPERATIONS_PORT=str(port)), aiohttp.ClientSession() as session:
        async with session.get(page) as before:
            assert before.status == 200
        kill("heartbeat")
        async with session.get(page) as after:
            assert after.status == 503
            dead = [name for name, works in json.loads(await after.text()).items() if not works]
    assert dead == ["heartbeat"]
