import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.chat.ports.watch import TurnEnded, Unwatched
from bot.chat.turns import Turn
from bot.database.access import Database
from bot.worker import Worker
from tests.database.rooms import Room, question, thread
from tests.shift import QUICK, Desk, within_reason, working


@pytest.fixture
async def room(sqlite_url: str) -> AsyncIterator[Room]:
    database = Database(sqlite_url)
    yield Room(database)
    await database.close()


async def test_what_waits_is_answered_at_a_wake_up_without_waiting_for_the_poll(room: Room) -> None:
    desk = Desk(room)
    async with working(room, desk.answer, replace(QUICK, poll=60)):
        for number in (1, 2):  # a worker that has just begun would have looked anyway
            await room.store(question(number, str(number), within=thread(number)))
            await asyncio.wait_for(desk.turns.get(), 60)
    assert desk.seen == [(1, ("1",)), (1, ("2",))]


async def test_one_turn_at_a_time_in_a_thread_and_many_threads_at_once(room: Room) -> None:
    desk = Desk(room)
    desk.gate.clear()
    async with working(room, desk.answer, replace(QUICK, poll=60)):
        await room.store(question(1, "one"), question(2, "other", within=thread(2)))
        await within_reason(desk.began)
        await room.store(question(3, "later"))
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


async def test_while_a_stop_waits_what_was_lost_breaks_off_and_a_wake_up_claims_nothing(room: Room) -> None:
    leases: asyncio.Queue[Turn] = asyncio.Queue()

    async def goes_on(turn: Turn) -> str:
        leases.put_nowait(turn)
        await asyncio.Event().wait()
        return "never"

    pace = replace(QUICK, poll=60, drain=600)
    worker = Worker(room.turns, goes_on, room.clock, pace, room.database.claimable)
    running = asyncio.create_task(worker.run())
    await room.store(question(1, "one"))
    turn = await asyncio.wait_for(leases.get(), 60)
    stopping = asyncio.create_task(worker.stop())
    await asyncio.wait_for(running, 60)  # nothing claims any more, and the answer is waited for
    await room.store(question(2, "other", within=thread(2)))
    await room.turns.hand_back(turn.lease, delay=3600)  # as another worker's claim would
    room.database.claimable.set()
    await asyncio.wait_for(stopping, 60)
    assert leases.empty()
    assert (await room.claim()).lease.attempt == 1


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

    worker = Worker(room.turns, breaks_once, room.clock, QUICK, room.database.claimable, watch=watcher)
    alive = [worker.alive]
    running = asyncio.create_task(worker.run())
    await room.store(question(1, "one"))
    await within_reason(desk.closed)
    await worker.stop()
    await running
    assert [*alive, worker.alive] == [True, False]
    assert watcher.seen == [(1, "broke", False), (2, "stop", True)]
