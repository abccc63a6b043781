"""Compare: one question to two at once, side by side; and a good answer made an example."""

import asyncio

from bot.app import Confab
from bot.chat.outcomes import Done, Published
from bot.chat.setup import Example
from bot.chat.versions import DraftKey
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from bot.playground.workspace.surfaces import View
from bot.slack.comparing import texts
from bot.slack.comparing import view as comparing
from bot.slack.example import view as example
from bot.slack.greeting.texts import announcement
from tests.scenarios.scene import PATIENCE, Scene


def key(scene: Scene) -> DraftKey:
    return DraftKey(scene.slack.team.id, scene.slack.general.id, scene.slack.ada.id)


def modal(scene: Scene) -> View:
    found = scene.slack.modal("ada")
    assert found
    return found


def submit(scene: Scene, view: View, values: dict[str, str]) -> None:
    scene.slack.submit("ada", view, dict[str | tuple[str, str], str](values.items()))


def shows(scene: Scene, text: str) -> bool:
    found = scene.slack.modal("ada")
    return found is not None and text in str(found.content)


async def drafted(confab: Confab, scene: Scene, system_message: str) -> None:
    done = await confab.trade.configuring.set_persona(
        key(scene), None, name="Guide", icon="", system_message=system_message, greeting=""
    )
    assert isinstance(done, Done)


async def opened(scene: Scene) -> View:
    """The comparison of #general, opened from Ada's home."""
    slack = scene.slack
    slack.open_home("ada")
    await scene.until(lambda: bool(slack.home("ada")))
    view = slack.home("ada")
    assert view
    block = next(
        each["block_id"] for each in view.content["blocks"] if f"'value': '{slack.general.id}'" in str(each)
    )
    slack.press("ada", view, comparing.COMPARE, block_id=block)
    await scene.until(lambda: shows(scene, "Ask both"))
    return modal(scene)


async def test_two_versions_answer_side_by_side_with_tokens_and_time(scene: Scene) -> None:
    async with scene.confab() as confab:
        await drafted(confab, scene, "You are a hiking guide.")
        assert isinstance(await confab.trade.publishing.publish(key(scene), None), Published)
        await drafted(confab, scene, "You are a ship's captain.")
        view = await opened(scene)
        values = {comparing.QUESTION: "Where to?", comparing.LEFT: "current", comparing.RIGHT: "draft"}
        submit(scene, view, values)
        await scene.until(lambda: shows(scene, comparing.AGAIN))
        assert {each.persona for each in scene.azure.requests} == {
            "You are a hiking guide.",
            "You are a ship's captain.",
        }
        assert [request.question for request in scene.azure.requests] == ["Where to?", "Where to?"]
        content = str(modal(scene).content)
        assert "What is published now" in content
        assert "My draft" in content
        assert content.count(" tokens ") == 2
        books = confab.trade.answering.generating.model.spending
        spent = await books.spent(scene.slack.team.id, scene.slack.general.id)
        assert spent.today.completion > 0
        # The look for switches that are due may come right after this one was published.
        told = [each.text for each in scene.slack.see(scene.slack.general)]
        assert told in ([], [announcement("Guide")])


async def test_two_deployments_are_compared_and_answers_reach_who_closed_the_modal(
    small_scene: Scene,
) -> None:
    scene = small_scene
    async with scene.confab():
        view = await opened(scene)
        ask_both(scene, view)
        scene.slack.close("ada", modal(scene))
        direct = scene.slack.direct("ada")
        await scene.until(lambda: bool(scene.slack.see(direct)))
        root = scene.slack.record.history.get(direct.id, scene.slack.see(direct)[-1].ts)
        assert root
        await scene.answered(root, 3)
        assert {request.deployment for request in scene.azure.requests} == {"gpt-4o-mini", "qwen3-8b"}


def ask_both(scene: Scene, view: View) -> None:
    choices = {comparing.LEFT: "deployment:gpt-4o-mini", comparing.RIGHT: "deployment:qwen3-8b"}
    submit(scene, view, {comparing.QUESTION: "Where to?", **choices})


async def test_a_comparison_that_slack_does_not_take_as_a_view_comes_directly(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["Up the hill.", "Down the hill."]
    async with scene.confab():
        view = await opened(scene)
        scene.slack.faults.answer_error("views.update", "view_too_large")
        ask_both(scene, view)
        await scene.until(lambda: shows(scene, texts.SENT))
        (root,) = scene.slack.see(scene.slack.direct("ada"))
        said = [each.text for each in scene.slack.see(scene.slack.direct("ada"), root.ts)]
        assert "Up the hill." in str(said)
        assert "Down the hill." in str(said)


async def test_a_comparison_that_can_be_shown_nowhere_says_so(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        view = await opened(scene)
        scene.slack.faults.answer_error("views.update", "view_too_large")
        scene.slack.faults.answer_error("chat.postMessage", "restricted_action")
        ask_both(scene, view)
        await scene.until(lambda: shows(scene, texts.NOT_SENT))


async def test_answers_longer_than_the_modal_are_shown_as_far_as_it_goes_and_sent(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [Answer("\U0001f600" * 12_500)] * 2
    async with scene.confab():
        ask_both(scene, await opened(scene))
        await scene.until(lambda: shows(scene, texts.SENT))
        assert shows(scene, "\U0001f600" * 500)


async def test_the_same_twice_is_refused_at_its_field(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        view = await opened(scene)
        values = {comparing.QUESTION: "Where to?", comparing.LEFT: "current", comparing.RIGHT: "current"}
        submit(scene, view, values)
        await scene.until(lambda: comparing.RIGHT in modal(scene).errors)
        assert not scene.azure.requests


async def test_one_sides_trouble_leaves_the_other_its_answer(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await confab.trade.configuring.set_settings(key(scene), None, {"daily_tokens": "1000000"})
        view = await opened(scene)
        values = {
            comparing.QUESTION: "Where to?",
            comparing.LEFT: "current",
            comparing.RIGHT: "deployment:qwen3-8b",
        }
        await confab.trade.configuring.discard(key(scene))
        scene.azure.answers.append(Answer("The first one answers."))
        submit(scene, view, values)
        await scene.until(lambda: shows(scene, comparing.AGAIN))
        assert "The first one answers." in str(modal(scene).content)


def ours(scene: Scene, root: Message) -> Message:
    shown = [each for each in scene.thread(root) if each.author == scene.slack.confab.id][-1]
    found = scene.slack.record.history.get(root.channel, shown.ts)
    assert found
    return found


async def test_a_good_answer_becomes_an_example_of_the_draft(scene: Scene) -> None:
    async with scene.confab() as confab:
        scene.azure.answers.append(Answer("Up the hill."))
        root = scene.ask("@Confab where to?")
        await scene.answered(root)
        answer = ours(scene, root)
        async with asyncio.timeout(PATIENCE):
            while await confab.trade.offering.offer(answer.channel, answer.ts, root.ts) is None:
                pass  # it stands in the thread a moment before its turn is closed
        scene.slack.shortcut("ada", example.SHORTCUT, answer)
        await scene.until(lambda: shows(scene, "Up the hill."))
        assert shows(scene, "where to?")
        corrected = {example.USER: "where to?", example.ASSISTANT: "Up the hill, slowly."}
        submit(scene, modal(scene), corrected)
        await scene.until(lambda: shows(scene, "as example 1"))
        draft = await confab.trade.configuring.open(key(scene))
        assert draft.draft.setup.persona.examples == (Example("where to?", "Up the hill, slowly."),)  # type: ignore[union-attr]
        scene.slack.press("ada", modal(scene), example.SETTINGS)
        await scene.until(lambda: shows(scene, "Assistant setup"))


async def test_only_an_answer_can_become_an_example(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        said = scene.slack.post("grace", scene.slack.general, "hello")
        scene.slack.shortcut("ada", example.SHORTCUT, said)
        await scene.until(lambda: shows(scene, "Only an answer of mine"))
