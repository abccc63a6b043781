"""Two processes on one database: one thread, one order, one setup, one budget."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.playground.model.scripted.answer import Answer
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene

LONG = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def shown(port: int, page: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{page}") as answer:
        return await answer.text()


async def replicas(port: int, wanted: int) -> None:
    """Wait until the process behind that port counts so many."""
    async with asyncio.timeout(LONG):
        while f"confab_replicas {wanted}.0" not in await shown(port, "/metrics"):  # noqa: ASYNC110 - another process has no event
            await asyncio.sleep(0.1)


@asynccontextmanager
async def both(scene: Scene) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """Two processes; the first one, and the second one's port."""
    port = free_port()
    there = len(scene.slack.connections.open)
    async with running_bot(scene.environ) as first:
        await scene.until(lambda: len(scene.slack.connections.open) == there + 1)
        async with running_bot(scene.environ | {"CONFAB_OPERATIONS_PORT": str(port)}):
            await scene.until(lambda: len(scene.slack.connections.open) == there + 2)
            yield first, port


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_processes_count_each_other_and_notice_who_leaves_or_dies(scene: Scene) -> None:
    async with both(scene) as (first, port):
        await replicas(port, 2)
        first.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(first.wait(), LONG) == 0
        await replicas(port, 1)
        async with running_bot(scene.environ) as third:
            await replicas(port, 2)
            third.send_signal(signal.SIGKILL)
            await third.wait()
            await replicas(port, 1)
        ready = json.loads(await shown(port, "/readyz"))
        assert ready == {"database": True, "heartbeat": True, "worker": True, "socket": True}


# Frozen in the middle of a transaction it would keep SQLite to itself until it thaws.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_process_that_froze_past_its_lease_writes_nothing_more(scene: Scene) -> None:
    scene.azure.answers += [
        Answer("Words of the one that froze, and more of them until the end.", stuck_after=6),
        *["The whole answer."] * 9,
    ]
    environ = scene.environ | {"CONFAB_LEASE_SECONDS": "5"}
    async with running_bot(environ) as first:
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        first.send_signal(signal.SIGSTOP)
        async with running_bot(environ):
            await scene.until(lambda: "The whole answer." in scene.answers(root))
            first.send_signal(signal.SIGCONT)
            scene.azure.release()
            first.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(first.wait(), LONG) == 0
            scene.ask("thank you", under=root)
            await scene.answered(root, 2)
    assert scene.answers(root)[0] == "The whole answer."
    assert len([each for each in scene.thread(root) if each.author == scene.slack.confab.id]) == 2
