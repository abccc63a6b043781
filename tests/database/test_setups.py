import asyncio
from dataclasses import replace

from sqlalchemy import update

from bot.chat.setup import ChannelSettings, Persona, Setup
from bot.database.setup_json import persona_of, settings_of
from bot.database.setup_tables import channel_setup
from tests.database.rooms import CHANNEL, SETUP, TEAM, Room


async def test_a_channel_without_a_setup_has_the_default(room: Room) -> None:
    assert await room.setups.current(TEAM, CHANNEL) == Setup()


async def test_the_newest_published_setup_is_the_current_one(room: Room) -> None:
    assert await room.setups.publish(TEAM, CHANNEL, Setup(), "U1") == 1
    assert await room.setups.publish(TEAM, CHANNEL, SETUP, "U2") == 2
    assert await room.setups.current(TEAM, CHANNEL) == replace(SETUP, version=2)


async def test_a_channels_setup_is_its_own(room: Room) -> None:
    await room.setups.publish(TEAM, CHANNEL, SETUP, "U1")
    assert await room.setups.current(TEAM, "C2") == Setup()
    assert await room.setups.current("T2", CHANNEL) == Setup()


async def test_of_those_who_publish_at_once_each_gets_a_version(room: Room) -> None:
    versions = await asyncio.gather(
        *(room.setups.publish(TEAM, CHANNEL, SETUP, f"U{number}") for number in range(8))
    )
    assert sorted(versions) == list(range(1, 9))


async def test_what_another_version_of_confab_wrote_can_be_read(room: Room) -> None:
    await room.setups.publish(TEAM, CHANNEL, SETUP, "U1")
    newer = update(channel_setup).values(
        persona={
            "name": "Later",
            "icon": ":)",
            "examples": [{"user": "Hi", "assistant": "Yo", "rank": 1}],
        },
        settings={"past_messages": 4, "mood": "good"},
    )
    await room.database.write(lambda connection: connection.execute(newer).close())
    setup = await room.setups.current(TEAM, CHANNEL)
    assert (setup.persona.name, setup.persona.system_message) == ("Later", Persona().system_message)
    assert [example.assistant for example in setup.persona.examples] == ["Yo"]
    assert setup.settings == ChannelSettings(past_messages=4)


def test_an_empty_json_is_the_default() -> None:
    assert (persona_of({}), settings_of({})) == (Persona(), ChannelSettings())


async def test_any_text_can_be_published(room: Room) -> None:
    odd = Setup(Persona(name="\ud83d\ude00", system_message="a\0b\ud800c"), ChannelSettings(stop=("\0",)))
    await room.setups.publish(TEAM, CHANNEL, odd, "U1")
    setup = await room.setups.current(TEAM, CHANNEL)
    assert (setup.persona.name, setup.persona.system_message) == ("\U0001f600", "a\ufffdb\ufffdc")
    assert setup.settings.stop == ("\ufffd",)
