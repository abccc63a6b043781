"""The row under an answer, by the front door: everybody sees what they may, and nobody anything else."""

from dataclasses import replace
from typing import Any

import pytest

from bot.app import Confab
from bot.chat.code_samples.call import Language
from bot.chat.rights import NoRight
from bot.chat.setup import Access, ChannelSettings, Configurers, Example, Persona, Setup
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.workspace import Message, Parcel
from bot.slack.answer_row import texts
from bot.slack.answer_row.clear_view import HOW
from bot.slack.answer_row.row import LARGER, ROW, SHORTCUT, Choice
from tests.scenarios.answer_row import answered, choose, code, filled, has_row, last_answer, turned, words
from tests.scenarios.scene import Scene

SECRET = Persona(
    name="Secretive", system_message="The secret is tuna.", examples=(Example("fish?", "Tuna."),)
)


async def published(scene: Scene, confab: Confab, **access: Any) -> None:
    setup = Setup(SECRET, ChannelSettings(), access=replace(Access(), **access))
    slack = scene.slack
    await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)


def dialogue(scene: Scene) -> list[str]:
    return [turn.text for turn in scene.azure.requests[-1].dialogue]


async def test_raw_syntax_is_the_conversation_as_chatml_with_its_tokens(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", "Second."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        await answered(scene, root)
        scene.ask("two", under=root)
        view = await choose(scene, Choice.RAW, await answered(scene, root, 2))
    assert code(view) == (
        "<|im_start|>system\nYou are an AI assistant that helps people find information.\n<|im_end|>\n"
        "<|im_start|>user\none\n<|im_end|>\n<|im_start|>assistant\nFirst.\n<|im_end|>\n"
        "<|im_start|>user\ntwo\n<|im_end|>\n<|im_start|>assistant\nSecond.\n<|im_end|>\n"
    )
    assert "system message, 16 tokens" in words(view)
    assert "tokens* in all, counted with `o200k_base`" in words(view)


async def test_what_the_window_left_out_is_said_with_why(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        setup = Setup(Persona(), ChannelSettings(past_messages=1))
        await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)
        root = scene.ask("@Confab one")
        await answered(scene, root)
        scene.ask("two", under=root)
        view = await choose(scene, Choice.RAW, await answered(scene, root, 2))
    assert '1 message was left out for the setting "past messages included"' in words(view)


async def test_more_says_how_an_answer_came_about(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await published(scene, confab)
        root = scene.ask("@Confab hello")
        view = await choose(scene, Choice.MORE, await answered(scene, root), "grace")
    said = words(view)
    assert f"*Asked by:* <@{scene.slack.ada.id}>" in said
    assert "*Deployment:* gpt-4o-mini, chat completions" in said
    assert "*Setup:* version 1 of this channel" in said
    assert "tokens" in said


@pytest.mark.parametrize("erase", [False, True])
async def test_who_started_a_thread_clears_it_and_the_thread_says_so(scene: Scene, erase: bool) -> None:
    async with scene.confab():
        root = scene.ask("@Confab my name is Ada")
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, ROW, Choice.CLEAR)
        await scene.until(lambda: scene.slack.modal("ada") is not None)
        view = scene.slack.modal("ada")
        assert view is not None
        scene.slack.submit("ada", view, {HOW: "erase" if erase else "keep"})
        await scene.until(lambda: "starts anew here" in scene.answers(root)[-1])
        assert words(await filled(scene)) == texts.CLEARED
        assert ("deleted from my database" in scene.answers(root)[-1]) is erase
        scene.ask("what is my name?", under=root)
        await scene.answered(root, 3)
        assert dialogue(scene) == ["what is my name?"]
        view = await choose(scene, Choice.CODE, answer)
        assert "my name is Ada" not in code(view)


async def test_who_neither_started_it_nor_may_configure_clears_nothing(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers.append("Hello Grace.")
    async with scene.confab() as confab:
        await published(scene, confab, configurers=Configurers.LISTED)
        root = scene.ask("@Confab hello")
        answer = await answered(scene, root)
        slack.press("grace", answer, ROW, Choice.CLEAR)
        await scene.until(lambda: slack.modal("grace") is not None)
        view = slack.modal("grace")
        assert view is not None
        slack.submit("grace", view)
        await scene.until(lambda: "Whoever started this thread" in words(slack.modal("grace") or view))
        scene.ask("and?", under=root)
        await scene.answered(root, 2)
    assert dialogue(scene)[-3:] == ["hello", "Hello Grace.", "and?"]
    assert not any("starts anew" in said for said in scene.answers(root))


async def test_who_may_not_read_the_persona_sees_it_hidden(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers.append("I keep it to myself.")
    async with scene.confab() as confab:
        await published(scene, confab, configurers=Configurers.LISTED, open_to_read=False)
        root = scene.ask("@Confab hello")
        answer = await answered(scene, root)
        for choice in (Choice.CODE, Choice.RAW, Choice.MORE):
            view = await choose(scene, choice, answer, "grace")
            assert "tuna" not in words(view).casefold()
            assert choice is Choice.MORE or "[hidden]" in code(view)
            scene.slack.close("grace", view)
        # The channel's creator reads it.
        assert "The secret is tuna." in code(await choose(scene, Choice.CODE, answer))


async def test_every_verb_is_a_shortcut_too(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    titles = {
        Choice.CODE: texts.CODE,
        Choice.RAW: texts.RAW,
        Choice.CLEAR: texts.CLEAR,
        Choice.MORE: texts.MORE_TITLE,
    }
    async with scene.confab():
        root = scene.ask("@Confab hello")
        answer = await answered(scene, root)
        for choice, title in titles.items():
            slack.shortcut("ada", f"{SHORTCUT}{choice}", answer)
            view = await filled(scene)
            assert view.content["title"]["text"] == title
            slack.close("ada", view)
        slack.shortcut("ada", f"{SHORTCUT}code", root)
        assert "hello" in code(await filled(scene)), "a question stands for its thread's last answer"


async def test_channel_settings_open_from_an_answer(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        answer = await answered(scene, scene.ask("@Confab hello"))
        scene.slack.press("ada", answer, ROW, Choice.SETTINGS)
        await scene.until(lambda: scene.slack.modal("ada") is not None)


async def test_an_answer_that_thinking_left_empty_leads_to_a_larger_limit(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers.append(Answer("", ends=Ending.LENGTH, reasoning_tokens=800))
    async with scene.confab():
        root = scene.ask("@Confab think hard")
        await scene.answered(root)
        await scene.until(lambda: has_row(last_answer(scene, root)))
        scene.slack.press("ada", last_answer(scene, root), LARGER)
        await scene.until(lambda: scene.slack.modal("ada") is not None)


async def test_somebody_elses_words_are_nobodys_answer(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        alone = slack.post(slack.grace, slack.general, "just saying")
        slack.shortcut("ada", f"{SHORTCUT}code", alone)
        assert texts.NOTHING_HERE in words(await filled(scene))


def elsewhere(scene: Scene, pressed: Parcel, place: Message) -> dict[str, Any]:
    """A press again, with another place written into it and a fresh trigger."""
    body: dict[str, Any] = {**pressed.payload}
    person = body["user"]["id"]
    there = {"ts": place.ts, "thread_ts": place.root_ts}
    return body | {
        "trigger_id": scene.slack.surfaces.issue_trigger(person, None),
        "channel": {"id": place.channel, "name": "elsewhere"},
        "container": {**body["container"], "channel_id": place.channel, "message_ts": place.ts},
        "message": {**body["message"], **there},
    }


async def test_a_place_where_somebody_is_not_reads_nothing_whatever_is_pressed(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        theirs = await answered(scene, scene.ask("the secret is tuna", slack.direct(slack.ada)))
        ours = await answered(scene, scene.ask("@Confab hello"))
        pressed = slack.press("grace", ours, ROW, Choice.CODE)
        slack.close("grace", await filled(scene, "grace"))
        slack.send("interactive", elsewhere(scene, pressed, theirs))
        assert words(await filled(scene, "grace")) == texts.refused(NoRight.NOT_MEMBER)


async def test_a_tab_pressed_after_somebody_left_the_channel_shows_nothing_more(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        answer = await answered(scene, scene.ask("@Confab hello"))
        view = await choose(scene, Choice.CODE, answer, "grace")
        slack.leave("grace", slack.general)
        view = await turned(scene, view, Language.CURL, "grace")
        assert words(view) == texts.refused(NoRight.NOT_MEMBER)
