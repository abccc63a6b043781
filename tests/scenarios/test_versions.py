"""Versions by the front door: what was published is seen, restored, and overwritten only knowingly."""

from bot.app import Confab
from bot.chat.setup import ChannelSettings, Setup
from bot.chat.versions import DraftKey
from bot.slack.comparing.view import LEFT, RIGHT
from bot.slack.settings_modal import texts
from tests.scenarios.panel import Panel, current


async def test_the_history_says_who_and_what_and_restores(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        slack = ada.scene.slack
        for number in range(1, 8):
            setup = Setup(settings=ChannelSettings(max_response=100 * number))
            await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.grace.id)
        await ada.opens("/confab history")
        assert f"<@{slack.grace.id}>" in ada.text
        assert "600 \u2192 700" in ada.text
        await ada.press("settings.turn_history.on")
        await ada.press("settings.restore", block="version.2")
        assert texts.published_said(8) in ada.text
        assert (await current(confab, slack.general)).settings.max_response == 200
        await ada.press("settings.home")
        assert "This is version 8." in ada.text


async def test_publishing_over_somebody_elses_newer_version_is_noticed(ada: Panel, grace: Panel) -> None:
    async with ada.scene.confab() as confab:
        for panel, temperature in ((ada, "0.1"), (grace, "0.9")):
            await panel.opens()
            await panel.part("settings")
            await panel.submit(temperature=temperature)
        await grace.submit()
        await ada.submit()
        assert "Version 1 was published meanwhile" in ada.text
        assert texts.not_published_over(1) in ada.text
        assert ada.text.count("meanwhile") == 1
        assert f"<@{grace.person.id}>" in ada.text
        assert (await current(confab, ada.scene.slack.general)).settings.temperature == 0.9
        await ada.press("settings.keep_mine")
        setup = await current(confab, ada.scene.slack.general)
        assert (setup.version, setup.settings.temperature) == (2, 0.1)


async def test_an_old_view_cannot_undo_a_newer_draft_unseen(ada: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("settings")
        key = confab.workspace.us.team_id, ada.scene.slack.general.id, ada.person.id
        await elsewhere(confab, *key)
        await ada.submit(temperature="0.3")
        assert texts.STALE in ada.text
        assert ada.value("temperature") == "0.3"
        await ada.submit()
        assert "Temperature: 0.7 \u2192 0.3" in ada.text
        assert "Name: Confab \u2192 On the phone" in ada.text


async def elsewhere(confab: Confab, team_id: str, channel_id: str, person_id: str) -> None:
    """The same person, on another device."""
    await confab.trade.configuring.set_persona(
        DraftKey(team_id, channel_id, person_id),
        None,
        name="On the phone",
        icon="",
        system_message="",
        greeting="",
    )


async def test_an_earlier_version_is_compared_with_what_is_published(ada: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab() as confab:
        for number in (1, 2):
            setup = Setup(settings=ChannelSettings(max_response=100 * number))
            await confab.setups.publish(slack.team.id, slack.general.id, setup, ada.person.id)
        await ada.opens()
        await ada.part("settings")
        await ada.submit(temperature="0.1")  # a draft, which would be chosen otherwise
        ada.leave()
        await ada.opens("/confab history")
        await ada.push("settings.compare_with")
        await ada.sees(RIGHT)
        assert (ada.value(LEFT), ada.value(RIGHT)) == ("current", "version:1")
