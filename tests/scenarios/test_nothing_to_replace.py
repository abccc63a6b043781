"""Another answer is wanted, and meanwhile people take away what it answers or replaces."""

from functools import partial

import pytest

from bot.chat.sentences import NOTHING_ASKED
from bot.playground.model.scripted.answer import Answer
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.row import AGAIN, Choice
from bot.slack.answer_row.versions import PAGE
from tests.scenarios.answer_row import answered, choose, last_answer
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


async def test_who_left_meanwhile_is_told_so_in_place_of_another_earlier_version(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers += ["First.", "Second.", "Third."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        answer = await answered(scene, root)
        for text in ("Second.", "Third."):
            slack.press("ada", slack.current(answer), AGAIN)
            await scene.until(partial(lambda said: scene.answers(root) == [said], text))
            await answered(scene, root)
        view = await choose(scene, Choice.MORE, last_answer(scene, root), "grace")
        slack.press("grace", view, f"{MORE}versions")
        await scene.until(lambda: "Version 2 of 2" in _shown(scene))
        slack.leave("grace", slack.general)
        newest = slack.modal("grace")
        assert newest is not None
        slack.press("grace", newest, f"{PAGE}earlier")
        await scene.until(lambda: "Only members of this channel" in _shown(scene))
        assert "Second." not in _shown(scene)


def _shown(scene: Scene) -> str:
    view = scene.slack.modal("grace")
    return str(view.content) if view else ""
