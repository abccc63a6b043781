"""Coming into a channel, and what the channel is told unasked."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.chat.setup import Persona, Setup
from bot.chat.versions import WORKSPACE
from bot.database.access import Database
from bot.database.setups import StoredSetups
from bot.playground.workspace import Channel, Message, Shown
from bot.slack.greeting import texts
from bot.slack.greeting.announcements import Announcements
from bot.slack.greeting.deeds import POST
from bot.slack.greeting.saying import Saying
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


@asynccontextmanager
async def imported(scene: Scene) -> AsyncIterator[StoredSetups]:
    """The database as the command line publishes to it, beside the bot."""
    database = Database(scene.environ["DATABASE_URL"])
    yield StoredSetups(database, time.time)
    await database.close()


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


async def whispered(scene: Scene, text: str) -> None:
    place = scene.slack.random
    await scene.until(lambda: text in [each.text for each in whispers(scene, place, "ada")])


async def test_a_greeting_that_slack_refused_is_posted_when_it_is_wished_for_again(scene: Scene) -> None:
    slack, place = scene.slack, scene.slack.random
    async with scene.confab():
        pressed = message(scene, await invited(scene), place)
        slack.faults.answer_error("chat.postMessage", "restricted_action")
        slack.press("ada", pressed, POST)
        await whispered(scene, texts.NOT_POSTED)
        assert not seen(scene, place, "grace")
        slack.press("ada", pressed, POST)
        await scene.until(lambda: len(seen(scene, place, "grace")) == 1)


async def test_a_greeting_that_slack_perhaps_took_is_not_posted_twice(small_scene: Scene) -> None:
    scene, slack, place = small_scene, small_scene.slack, small_scene.slack.random
    async with scene.confab():
        pressed = message(scene, await invited(scene), place)
        slack.faults.drop_answer("chat.postMessage")
        slack.press("ada", pressed, POST)
        await whispered(scene, texts.PERHAPS_POSTED)
        slack.press("ada", pressed, POST)
        await whispered(scene, texts.POSTED)
        assert len(seen(scene, place, "grace")) == 1


async def test_set_up_opens_the_channels_settings(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        place = scene.slack.random
        scene.slack.press("ada", message(scene, await invited(scene), place), OPEN)
        await scene.until(lambda: "Assistant setup" in contents(scene))


async def test_a_persona_from_the_command_line_is_announced_by_the_bot_that_starts_next(scene: Scene) -> None:
    place, team = scene.slack.general, scene.slack.team.id
    async with imported(scene) as setups:
        await setups.publish(team, place.id, Setup(Persona(name="Guide")), "U0CONFAB")
    async with scene.confab():
        await scene.until(lambda: bool(seen(scene, place, "grace")))
        assert "From now on I answer here as *Guide*" in seen(scene, place, "grace")[0].text
    async with scene.confab():
        await scene.answered(scene.ask("@Confab hello"))
    roots = [each for each in seen(scene, place, "grace") if "From now on" in each.text]
    assert len(roots) == 1


async def test_a_running_bot_looks_for_what_the_command_line_published(small_scene: Scene) -> None:
    scene, place, looks = small_scene, small_scene.slack.general, asyncio.Queue[None]()

    async def next_look(_seconds: float) -> None:
        await looks.get()

    async with scene.confab() as confab, imported(scene) as setups:
        saying = Saying(confab.workspace.calls, ())
        running = asyncio.create_task(
            Announcements(confab.trade.announcing, saying, next_look).keep_telling()
        )
        await setups.publish(scene.slack.team.id, WORKSPACE, Setup(Persona(name="Elsewhere")), "U0CONFAB")
        await setups.publish(scene.slack.team.id, place.id, Setup(Persona(name="Guide")), "U0CONFAB")
        looks.put_nowait(None)
        await scene.until(lambda: bool(seen(scene, place, "grace")))
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert not seen(scene, scene.slack.xbox_support, "grace")


async def test_a_channel_that_confab_has_left_keeps_no_other_from_hearing(small_scene: Scene) -> None:
    scene, team = small_scene, small_scene.slack.team.id
    async with imported(scene) as setups:
        for channel in (scene.slack.random.id, "C0NOWHERE", scene.slack.general.id):
            await setups.publish(team, channel, Setup(Persona(name="Guide")), "U0CONFAB")
    async with scene.confab() as confab:
        await scene.until(lambda: bool(seen(scene, scene.slack.general, "grace")))
        await scene.answered(scene.ask("@Confab hello"))
        assert not seen(scene, scene.slack.random, "grace")
        assert await confab.trade.announcing.due() == ()
