"""A start that Slack keeps waiting hears a stop, and sees through what it answers already."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene
from tests.scenarios.test_shutdown import LONG, attempts

WHOLE = "The whole answer, from its first word to its last."
NO_ADDRESS = "apps.connections.open"


async def kept_waiting(scene: Scene) -> None:
    """Slack gives no address for a socket, and a start has begun to ask again."""
    seen = scene.slack.calls.count(NO_ADDRESS)
    scene.slack.faults.answer_error(NO_ADDRESS, "internal_error", times=None)
    await scene.until(lambda: scene.slack.calls.count(NO_ADDRESS) >= seen + 2)


def said(log: Path, word: str) -> bool:
    return word in log.read_text()


async def logged(log: Path, word: str) -> None:
    async with asyncio.timeout(LONG):
        while not said(log, word):  # noqa: ASYNC110 - another process has no event
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
async def test_a_start_that_gets_no_address_hears_a_signal(small_scene: Scene, told: signal.Signals) -> None:
    async with running_bot(small_scene.environ) as bot:
        await kept_waiting(small_scene)
        bot.send_signal(told)
        assert await asyncio.wait_for(bot.wait(), LONG) == 0


async def test_a_start_whose_first_call_slack_leaves_open_hears_a_signal(small_scene: Scene) -> None:
    first = small_scene.slack.faults.hold("auth.test")
    async with running_bot(small_scene.environ) as bot:
        await asyncio.wait_for(first.arrived.wait(), LONG)
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), LONG) == 0
    first.release()


@asynccontextmanager
async def answering_at_its_start(
    scene: Scene, log: Path
) -> AsyncIterator[tuple[asyncio.subprocess.Process, Message]]:
    """A process that Slack keeps waiting, that was told to stop, and that still answers what another left."""
    scene.azure.answers += [Answer(WHOLE, stuck_after=6)] * 2
    async with running_bot(scene.environ | {"CONFAB_DRAIN_SECONDS": "0"}) as first:
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        first.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(first.wait(), LONG) == 0
    patient = scene.environ | {"CONFAB_DRAIN_SECONDS": "600", "CONFAB_LEASE_SECONDS": "600"}
    async with running_bot(patient, log=log) as second:
        await kept_waiting(scene)
        await scene.azure.until(lambda azure: len(azure.requests) == 2)
        second.send_signal(signal.SIGTERM)
        await logged(log, "stopping")
        yield second, root


async def test_what_a_start_already_answers_is_seen_through_before_it_ends(
    small_scene: Scene, tmp_path: Path
) -> None:
    scene = small_scene
    async with answering_at_its_start(scene, tmp_path / "log") as (bot, root):
        scene.azure.release()
        assert await asyncio.wait_for(bot.wait(), LONG) == 0
    assert scene.answers(root) == [WHOLE]
    assert attempts(scene) == [(2, 1)]


async def test_a_second_signal_ends_a_start_at_once(small_scene: Scene, tmp_path: Path) -> None:
    async with answering_at_its_start(small_scene, tmp_path / "log") as (bot, _):
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), LONG) == -signal.SIGTERM
