import asyncio
import signal

from bot.playground.model.scripted.answer import Answer
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene


async def test_a_bot_killed_while_it_answers_leaves_exactly_one_whole_answer(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [
        Answer("The answer that the first one began.", stuck_after=6),
        "The whole answer.",
    ]
    async with running_bot(scene.environ) as first:
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        first.send_signal(signal.SIGKILL)
        await first.wait()
    async with running_bot(scene.environ) as second:
        await scene.until(lambda: "The whole answer." in scene.answers(root))
        scene.ask("thank you", under=root)
        await scene.answered(root, 2)
        second.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(second.wait(), 60) == 0
    assert scene.answers(root)[0] == "The whole answer."
    assert len([each for each in scene.thread(root) if each.author == scene.slack.confab.id]) == 2
    assert len(scene.azure.requests) == 3


async def test_a_bot_killed_before_slack_named_its_message_leaves_one_answer(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [
        Answer("The answer that the first one began.", stuck_after=6),
        "The whole answer.",
    ]
    hold = scene.slack.faults.hold("chat.startStream")
    async with running_bot(scene.environ) as first:
        root = scene.ask("@Confab hello")
        await asyncio.wait_for(hold.arrived.wait(), 60)
        first.send_signal(signal.SIGKILL)
        await first.wait()
    hold.release()  # Slack carries out what nobody waits for any more
    await scene.until(lambda: any(each.author == scene.slack.confab.id for each in scene.thread(root)))
    async with running_bot(scene.environ):
        await scene.until(lambda: scene.answers(root) == ["The whole answer."])
    ours = [each for each in scene.thread(root) if each.author == scene.slack.confab.id]
    assert len(ours) == 1
