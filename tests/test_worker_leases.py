"""A worker whose lease or whose queue is out of reach for a while."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.chat.turns import MAX_ATTEMPTS, Lease, Move, Turn
from bot.database.access import Database
from bot.database.turns import StoredTurns
from bot.errors import DatabaseDown, SlackUnwilling
from bot.worker import Worker
from tests.database.rooms import LEASE_SECONDS, US, Clock, Room, question
from tests.shift import QUICK, Desk, within_reason, working


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[Room]:
    database = Database(sqlite_url)
    yield Room(database)
    await database.close()


class WatchedTurns(StoredTurns):
    """The real queue, out of reach for its first claims; every renewal is told."""

    away = 0
    deaf = False

    async def claim(self, limit: int) -> tuple[Turn, ...]:
        if self.away:
            self.away -= 1
            raise DatabaseDown("away")
        return await super().claim(limit)

    async def renew(self, lease: Lease) -> None:
        if self.deaf:
            raise DatabaseDown("away")
        await super().renew(lease)
        self.renewed.put_nowait(lease)

    renewed: asyncio.Queue[Lease]


@pytest.fixture
def watched(room: Room) -> WatchedTurns:
    turns = WatchedTurns(room.database, US, room.clock, lease_seconds=LEASE_SECONDS)
    turns.renewed = asyncio.Queue()
    room.turns = turns
    return turns


async def test_renewals_hold_a_turn_for_longer_than_one_lease(room: Room, watched: WatchedTurns) -> None:
    desk = Desk(room)
    desk.gate.clear()
    async with working(room, desk.answer, replace(QUICK, lease=3.0)):
        await room.store(question(1, "one"))
        for _ in range(4):  # a renewal comes every third of a lease
            await asyncio.wait_for(watched.renewed.get(), 60)
        desk.gate.set()
        await within_reason(desk.closed)
    assert desk.seen == [(1, ("one",))]


async def test_a_queue_out_of_reach_is_asked_again_and_logged_once(
    room: Room, watched: WatchedTurns, caplog: pytest.LogCaptureFixture
) -> None:
    watched.away = 3
    desk = Desk(room)
    async with working(room, desk.answer):
        await room.store(question(1, "one"))
        await within_reason(desk.closed)
    assert watched.away == 0
    logged = [each for each in caplog.records if each.getMessage().startswith("the queue is out of reach")]
    assert [each.levelname for each in logged if each.levelno >= logging.INFO] == ["WARNING"]


@pytest.mark.parametrize(
    ("outage", "spent"),
    [
        (DatabaseDown("away"), 1),
        (SlackUnwilling("chat.update", "unreachable"), 1),
        (SlackUnwilling("chat.update", "ratelimited"), 1),
        (SlackUnwilling("chat.update", "is_archived"), 5),
        (RuntimeError(), 5),
    ],
    ids=lambda value: getattr(value, "code", str(value)) or "broke",
)
async def test_a_turn_is_not_blamed_for_what_was_out_of_reach(
    room: Room, outage: Exception, spent: int
) -> None:
    desk = Desk(room)
    room.clock.now += 10

    async def breaks_four_times(turn: Turn) -> str:
        if turn.lease.attempt < 5:
            raise outage
        desk.turns.put_nowait(turn)
        return await desk.answer(turn)

    async with working(room, breaks_four_times):
        await room.store(question(1, "one"))
        await within_reason(desk.closed)
    assert desk.turns.get_nowait().spent == spent


async def test_an_outage_that_outlasts_all_patience_counts(room: Room) -> None:
    desk = Desk(room)

    async def down_once(turn: Turn) -> str:
        if turn.lease.attempt == 1:
            raise DatabaseDown("away")
        return await desk.answer(turn)

    await room.store(question(1, "one"))
    room.clock.pass_(QUICK.forbearance + 1)
    async with working(room, down_once):
        await within_reason(desk.closed)
    assert desk.turns.get_nowait().spent == 2


async def test_the_last_word_on_a_turn_waits_for_a_slack_that_is_away_for_hours(room: Room) -> None:
    desk, away = Desk(room), MAX_ATTEMPTS + 4

    async def away_for_hours(turn: Turn) -> str:
        if turn.lease.attempt <= away:
            raise SlackUnwilling("chat.postMessage", "unreachable")
        return await desk.answer(turn)

    await room.store(question(1, "one"))
    room.clock.pass_(QUICK.forbearance + 1)
    async with working(room, away_for_hours):
        await within_reason(desk.closed)
    assert desk.turns.get_nowait().spent == MAX_ATTEMPTS + 1


async def test_a_lease_that_an_outage_kept_from_being_renewed_is_given_back_unspent(
    room: Room, watched: WatchedTurns
) -> None:
    desk = Desk(room)
    watched.deaf = True

    async def slow_once(turn: Turn) -> str:
        if turn.lease.attempt == 1:
            await asyncio.Event().wait()
        return await desk.answer(turn)

    # Long enough that a slow machine gets to its first renewal: who never asked does not know of the outage.
    async with working(room, slow_once, replace(QUICK, lease=6.0)):
        await room.store(question(1, "one"))
        await within_reason(desk.closed)
    assert desk.turns.get_nowait().spent == 1


async def test_who_thaws_knows_at_once_that_the_lease_may_be_gone(room: Room) -> None:
    awake = Clock(0.0)
    seen: list[bool] = []
    ended = asyncio.Event()

    async def freezes(turn: Turn) -> str:
        seen.append(turn.held())
        awake.pass_(QUICK.lease)
        seen.append(turn.held())
        ended.set()
        await room.turns.finish(turn.lease, Move.ANSWER, "stop")
        return "stop"

    worker = Worker(room.turns, freezes, room.clock, QUICK, room.database.claimable, awake=awake)
    running = asyncio.create_task(worker.run())
    await room.store(question(1, "one"))
    await within_reason(ended)
    await worker.stop()
    await running
    assert seen == [True, False]
