"""Who may look at a channel's setup and who may change it, by every route."""

from bot.chat.setup import Access, Configurers, Persona, Setup
from bot.slack.settings_modal import texts
from tests.scenarios.panel import Panel, current, published


async def test_who_may_not_sees_what_they_may_and_publishes_by_no_route(ada: Panel, grace: Panel) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab() as confab:
        await grace.opens()
        await grace.part("setup")
        await grace.submit(name="Grace's own")
        secret = Setup(
            Persona("Agent", "The secret words."), access=Access(Configurers.LISTED, open_to_read=False)
        )
        await published(confab, slack.general, secret)
        await grace.submit()
        assert texts.LOST_RIGHT in grace.text
        for replayed in [each for each in slack.parcels if each.kind == "interactive"]:
            parcel = slack.send("interactive", replayed.payload)
            await ada.scene.until(parcel.settled.is_set)
        grace.leave()
        await grace.opens()
        assert "secret words" not in grace.text
        assert texts.HIDDEN in grace.text
        assert "submit" not in grace.top.content
        await grace.part("settings")
        assert "submit" not in grace.top.content
        grace.leave()
        await grace.opens("/confab persona Xbox")
        assert "secret words" not in grace.text
        grace.leave()
        await grace.opens("/confab reset")
        assert "submit" not in grace.top.content
        assert (await current(confab, slack.general)).version == 1


async def test_a_guest_looks_and_changes_nothing(ada: Panel) -> None:
    slack = ada.scene.slack
    guest = Panel(ada.scene, slack.add_person("Guest", is_guest=True))
    slack.join(guest.person, slack.general)
    async with ada.scene.confab():
        await guest.opens()
        assert "guests" in guest.text
        assert "submit" not in guest.top.content


async def test_access_is_given_to_listed_people(ada: Panel, grace: Panel) -> None:
    async with ada.scene.confab() as confab:
        await ada.opens()
        await ada.part("access")
        await ada.submit(configurers="listed", people=[grace.person.id], reading="closed")
        await ada.submit()
        access = (await current(confab, ada.scene.slack.general)).access
        assert access == Access(Configurers.LISTED, (grace.person.id,), open_to_read=False)
        await grace.opens()
        await grace.part("settings")
        assert "submit" in grace.top.content
