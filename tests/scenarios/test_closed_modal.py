"""A part of the settings that is closed without being submitted loses nothing of what was typed in it."""

from bot.app import Confab
from bot.chat.versions import Draft, DraftKey
from bot.slack.settings_modal.telling import TYPED
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def typed(panel: Panel, name: str, text: str) -> None:
    """Type into a field that tells the app, until the app has heard of it."""
    parcel = panel.scene.slack.press(panel.person, panel.top, TYPED, text, block_id=panel.block(name))
    await panel.scene.until(parcel.settled.is_set)


async def draft(confab: Confab, scene: Scene) -> Draft | None:
    key = DraftKey(scene.slack.team.id, scene.slack.general.id, scene.slack.ada.id)
    return await confab.trade.noting.drafts.of(key)


async def noted(panel: Panel, text: str) -> None:
    """The root once it shows what was noted in the part that was closed."""
    panel.back()
    await panel.sees(text)


async def test_a_persona_a_setting_and_an_example_survive_the_x(small_scene: Scene) -> None:
    ada = Panel(small_scene, small_scene.slack.ada)
    async with small_scene.confab() as confab:
        await ada.opens()
        await ada.part("setup")
        await typed(ada, "name", "Xbox")
        await typed(ada, "system.0", "You support the Xbox.")
        await noted(ada, "Name: Confab \u2192 Xbox")
        await ada.part("settings")
        await typed(ada, "temperature", "0.2")
        await noted(ada, "Temperature: 0.7 \u2192 0.2")
        ada.leave()
        await ada.opens()
        await ada.part("setup")
        assert ada.value("system.0") == "You support the Xbox."
        ada.leave()
        await ada.opens()
        await ada.submit()
        setup = await confab.setups.current(small_scene.slack.team.id, small_scene.slack.general.id)
        assert await draft(confab, small_scene) is None
    assert (setup.persona.name, setup.settings.temperature) == ("Xbox", 0.2)


async def test_what_was_typed_and_then_submitted_is_kept_once(small_scene: Scene) -> None:
    ada = Panel(small_scene, small_scene.slack.ada)
    async with small_scene.confab() as confab:
        await ada.opens()
        await ada.part("settings")
        await typed(ada, "temperature", "0.2")
        await ada.submit(max_response="300")
        assert not ada.top.errors
        kept = await draft(confab, small_scene)
    assert kept is not None
    assert (kept.setup.settings.temperature, kept.setup.settings.max_response) == (0.2, 300)


async def test_an_example_that_is_edited_survives_the_x(small_scene: Scene) -> None:
    ada = Panel(small_scene, small_scene.slack.ada)
    async with small_scene.confab() as confab:
        key = DraftKey(small_scene.slack.team.id, small_scene.slack.general.id, small_scene.slack.ada.id)
        await confab.trade.configuring.add_example(key, None, "fish?", "Tuna.")
        await ada.opens()
        await ada.part("examples")
        await ada.push("settings.on_example", "edit.0")
        await typed(ada, "assistant.0", "Salmon.")
        await noted(ada, "Salmon.")
        kept = await draft(confab, small_scene)
    assert kept is not None
    assert [each.assistant for each in kept.setup.persona.examples] == ["Salmon."]
