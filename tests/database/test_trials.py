"""Which threads try a draft; how homes are arranged."""

from bot.chat.panels import Panel, Panels
from bot.chat.versions import DraftKey
from bot.database.homes import StoredHomes
from bot.database.trials import StoredTrials
from tests.database.rooms import TEAM, Room, thread


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
