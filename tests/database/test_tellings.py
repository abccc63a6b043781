"""What a channel hears unasked: each thing once, whichever process is at it, and nothing is forgotten."""

import asyncio
from dataclasses import replace

from bot.chat.announcing import Announcing
from bot.chat.setup import ChannelSettings, Persona, Setup
from bot.chat.versions import WORKSPACE
from bot.database.tellings import StoredTellings
from tests.database.rooms import CHANNEL, TEAM, Room, opened, question

TEN_MINUTES = 600.0
GUIDE, AGENT, CAPTAIN = (Setup(Persona(name=name)) for name in ("Guide", "Agent", "Captain"))


def announcing(room: Room) -> Announcing:
    return Announcing(TEAM, room.setups, StoredTellings(room.database, room.clock))


async def publish(room: Room, setup: Setup, channel: str = CHANNEL) -> None:
    await room.setups.publish(TEAM, channel, setup, "U1")


async def heard(room: Room) -> dict[str, str]:
    """Who is announced now, by channel."""
    verbs = announcing(room)
    told = {switch.channel_id: await verbs.announce(switch) for switch in await verbs.due()}
    return {channel: setup.persona.name for channel, setup in told.items() if setup}


async def test_of_many_processes_one_greets_for_each_coming(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        tellings = [StoredTellings(room.database, room.clock) for room in (one, other)] * 4
        for coming in ("1.000001", "2.000002"):
            let = await asyncio.gather(*(each.may_greet(TEAM, CHANNEL, coming) for each in tellings))
            assert sorted(let) == [False] * 7 + [True]
        assert await tellings[0].may_post(TEAM, CHANNEL, "2.000002")
        assert not await tellings[1].may_post(TEAM, CHANNEL, "2.000002")
        await tellings[1].not_posted(TEAM, CHANNEL, "1.000001")
        assert not await tellings[1].may_post(TEAM, CHANNEL, "2.000002")
        await tellings[0].not_posted(TEAM, CHANNEL, "2.000002")
        assert await tellings[1].may_post(TEAM, CHANNEL, "2.000002")


async def test_a_switch_is_announced_whoever_publishes_it_and_once(room: Room) -> None:
    await publish(room, GUIDE)
    assert await heard(room) == {CHANNEL: "Guide"}
    assert await heard(room) == {}


async def test_what_prepares_a_channel_in_which_nobody_has_talked_is_announced_to_nobody(room: Room) -> None:
    await room.setups.publish(TEAM, CHANNEL, GUIDE, "U1", prepares=True)
    assert await heard(room) == {}
    await room.setups.publish(TEAM, CHANNEL, AGENT, "U1", prepares=True)
    assert await heard(room) == {CHANNEL: "Agent"}


async def test_what_prepares_a_channel_with_a_past_is_announced_there(room: Room) -> None:
    await room.store(question(1))
    await room.setups.publish(TEAM, CHANNEL, GUIDE, "U1", prepares=True)
    assert await heard(room) == {CHANNEL: "Guide"}


async def test_of_many_processes_one_announces_a_switch(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        await publish(one, GUIDE)
        (switch,) = await announcing(one).due()
        told = await asyncio.gather(*(announcing(room).announce(switch) for room in (one, other) * 4))
        assert [setup.persona.name for setup in told if setup] == ["Guide"]


async def test_what_is_switched_within_ten_minutes_is_announced_after_them_as_it_is_then(
    database_url: str,
) -> None:
    async with opened(database_url) as room:
        await publish(room, GUIDE)
        assert await heard(room) == {CHANNEL: "Guide"}
        room.clock.pass_(1)
        await publish(room, AGENT)
        await publish(room, CAPTAIN)
        room.clock.pass_(TEN_MINUTES - 2)
        assert await heard(room) == {}
        clock = room.clock
    async with opened(database_url) as restarted:
        restarted.clock.now = clock.now + 1
        assert await heard(restarted) == {CHANNEL: "Captain"}
        restarted.clock.pass_(TEN_MINUTES)
        assert await heard(restarted) == {}


async def test_a_channel_that_is_back_to_whom_it_knows_hears_nothing(room: Room) -> None:
    await publish(room, GUIDE)
    await heard(room)
    await publish(room, AGENT)
    await publish(room, GUIDE)
    room.clock.pass_(TEN_MINUTES)
    assert await heard(room) == {}
    await publish(room, AGENT)
    assert await heard(room) == {CHANNEL: "Agent"}


async def test_a_channel_that_turned_announcements_off_meanwhile_hears_nothing(room: Room) -> None:
    await publish(room, GUIDE)
    await heard(room)
    await publish(room, AGENT)
    await publish(room, replace(AGENT, settings=ChannelSettings(announces=False)))
    room.clock.pass_(TEN_MINUTES)
    assert await heard(room) == {}
    await publish(room, AGENT)
    assert await heard(room) == {}


async def test_only_a_switch_of_persona_is_announced(room: Room) -> None:
    await publish(room, Setup(settings=ChannelSettings(temperature=1.5)))
    assert await heard(room) == {}


async def test_a_direct_message_hears_of_nothing(room: Room) -> None:
    await publish(room, GUIDE, "D1")
    assert await announcing(room).due() == ()


async def test_a_new_default_is_announced_where_confab_has_a_past_and_no_setup_of_the_channels_own(
    room: Room,
) -> None:
    await room.store(question(1))  # in CHANNEL
    await StoredTellings(room.database, room.clock).may_greet(TEAM, "C2", "1.000001")
    await publish(room, AGENT, "C3")
    await heard(room)
    room.clock.pass_(TEN_MINUTES)
    await publish(room, GUIDE, WORKSPACE)
    assert await heard(room) == {CHANNEL: "Guide", "C2": "Guide"}
    room.clock.pass_(TEN_MINUTES)
    await publish(room, CAPTAIN, WORKSPACE)
    assert await heard(room) == {CHANNEL: "Captain", "C2": "Captain"}


async def test_a_channels_first_setup_is_no_switch_where_it_repeats_the_default(room: Room) -> None:
    await publish(room, GUIDE, WORKSPACE)
    await publish(room, GUIDE)
    assert await heard(room) == {}


async def test_who_is_greeted_has_heard_who_answers(room: Room) -> None:
    await publish(room, GUIDE)
    await StoredTellings(room.database, room.clock).may_greet(TEAM, CHANNEL, "1.000001")
    assert await heard(room) == {}


async def test_what_slack_never_took_is_announced_at_the_next_look(room: Room) -> None:
    await publish(room, GUIDE)
    verbs = announcing(room)
    (switch,) = await verbs.due()
    assert await verbs.announce(switch)
    await verbs.not_told(switch)
    assert await heard(room) == {CHANNEL: "Guide"}


async def test_a_version_published_while_another_is_looked_at_is_not_passed_over(room: Room) -> None:
    await publish(room, Setup(settings=ChannelSettings(temperature=1.5)))
    (switch,) = await announcing(room).due()
    await publish(room, GUIDE)
    assert await announcing(room).announce(switch) is None
    assert await heard(room) == {CHANNEL: "Guide"}
