"""Under a sentence that says why there is no answer: a button that asks once more, in the same place."""

import json

import pytest

from bot.playground.model import refusal
from bot.playground.model.refusal import Refusal
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.workspace import Message
from bot.slack.answer_row.row import LARGER, TRY_AGAIN
from tests.scenarios.answer_row import last_answer
from tests.scenarios.scene import Scene

BUSY = refusal.rate_limited(retry_after=86_400)


def buttons(scene: Scene, root: Message) -> str:
    return json.dumps(last_answer(scene, root).blocks)


async def failed(scene: Scene, root: Message) -> Message:
    """The sentence, once it stands there with its button."""
    await scene.until(lambda: len(scene.answers(root)) > 0 and TRY_AGAIN in buttons(scene, root))
    await scene.settled()
    return last_answer(scene, root)


async def test_what_failed_is_tried_again_in_its_place(scene: Scene) -> None:
    scene.azure.answers += [BUSY, "There are two models.", "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        sentence = await failed(scene, root)
        assert "Please ask again in 24 hours" in sentence.text
        scene.slack.press("ada", sentence, TRY_AGAIN)
        await scene.until(lambda: scene.answers(root) == ["There are two models."])
        assert last_answer(scene, root).ts == sentence.ts
        await scene.settled()
        scene.ask("thanks", under=root)
        await scene.answered(root, 2)
    said = [turn.text for turn in scene.azure.requests[-1].dialogue]
    assert said == ["which?", "There are two models.", "thanks"]


async def test_what_fails_again_says_so_in_its_place_and_can_be_tried_once_more(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [BUSY, refusal.no_deployment(), "There are two models."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        sentence = await failed(scene, root)
        scene.slack.press("ada", sentence, TRY_AGAIN)
        await scene.until(lambda: "not set up correctly" in "".join(scene.answers(root)))
        scene.slack.press("ada", await failed(scene, root), TRY_AGAIN)
        await scene.until(lambda: scene.answers(root) == ["There are two models."])
        assert last_answer(scene, root).ts == sentence.ts


@pytest.mark.parametrize(
    ("reply", "larger"),
    [(Answer("", ends=Ending.LENGTH, reasoning_tokens=800), True), (Answer("", ends=Ending.STOP), False)],
    ids=["spent on thinking", "silent"],
)
async def test_a_larger_limit_is_offered_beside_it_where_that_helps(
    small_scene: Scene, reply: Answer, larger: bool
) -> None:
    scene = small_scene
    scene.azure.answers += [reply]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        await failed(scene, root)
        assert (LARGER in buttons(scene, root)) == larger


@pytest.mark.parametrize("reply", [refusal.filtered_prompt("violence")], ids=["filtered"])
async def test_what_would_end_the_same_way_has_no_such_button(small_scene: Scene, reply: Refusal) -> None:
    scene = small_scene
    scene.azure.answers += [reply]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        await scene.answered(root)
        assert TRY_AGAIN not in buttons(scene, root)


async def test_once_the_conversation_has_gone_on_the_button_says_so(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [BUSY, "Second."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        sentence = await failed(scene, root)
        scene.ask("and?", under=root)
        await scene.answered(root, 2)
        scene.slack.press("ada", sentence, TRY_AGAIN)
        await scene.until(lambda: any("only its latest question" in each.text for each in scene.thread(root)))
    assert len(scene.azure.requests) == 2
