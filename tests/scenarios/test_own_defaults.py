"""Defaults from the home: everybody's own, for their direct message, and the workspace's, for its admins."""

from bot.chat.setup import Persona, Setup
from bot.chat.versions import WORKSPACE
from bot.slack.settings_modal.modal import OPEN
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def opened(panel: Panel, value: str) -> str:
    """Open these settings from the home; the words beside the button that did."""
    scene, slack, person = panel.scene, panel.scene.slack, panel.person
    slack.open_home(person)
    await scene.until(lambda: slack.home(person) is not None)
    home = slack.home(person)
    assert home is not None
    [block] = [each for each in home.content["blocks"] if f"'value': '{value}'" in str(each)]
    slack.press(person, home, OPEN, block_id=block["block_id"])
    await scene.until(lambda: slack.modal(person) is not None and "part.setup" in panel.text)
    return str(block)


async def test_somebody_sets_up_who_answers_them_directly_and_nobody_else(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    grace, theirs = Panel(scene, slack.grace), slack.direct(slack.grace)
    async with scene.confab():
        assert "Your defaults" in await opened(grace, theirs.id)
        await grace.part("setup")
        await grace.submit(name="Own", system__0="You are Grace's.")
        await grace.submit()
        await scene.answered(slack.post(grace.person, theirs, "hello"))
        await scene.answered(scene.ask("hello", slack.direct(slack.ada)))
        await scene.answered(scene.ask("@Confab hello"))
    assert [asked.persona == "You are Grace's." for asked in scene.azure.requests] == [True, False, False]


async def test_an_admin_sets_up_all_channels_that_have_no_setup_of_their_own(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    ada = Panel(scene, slack.ada)
    async with scene.confab() as confab:
        own = Setup(Persona(system_message="You are its own."))
        await confab.setups.publish(slack.team.id, slack.xbox_support.id, own, slack.ada.id)
        await opened(ada, WORKSPACE)
        await ada.part("setup")
        await ada.submit(system__0="You are everybody's.")
        await ada.submit()
        await scene.answered(scene.ask("@Confab hello"))
        await scene.answered(scene.ask("@Confab hello", slack.xbox_support))
    assert [asked.persona for asked in scene.azure.requests] == ["You are everybody's.", "You are its own."]


async def test_a_guest_asks_and_sets_nothing_up(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    guest = slack.add_person("Guest", is_guest=True)
    slack.join(guest, slack.general)
    async with scene.confab():
        root = slack.post(guest, slack.general, "@Confab hello")
        await scene.answered(root)
        panel = Panel(scene, guest)
        await panel.opens()
        await panel.part("settings")
        assert "submit" not in panel.top.content
        panel.leave()
        await panel.opens("/confab reset")
        assert "submit" not in panel.top.content
