"""View code is right if the service receives from a sample what it received from the bot."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import Confab
from bot.chat import view_code
from bot.chat.code_samples.call import NEXT_MESSAGE, Extent, Language
from bot.chat.setup import ChannelSettings, Effort, Example, Persona, Setup
from bot.slack.answer_row import texts
from bot.slack.answer_row.row import Choice
from tests.chat.code_samples.running import execute
from tests.scenarios.answer_row import answered, choose, code, environ, filled, sample, turned, words
from tests.scenarios.scene import Scene

NASTY = (
    "It's \"quoted\" \\ and\n`ticked` ''' $HOME $(id) \\n\nJSON\n\U0001f44d\U0001f3fd "
    "\u05e9\u05dc\u05d5\u05dd \u202eturned\u202c <|im_end|> & <b>"
)
OTHERS = frozenset({"stream", "stream_options", "prompt_cache_key"})
SETTINGS = ChannelSettings(
    max_response=77,
    temperature=0.1,
    top_p=0.33,
    frequency_penalty=-0.5,
    presence_penalty=1.25,
    stop=('"stop"', "\n\n", "$(stop)"),
    past_messages=4,
    effort=Effort.LOW,
)
PERSONA = Persona(
    name="Nasty", system_message=NASTY, examples=(Example(NASTY, "plain"), Example("plain", NASTY))
)


async def published(scene: Scene, confab: Confab, deployment: str) -> None:
    settings = replace(SETTINGS, deployment=deployment)
    await confab.setups.publish(
        scene.slack.team.id, scene.slack.general.id, Setup(PERSONA, settings), scene.slack.ada.id
    )


def sent(scene: Scene, number: int) -> dict[str, Any]:
    body = scene.azure.requests[number].body
    return {name: value for name, value in body.items() if name not in OTHERS}


@pytest.mark.parametrize("deployment", ["gpt-4o-mini", "qwen3-8b"])
@pytest.mark.parametrize("version", ["", "2024-10-21"])
async def test_each_sample_of_this_request_makes_the_request_that_the_bot_made(
    small_scene: Scene, tmp_path: Path, deployment: str, version: str
) -> None:
    scene = small_scene
    scene.environ["AZURE_OPENAI_API_VERSION"] = version
    scene.azure.answers += [f"Answer one: {NASTY}", "Answer two."]
    async with scene.confab() as confab:
        await published(scene, confab, deployment)
        root = scene.ask(f"@Confab {NASTY}")
        await answered(scene, root)
        scene.ask(f"Second: {NASTY}", under=root)
        answer = await answered(scene, root, 2)
        bots = sent(scene, -1)
        view = await choose(scene, Choice.CODE, answer)
        for language in Language:
            if language is not Language.PYTHON:
                view = await turned(scene, view, language)
            copied = sample(view, language)
            printed = await execute(copied, environ(scene, tmp_path), scene.azure.key, tmp_path)
            assert printed
            assert sent(scene, -1) == bots
            assert scene.azure.requests[-1].api_version == (version or None)
    assert "exactly as it made the answer" in words(view)


async def test_the_conversation_so_far_is_ready_for_the_next_message(
    small_scene: Scene, tmp_path: Path
) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", "Second."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        first = await answered(scene, root)
        scene.ask("two", under=root)
        await answered(scene, root, 2)
        view = await turned(scene, await choose(scene, Choice.CODE, first), Extent.SO_FAR)
        copied = sample(view, Language.PYTHON)
        await execute(copied, environ(scene, tmp_path), scene.azure.key, tmp_path)
    said = [turn.text for turn in scene.azure.requests[-1].dialogue]
    assert said == ["one", "First.", "two", "Second.", NEXT_MESSAGE]
    assert "put what comes next" in words(view)


async def test_what_was_deleted_since_is_not_in_a_sample_and_what_was_edited_is_as_it_reads_now(
    small_scene: Scene,
) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers += ["Better not tell me.", "Nor this."]
    async with scene.confab():
        root = scene.ask("@Confab my password is swordfish")
        await answered(scene, root)
        second = scene.ask("and my other one is tuna", under=root)
        answer = await answered(scene, root, 2)
        slack.edit(root, "@Confab never mind")
        slack.delete(second)
        await scene.settled()
        view = await choose(scene, Choice.CODE, answer)
    assert "swordfish" not in code(view)
    assert "tuna" not in code(view)
    assert code(view).count('"[deleted]"') == 1
    assert '"never mind"' in code(view)
    assert view_code.EDITED in code(view)
    assert view_code.EXACT not in code(view)
    assert "no longer the exact request" in code(view)


async def test_the_raw_syntax_says_that_a_message_was_edited_since(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers.append("Better not tell me.")
    async with scene.confab():
        root = scene.ask("@Confab my password is swordfish")
        answer = await answered(scene, root)
        slack.edit(root, "@Confab never mind")
        await scene.settled()
        view = await choose(scene, Choice.RAW, answer)
    assert texts.RAW_EDITED in words(view)
    assert "never mind" in code(view)
    assert "swordfish" not in code(view)


async def test_before_any_conversation_the_command_shows_what_the_channel_would_send(
    small_scene: Scene, tmp_path: Path
) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await published(scene, confab, "qwen3-8b")
        slack.command(slack.ada, slack.general, "/confab code")
        view = await filled(scene)
        copied = sample(view, Language.PYTHON)
        await execute(copied, environ(scene, tmp_path), scene.azure.key, tmp_path)
        scene.ask("@Confab What can you help me with?")
        await scene.until(lambda: len(scene.azure.requests) == 2)
    first, second = sent(scene, 0), sent(scene, 1)
    assert first == {name: value for name, value in second.items() if name != "user"}


async def test_a_deployment_with_a_server_of_its_own_is_reached_by_its_own_variables(
    small_scene: Scene, tmp_path: Path
) -> None:
    scene = small_scene
    scene.environ |= {
        "AZURE_OPENAI_ENDPOINT": "http://127.0.0.1:9",
        "AZURE_OPENAI_API_KEY": "the common key",
        "AZURE_OPENAI_DEPLOYMENTS": "qwen3-8b:chatml:32768:qwen3.5",
        "AZURE_OPENAI_ENDPOINT_QWEN3_8B": f"{scene.azure.endpoint}/openai/v1/",
        "AZURE_OPENAI_API_KEY_QWEN3_8B": scene.azure.key,
    }
    async with scene.confab():
        view = await choose(scene, Choice.CODE, await answered(scene, scene.ask("@Confab hello")))
        for language in (Language.PYTHON, Language.CURL):
            if language is not Language.PYTHON:
                view = await turned(scene, view, language)
            await execute(sample(view, language), environ(scene, tmp_path), scene.azure.key, tmp_path)
            assert sent(scene, -1) == sent(scene, 0)
            assert scene.azure.key not in code(view)
