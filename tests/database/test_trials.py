"""What is let happen once, whoever asks; which threads try a draft; how homes are arranged."""

import asyncio

from bot.chat.panels import Panel, Panels
from bot.chat.versions import DraftKey
from bot.database.homes import StoredHomes
from bot.database.trials import StoredTellings, StoredTrials
from tests.database.rooms import CHANNEL, TEAM, Room, opened, thread


async def test_of_many_processes_one_greets_for_each_coming(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        tellings = [StoredTellings(room.database, room.clock) for room in (one, other)] * 4
        for coming in ("1.000001", "2.000002"):
            let = await asyncio.gather(*(each.may_greet(TEAM, CHANNEL, coming) for each in tellings))
            assert sorted(let) == [False] * 7 + [True]
        assert await tellings[0].may_post(TEAM, CHANNEL, "2.000002")
        assert not await tellings[1].may_post(TEAM, CHANNEL, "2.000002")


async def test_announcements_keep_their_distance_channel_by_channel(room: Room) -> None:
    tellings = StoredTellings(room.database, room.clock)
    assert await tellings.may_announce(TEAM, "C1", spacing=600)
    room.clock.pass_(599)
    assert not await tellings.may_announce(TEAM, "C1", spacing=600)
    assert await tellings.may_announce(TEAM, "C2", spacing=600)
    room.clock.pass_(1)
    assert await tellings.may_announce(TEAM, "C1", spacing=600)


async def test_only_the_thread_of_a_trial_runs_its_draft(room: Room) -> None:
    trials = StoredTrials(room.database, room.clock)
    key = DraftKey(TEAM, "C9", "U1")
    await trials.begin(thread(1, channel="D1"), key)
    assert await trials.of(thread(1, channel="D1")) == key
    assert await trials.of(thread(2, channel="D1")) is None
    assert await trials.of(thread(1, channel="D1", team="T2")) is None


async def test_an_arrangement_is_one_persons(room: Room) -> None:
    homes = StoredHomes(room.database, room.clock)
    arranged = Panels().lower(Panel.SETUP).hide(Panel.SETTINGS)
    await homes.arrange(TEAM, "U1", Panels())
    await homes.arrange(TEAM, "U1", arranged)
    assert await homes.panels(TEAM, "U1") == arranged
    assert await homes.panels(TEAM, "U2") == Panels()
    assert await homes.panels("T2", "U1") == Panels()
