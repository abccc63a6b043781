"""Coming into a channel, and what the channel is told unasked."""

from bot.chat.setup import ChannelSettings, Persona, Setup
from bot.playground.workspace import Channel, Message, Shown
from bot.slack.greeting.deeds import POST
from bot.slack.settings_modal.modal import OPEN
from tests.scenarios.scene import Scene


def seen(scene: Scene, channel: Channel, person: str) -> list[Shown]:
    """What that person sees there of Confab's own."""
    shown = scene.slack.see(channel, viewer=person)
    return [each for each in shown if each.author == scene.slack.confab.id and "has joined" not in each.text]


def whispers(scene: Scene, channel: Channel, person: str) -> list[Shown]:
    return [each for each in seen(scene, channel, person) if each.ephemeral]


def message(scene: Scene, shown: Shown, channel: Channel) -> Message:
    found = scene.slack.record.history.get(channel.id, shown.ts)
    assert found
    return found


def contents(scene: Scene) -> str:
    view = scene.slack.modal("ada")
    return str(view.content) if view else ""


async def invited(scene: Scene) -> Shown:
    place = scene.slack.random
    scene.slack.invite("ada", place)
    await scene.until(lambda: bool(whispers(scene, place, "ada")))
    return whispers(scene, place, "ada")[0]


async def test_who_brings_confab_in_is_greeted_alone_and_once(scene: Scene) -> None:
    async with scene.confab():
        place = scene.slack.random
        greeting = await invited(scene)
        assert "bringing me in" in greeting.text
        (coming,) = [each for each in scene.slack.parcels if "member_joined_channel" in str(each.payload)]
        scene.slack.delivery.redeliver(coming)
        await scene.settled()
        await scene.answered(scene.ask("@Confab hello"))  # a second greeting would stand there by now
        assert len(whispers(scene, place, "ada")) == 1
        assert not seen(scene, place, "grace")


async def test_post_it_here_greets_the_channel_once_in_the_personas_own_words(scene: Scene) -> None:
    async with scene.confab() as confab:
        slack, place = scene.slack, scene.slack.random
        setup = Setup(Persona(name="Guide", greeting="Shall we go <for> a walk?"))
        await confab.setups.publish(slack.team.id, place.id, setup, slack.ada.id)
        pressed = message(scene, await invited(scene), place)
        slack.press("ada", pressed, POST)
        await scene.until(lambda: bool(seen(scene, place, "grace")))
        assert [each.text for each in seen(scene, place, "grace")] == ["Shall we go <for> a walk?"]
        slack.press("ada", pressed, POST)
        await scene.until(lambda: len(whispers(scene, place, "ada")) == 2)
        assert len(seen(scene, place, "grace")) == 1


async def test_set_up_opens_the_channels_settings(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        place = scene.slack.random
        scene.slack.press("ada", message(scene, await invited(scene), place), OPEN)
        await scene.until(lambda: "Assistant setup" in contents(scene))


async def test_a_switch_of_persona_is_announced_at_most_every_ten_minutes(scene: Scene) -> None:
    async with scene.confab() as confab:
        place = scene.slack.general.id
        before, guide, agent = Setup(), Setup(Persona(name="Guide")), Setup(Persona(name="Agent"))
        greeting = confab.trade.greeting
        assert await greeting.announce(place, before, guide) == guide.persona
        assert await greeting.announce(place, guide, agent) is None
        other = scene.slack.xbox_support.id
        assert await greeting.announce(other, before, guide) == guide.persona


async def test_only_a_switch_is_announced_and_only_where_that_is_wanted(small_scene: Scene) -> None:
    async with small_scene.confab() as confab:
        place, greeting = small_scene.slack.general.id, confab.trade.greeting
        warmer = Setup(settings=ChannelSettings(temperature=1.0))
        quiet = Setup(Persona(name="Guide"), ChannelSettings(announces=False))
        assert await greeting.announce(place, Setup(), warmer) is None
        assert await greeting.announce(place, Setup(), quiet) is None
        assert await greeting.announce("D1", Setup(), Setup(Persona(name="Guide"))) is None
