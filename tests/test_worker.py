import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.chat.ports.watch import TurnEnded, Unwatched
from bot.chat.turns import Lease, Move, Turn
from bot.database.access import Database
from bot.database.turns import StoredTurns
from bot.errors import DatabaseDown, SlackUnwilling
from bot.worker import Pace, Worker
from tests.database.rooms import LEASE_SECONDS, US, Clock, Room, question, thread

QUICK = Pace(poll=0.01, lease=0.3, retry=0.0, drain=0.05)


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[Room]:
    database = Database(sqlite_url)
    yield Room(database)
    await database.close()


@asynccontextmanager
async def working(
    room: Room, answer: Callable[[Turn], Awaitable[str]], pace: Pace = QUICK
) -> AsyncIterator[Worker]:
    worker = Worker(room.turns, answer, room.clock, pace)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        await running


class Desk:
    """Answers turns as told, and says what it saw."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.seen: list[tuple[int, tuple[str, ...]]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.began = asyncio.Event()
        self.closed = asyncio.Event()
        self.turns: asyncio.Queue[Turn] = asyncio.Queue()

    async def answer(self, turn: Turn) -> str:
        self.seen.append((turn.lease.attempt, tuple(q.text for q in turn.questions)))
        self.began.set()
        self.turns.put_nowait(turn)
        await self.gate.wait()
        await self.room.turns.finish(turn.lease, Move.ANSWER, "stop")
        self.closed.set()
        return "stop"


async def within_reason(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 60)


async def test_what_waits_is_answered_at_a_wake_up_without_waiting_for_the_poll(room: Room) -> None:
    desk = Desk(room)
    async with working(room, desk.answer, replace(QUICK, poll=60)) as worker:
        await room.store(question(1, "one"), question(2, "two"))
        worker.wake()
        await within_reason(desk.closed)
    assert desk.seen == [(1, ("one", "two"))]


async def test_one_turn_at_a_time_in_a_thread_and_many_threads_at_once(room: Room) -> None:
    desk = Desk(room)
    desk.gate.clear()
    async with working(room, desk.answer, replace(QUICK, poll=60, lease=30)) as worker:
        await room.store(question(1, "one"), question(2, "other", within=thread(2)))
        worker.wake()
        await within_reason(desk.began)
        await room.store(question(3, "later"))
        worker.wake()
        for _ in range(2):
            await asyncio.wait_for(desk.turns.get(), 60)
        assert {texts for _, texts in desk.seen} == {("one",), ("other",)}
        desk.gate.set()
        await asyncio.wait_for(desk.turns.get(), 60)
    assert desk.seen[2] == (1, ("later",))


async def test_a_turn_that_breaks_is_tried_again_and_the_worker_lives(room: Room) -> None:
    desk = Desk(room)

    async def breaks_once(turn: Turn) -> str:
        if turn.lease.attempt == 1:
            raise RuntimeError
        return await desk.answer(turn)

    async with working(room, breaks_once):
        await room.store(question(1, "one"))
        await within_reason(desk.closed)
    assert desk.seen == [(2, ("one",))]


async def test_a_stop_lets_answers_end_and_hands_the_rest_back_unspent(room: Room) -> None:
    desk = Desk(room)
    desk.gate.clear()
    async with working(room, desk.answer):
        await room.store(question(1, "one"))
        await within_reason(desk.began)
    assert not desk.closed.is_set()
    turn = await room.claim()
    assert (turn.spent, turn.lease.attempt) == (1, 2)


async def test_a_lease_that_was_lost_ends_the_work_at_once(room: Room) -> None:
    ended = asyncio.Event()

    async def held(turn: Turn) -> str:
        await room.turns.hand_back(turn.lease, delay=3600)  # as another worker's claim would
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return "never"

    async with working(room, held):
        await room.store(question(1, "one"))
        await within_reason(ended)


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
    async with working(room, desk.answer, replace(QUICK, lease=0.15)):
        await room.store(question(1, "one"))
        for _ in range(5):  # a renewal comes every third of a lease
            await asyncio.wait_for(watched.renewed.get(), 60)
        desk.gate.set()
        await within_reason(desk.closed)
    assert desk.seen == [(1, ("one",))]


async def test_a_queue_out_of_reach_is_asked_again(room: Room, watched: WatchedTurns) -> None:
    watched.away = 3
    desk = Desk(room)
    async with working(room, desk.answer):
        await room.store(question(1, "one"))
        await within_reason(desk.closed)
    assert watched.away == 0


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
    async with working(room, slow_once, replace(QUICK, lease=2.0)):
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

    worker = Worker(room.turns, freezes, room.clock, QUICK, awake=awake)
    running = asyncio.create_task(worker.run())
    await room.store(question(1, "one"))
    await within_reason(ended)
    await worker.stop()
    await running
    assert seen == [True, False]


class Watcher(Unwatched):
    """Remembers how attempts ended."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, str, bool]] = []

    def turn_ended(self, ended: TurnEnded) -> None:
        self.seen.append((ended.attempt, ended.outcome, ended.final))


async def test_every_attempt_is_told_with_its_end(room: Room) -> None:
    desk, watcher = Desk(room), Watcher()

    async def breaks_once(turn: Turn) -> str:
        if turn.lease.attempt == 1:
            raise RuntimeError
        return await desk.answer(turn)

    worker = Worker(room.turns, breaks_once, room.clock, QUICK, watch=watcher)
    alive = [worker.alive]
    running = asyncio.create_task(worker.run())
    await room.store(question(1, "one"))
    await within_reason(desk.closed)
    await worker.stop()
    await running
    assert [*alive, worker.alive] == [True, False]
    assert watcher.seen == [(1, "broke", False), (2, "stop", True)]
