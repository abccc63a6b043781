"""Whose code is shown: the version's that made an answer, the channel's own, or somebody's draft."""

import json
from dataclasses import replace

from bot.app import Confab
from bot.chat.code_samples.call import Language
from bot.chat.setup import Access, ChannelSettings, Configurers, Persona, Setup
from bot.chat.versions import DraftKey
from bot.slack.answer_row.row import Choice
from tests.scenarios.answer_row import answered, choose, code, filled, turned
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def published(confab: Confab, scene: Scene, says: str, temperature: float) -> None:
    setup = Setup(Persona("Agent", says), ChannelSettings(temperature=temperature))
    slack = scene.slack
    await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)


async def test_an_answer_keeps_the_code_of_the_version_that_made_it(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await published(confab, scene, "You are the first.", 0.1)
        answer = await answered(scene, scene.ask("@Confab hello"))
        await published(confab, scene, "You are the second.", 0.9)
        view = await turned(scene, await choose(scene, Choice.CODE, answer), Language.JSON)
        body = json.loads(code(view))
        assert (body["messages"][0]["content"], body["temperature"]) == ("You are the first.", 0.1)
        scene.slack.close("ada", view)
        raw = code(await choose(scene, Choice.RAW, answer))
    assert "You are the first." in raw
    assert "You are the second." not in raw


async def test_the_settings_show_the_drafts_code_and_the_command_the_channels(small_scene: Scene) -> None:
    scene, ada = small_scene, Panel(small_scene, small_scene.slack.ada)
    async with scene.confab() as confab:
        await published(confab, scene, "You are published.", 0.1)
        key = DraftKey(scene.slack.team.id, scene.slack.general.id, ada.person.id)
        await confab.trade.configuring.set_persona(
            key, None, name="Agent", icon="", system_message="You are drafted.", greeting=""
        )
        await ada.opens()
        await ada.push("settings.code")
        await ada.sees("You are drafted.")
        ada.leave()
        scene.slack.command(ada.person, scene.slack.general, "/confab code")
        shown = code(await filled(scene))
    assert "You are published." in shown
    assert "You are drafted." not in shown


async def test_before_any_conversation_a_hidden_persona_stays_hidden_in_the_code(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await published(confab, scene, "The secret is tuna.", 0.1)
        from_now = await confab.setups.current(scene.slack.team.id, scene.slack.general.id)
        assert from_now.version == 1
        await closed(confab, scene, from_now)
        scene.slack.command(scene.slack.grace, scene.slack.general, "/confab code")
        shown = await filled(scene, "grace")
    assert "tuna" not in str(shown.content)
    assert "[hidden]" in code(shown)


async def closed(confab: Confab, scene: Scene, setup: Setup) -> None:
    """Let only those read it who may change it."""
    access = Access(Configurers.LISTED, open_to_read=False)
    slack = scene.slack
    await confab.setups.publish(slack.team.id, slack.general.id, replace(setup, access=access), slack.ada.id)
