"""A persona that only those may read who may change it: said to be hidden, by every way to its view."""

from bot.app import Confab
from bot.chat.setup import Access, Configurers, Persona, Setup
from bot.slack.settings_modal import texts
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def closed(confab: Confab, scene: Scene) -> None:
    setup = Setup(
        Persona("Agent", "The secret words."), access=Access(Configurers.LISTED, open_to_read=False)
    )
    slack = scene.slack
    await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)


async def test_a_part_opened_from_an_older_root_is_said_to_be_hidden(small_scene: Scene) -> None:
    grace = Panel(small_scene, small_scene.slack.grace)
    async with small_scene.confab() as confab:
        await grace.opens()
        await closed(confab, small_scene)
        for part in ("setup", "examples"):
            await grace.part(part)
            assert texts.HIDDEN in grace.text
            grace.back()


async def test_the_command_for_a_persona_says_that_it_is_hidden(small_scene: Scene) -> None:
    grace = Panel(small_scene, small_scene.slack.grace)
    async with small_scene.confab() as confab:
        await closed(confab, small_scene)
        await grace.opens("/confab persona Xbox")
        assert texts.HIDDEN in grace.text
