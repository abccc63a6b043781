"""A stop: what can end ends, what cannot goes on elsewhere, and the supervisor sees the right thing."""

import asyncio
import signal

from sqlalchemy import select

from bot.database.engine import engine_for
from bot.database.tables import turn
from bot.playground.model.scripted.answer import Answer
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
