"""A stop: what can end ends, what cannot goes on elsewhere, and the supervisor sees the right thing."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select

from bot.database.engine import engine_for
from bot.database.tables import turn
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene

WHOLE = "The whole answer, from its first word to its last."
LONG = 60.0  # seconds, for a machine that has other things to do


def attempts(scene: Scene) -> list[tuple[int, int]]:
    """Of every turn the claims, and how many of them were handed over unspent."""
    engine = engine_for(scene.environ["DATABASE_URL"])
    with engine.connect() as connection:
        rows = connection.execute(select(turn.c.attempts, turn.c.handed_over)).all()
    engine.dispose()
    return [(row.attempts, row.handed_over) for row in rows]


async def test_what_a_stop_cannot_finish_goes_on_in_another_process_unspent(scene: Scene) -> None:
    scene.azure.answers += [Answer(WHOLE, stuck_after=6), *[WHOLE] * 3]
    environ = scene.environ | {"CONFAB_DRAIN_SECONDS": "0", "CONFAB_LEASE_SECONDS": "600"}
    async with running_bot(environ) as first:
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        async with running_bot(environ | {"CONFAB_DRAIN_SECONDS": "60"}) as second:
            await scene.until(lambda: len(scene.slack.connections.open) == 2)
            first.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(first.wait(), LONG) == 0
            await scene.until(
                lambda: WHOLE in scene.answers(root)
            )  # the lease alone would have held it for ten minutes
            second.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(second.wait(), LONG) == 0
    ours = [each for each in scene.thread(root) if each.author == scene.slack.confab.id]
    assert [each.text for each in ours] == [WHOLE]
    assert attempts(scene) == [(2, 1)]


async def test_what_is_nearly_done_ends_before_the_stop(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers.append(Answer(WHOLE, stuck_after=6))
    async with running_bot(scene.environ | {"CONFAB_DRAIN_SECONDS": "60"}) as bot:
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        bot.send_signal(signal.SIGTERM)
        await scene.until(lambda: not scene.slack.connections.open)
        scene.azure.release()
        assert await asyncio.wait_for(bot.wait(), LONG) == 0
    assert scene.answers(root) == [WHOLE]
    assert attempts(scene) == [(1, 0)]


@asynccontextmanager
async def draining(scene: Scene, root: Message) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that was told to stop and waits for the answer to that message; Slack hears another one."""
    patient = scene.environ | {"CONFAB_DRAIN_SECONDS": "600", "CONFAB_LEASE_SECONDS": "600"}
    async with running_bot(patient) as first:
        await scene.until(lambda: any(each.streaming and each.text for each in scene.thread(root)))
        async with running_bot(scene.environ):
            await scene.until(lambda: len(scene.slack.connections.open) == 2)
            first.send_signal(signal.SIGTERM)
            await scene.until(lambda: len(scene.slack.connections.open) == 1)
            yield first


async def test_an_answer_can_be_stopped_while_its_process_stops(scene: Scene) -> None:
    scene.azure.answers.append(Answer(WHOLE, stuck_after=6))
    root = scene.ask("@Confab hello")
    async with draining(scene, root) as first:
        scene.slack.stop("ada", root.channel, root.ts)
        await scene.until(lambda: any("_Stopped._" in each for each in scene.answers(root)))
        assert await asyncio.wait_for(first.wait(), LONG) == 0
    assert attempts(scene) == [(1, 0)]


async def test_an_answer_whose_thread_is_deleted_keeps_no_process_from_stopping(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers.append(Answer(WHOLE, stuck_after=6))
    root = scene.ask("@Confab hello")
    async with draining(scene, root) as first:
        scene.slack.delete(root)
        assert await asyncio.wait_for(first.wait(), LONG) == 0
        await scene.until(lambda: scene.answers(root) == [])


async def test_a_second_signal_ends_at_once_and_the_next_start_goes_on(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [Answer(WHOLE, stuck_after=6), *[WHOLE] * 3]
    environ = scene.environ | {"CONFAB_DRAIN_SECONDS": "600", "CONFAB_LEASE_SECONDS": "600"}
    for_ever = signal.SIGINT, signal.SIGTERM
    async with running_bot(environ) as bot:
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        for each in for_ever:
            bot.send_signal(each)
            await scene.until(lambda: not scene.slack.connections.open)
        assert await asyncio.wait_for(bot.wait(), LONG) == -signal.SIGTERM
    async with running_bot(environ):
        await scene.until(lambda: scene.answers(root) == [WHOLE])
