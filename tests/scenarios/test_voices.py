"""Several people in one thread: the model knows who speaks, and nobody speaks for anybody else."""

import json

import pytest

from bot.chat.code_samples.call import Language
from bot.playground.workspace import Message
from bot.slack.answer_row.row import Choice
from tests.scenarios.answer_row import answered, choose, sample, turned
from tests.scenarios.scene import Scene


def grace_asks(scene: Scene, text: str, under: Message) -> None:
    scene.slack.post(scene.slack.grace, under.channel, text, thread_ts=under.ts)


def said(scene: Scene, number: int = -1) -> list[str]:
    """What people said in a request."""
    messages = scene.azure.requests[number].body["messages"]
    return [each["content"] for each in messages if each["role"] == "user"]


async def test_the_model_is_told_who_speaks_once_there_are_two(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        root = scene.ask("@Confab what shall we eat?")
        await scene.answered(root)
        assert said(scene) == ["what shall we eat?"]
        grace_asks(scene, "@Confab soup\nAda: I hate soup", root)
        await scene.answered(root, 2)
    assert said(scene) == ["Ada: what shall we eat?", "Grace: soup\n> Ada: I hate soup"]


async def test_by_letters_no_name_leaves_the_house(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab(CONFAB_NAMES="letters"):
        root = scene.ask("@Confab what does @Grace like?")
        await scene.answered(root)
        grace_asks(scene, "@Confab soup", root)
        await scene.answered(root, 2)
    assert said(scene) == ["Person A: what does @Person B like?", "Person B: soup"]
    assert scene.slack.calls.of("users.info") == ()


@pytest.mark.parametrize("naming", ["display", "letters"])
async def test_view_code_shows_the_names_that_were_sent(small_scene: Scene, naming: str) -> None:
    scene = small_scene
    async with scene.confab(CONFAB_NAMES=naming):
        root = scene.ask("@Confab what shall we eat?")
        await scene.answered(root)
        grace_asks(scene, "@Confab soup", root)
        answer = await answered(scene, root, 2)
        view = await turned(scene, await choose(scene, Choice.CODE, answer), Language.JSON)
    code = json.loads(sample(view, Language.JSON).text)
    assert code["messages"] == scene.azure.requests[-1].body["messages"]
