"""Defaults from the home: everybody's own, for their direct message, and the workspace's, for its admins."""

from dataclasses import replace
from typing import Any

from bot.chat.setup import ChannelSettings, Persona, Setup
from bot.chat.versions import WORKSPACE, DraftKey
from bot.playground.workspace import Channel
from bot.slack.home.view import FOR_ME
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


def home_of(panel: Panel) -> dict[str, Any]:
    """What stands in somebody's home."""
    home = panel.scene.slack.home(panel.person)
    return home.content if home else {}


async def for_me(panel: Panel, channel: Channel) -> str:
    """The block in somebody's home that has "Use it for me" for this channel."""
    panel.scene.slack.open_home(panel.person)

    def found() -> list[str]:
        blocks = home_of(panel).get("blocks", [])
        return [each["block_id"] for each in blocks if FOR_ME in str(each) and channel.id in str(each)]

    await panel.scene.until(lambda: len(found()) == 1)
    return found()[0]


def press(panel: Panel, block_id: str) -> None:
    home = panel.scene.slack.home(panel.person)
    assert home is not None
    panel.scene.slack.press(panel.person, home, FOR_ME, block_id=block_id)


async def test_a_channels_persona_and_settings_become_ones_own_once_they_are_published(
    small_scene: Scene,
) -> None:
    scene, slack = small_scene, small_scene.slack
    ada, direct = Panel(scene, slack.ada), slack.direct(slack.ada)
    async with scene.confab() as confab:
        captain = Setup(
            Persona("Captain", "You are a captain."), ChannelSettings(temperature=0.3, daily_tokens=9_000)
        )
        await confab.setups.publish(slack.team.id, slack.general.id, captain, slack.ada.id)
        press(ada, await for_me(ada, slack.general))
        await scene.until(lambda: slack.modal(ada.person) is not None and "Your draft has what" in ada.text)
        assert (await confab.setups.current(slack.team.id, direct.id)).version == 0
        await ada.submit()
        mine = await confab.setups.current(slack.team.id, direct.id)
        assert (mine.persona, mine.settings.temperature, mine.settings.daily_tokens) == (
            captain.persona,
            0.3,
            None,
        )
        await scene.answered(scene.ask("hello", direct))
        slack.open_home(ada.person)
        await scene.until(lambda: "your version 1" in str(home_of(ada)))
    assert scene.azure.requests[-1].persona == "You are a captain."


async def test_a_channel_that_may_not_be_read_any_more_is_not_taken_over(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    grace = Panel(scene, slack.grace)
    async with scene.confab() as confab:
        block_id = await for_me(grace, slack.general)
        slack.leave(grace.person, slack.general)
        press(grace, block_id)
        await scene.until(lambda: slack.modal(grace.person) is not None and "Only members" in grace.text)
        key = DraftKey(slack.team.id, slack.direct(slack.grace).id, slack.grace.id)
        assert not await confab.trade.configuring.discard(key)


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


async def test_who_is_named_among_confabs_admins_is_one_without_being_the_workspaces(
    small_scene: Scene,
) -> None:
    scene, slack = small_scene, small_scene.slack
    slack.team.keep_person(replace(slack.team.person("grace"), is_admin=False))
    grace = Panel(scene, slack.grace)
    async with scene.confab(CONFAB_ADMINS=slack.grace.id):
        await opened(grace, WORKSPACE)
        await grace.part("setup")
        await grace.submit(system__0="You are everybody's.")
        await grace.submit()
        await scene.answered(scene.ask("@Confab hello"))
    assert scene.azure.requests[-1].persona == "You are everybody's."


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
