"""Another answer is wanted, and meanwhile people take away what it answers or replaces."""

import pytest

from bot.chat.sentences import NOTHING_ASKED
from bot.playground.model.scripted.answer import Answer
from bot.slack.answer_row.row import AGAIN
from tests.scenarios.answer_row import answered
from tests.scenarios.scene import Scene

STUCK = Answer("One two three four five six seven.", stuck_after=4)


def dialogue(scene: Scene) -> list[str]:
    return [turn.text for turn in scene.azure.requests[-1].dialogue]


async def test_an_answer_that_is_deleted_while_another_takes_its_place_stays_gone(scene: Scene) -> None:
    scene.azure.answers += ["First.", STUCK, "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: scene.slack.current(answer).text.startswith("One two"))
        scene.slack.delete(answer)
        await scene.settled()
        scene.azure.release()
        scene.ask("two", under=root)
        assert await scene.answered(root) == ["Fine."]
    assert dialogue(scene) == ["one", "two"]


@pytest.mark.parametrize("taken", ["deleted", "emptied"])
async def test_an_answer_to_what_nobody_asks_any_more_stays_as_it_is(small_scene: Scene, taken: str) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", "Fine."]
    async with scene.confab():
        root = scene.slack.post("grace", scene.slack.general, "A thread of people's")
        question = scene.ask("@Confab one", under=root)
        answer = await answered(scene, root)
        if taken == "deleted":
            scene.slack.delete(question)
        else:
            scene.slack.edit(question, "@Confab")
        await scene.settled()
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: any(each.ephemeral for each in scene.thread(root)))
        assert [each.text for each in scene.thread(root) if each.ephemeral][-1] == NOTHING_ASKED
        scene.ask("two", under=root)
        assert await scene.answered(root, 2) == ["First.", "Fine."]
    assert len(scene.azure.requests) == 2
    assert "First." in dialogue(scene)
