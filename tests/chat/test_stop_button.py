"""Who may press Stop under an answer that is being written, in a trial as everywhere."""

from typing import Any, cast

from bot.chat.ports.stops import UnderWay
from bot.chat.rights import NoRight, Standing
from bot.chat.setup import Setup
from bot.chat.stopping import LOOKS, Stopping, Stops
from bot.chat.threads import ThreadKey

TRIAL = ThreadKey("T1", "D1", "1.0")


class Outside:
    """A trial in Ada's direct message: nobody else is a member of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.stopped: list[tuple[ThreadKey, str]] = []
        self.known = True
        self.naps: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.known = len(self.naps) >= 2

    async def under_way(self, team_id: str, channel_id: str, ts: str) -> UnderWay | None:
        if not self.known:
            return None
        return UnderWay(7, TRIAL, frozenset({"UADA", "UGONE"}))

    async def request(self, running: UnderWay, person_id: str) -> int | None:
        self.stopped.append((running.thread, person_id))
        return None

    async def standing(self, team_id: str, channel_id: str, person_id: str) -> Standing:
        self.asked.append((channel_id, person_id))
        return Standing(person_id, True, person_id == "UROOT", person_id == "UADA", person_id == "UADA")

    async def current(self, team_id: str, channel_id: str) -> Setup:
        return Setup()


async def test_in_a_trial_the_one_whose_direct_message_it_is_stops_it_and_nobody_else() -> None:
    outside = Outside()
    port = cast("Any", outside)
    stopping = Stopping("T1", port, Stops(port), port, port)
    for person in ("UGONE", "UROOT", "UGRACE"):
        assert await stopping.by_button("D1", "2.0", person) is NoRight.NOT_MEMBER
    assert outside.stopped == []
    assert await stopping.by_button("D1", "2.0", "UADA") is None
    assert outside.stopped == [(TRIAL, "UADA")]
    assert {channel for channel, _ in outside.asked} == {"D1"}


async def test_a_press_that_is_sooner_than_the_database_is_heard_all_the_same() -> None:
    outside = Outside()
    outside.known = False
    port = cast("Any", outside)
    stopping = Stopping("T1", port, Stops(port), port, port, outside.sleep)
    assert await stopping.by_button("D1", "2.0", "UADA") is None
    assert outside.stopped == [(TRIAL, "UADA")]
    assert outside.naps == list(LOOKS[:2])
