"""Somebody published meanwhile: one's own changes go on top of theirs, in the modal."""

from bot.slack.settings_modal.meanwhile import ON_TOP
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def changed(panel: Panel, **values: str) -> None:
    await panel.opens()
    await panel.part("settings")
    await panel.submit(**values)


async def test_my_changes_go_on_top_and_what_both_changed_is_named(small_scene: Scene) -> None:
    slack = small_scene.slack
    ada, grace = Panel(small_scene, slack.ada), Panel(small_scene, slack.grace)
    async with small_scene.confab() as confab:
        await changed(ada, temperature="0.1", past_messages="4")
        await changed(grace, temperature="0.9", max_response="300")
        await grace.submit()
        await ada.submit()
        assert "Version 1 was published meanwhile" in ada.text
        await ada.press(ON_TOP)
        assert "on top of version 1" in ada.text
        assert "Both of you changed Temperature: there it has yours" in ada.text
        await ada.submit()
        setup = await confab.setups.current(slack.team.id, slack.general.id)
    settings = setup.settings
    assert setup.version == 2
    assert (settings.temperature, settings.past_messages, settings.max_response) == (0.1, 4, 300)
