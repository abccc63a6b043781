from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import Connection

from bot.chat.turns import Lease, Move, Turn
from bot.database.access import Database, Result
from bot.database.turns import StoredTurns
from bot.errors import DatabaseDown, LeaseLost
from tests.database.rooms import ANSWER, LEASE_SECONDS, MAKING, US, Room, question, slack_ts, thread

Write = Callable[[Room, Lease], Awaitable[None]]

WRITES: dict[str, Write] = {
    "renew": lambda room, lease: room.turns.renew(lease),
    "add_reply_part": lambda room, lease: room.turns.add_reply_part(lease, slack_ts(9)),
    "record": lambda room, lease: room.turns.record(lease, ANSWER, MAKING),
    "finish": lambda room, lease: room.turns.finish(lease, Move.FAIL, "late"),
    "hand_back": lambda room, lease: room.turns.hand_back(lease),
}


async def claimed(room: Room) -> Turn:
    await room.store(question(1))
    return await room.claim()


@pytest.fixture(params=list(WRITES))
def write(request: pytest.FixtureRequest) -> Write:
    return WRITES[request.param]


async def test_a_stale_holders_writes_touch_nothing(room: Room, write: Write) -> None:
    stale = await claimed(room)
    room.clock.pass_(LEASE_SECONDS)
    (fresh,) = await room.worker().claim(10)
    with pytest.raises(LeaseLost):
        await write(room, stale.lease)
    await room.turns.renew(fresh.lease)
    room.clock.pass_(LEASE_SECONDS)
    again = await room.claim()
    assert (again.id, again.lease.attempt, again.reply_ts, again.answer) == (fresh.id, 3, (), None)


async def test_nobody_writes_to_a_turn_that_was_handed_back(room: Room, write: Write) -> None:
    turn = await claimed(room)
    await room.turns.hand_back(turn.lease, delay=10)
    with pytest.raises(LeaseLost):
        await write(room, turn.lease)


async def test_nobody_writes_to_a_turn_that_is_closed(room: Room, write: Write) -> None:
    turn = await claimed(room)
    await room.turns.finish(turn.lease, Move.ANSWER, "stop")
    with pytest.raises(LeaseLost):
        await write(room, turn.lease)


async def test_a_turn_that_never_was_has_no_lease(room: Room, write: Write) -> None:
    with pytest.raises(LeaseLost):
        await write(room, Lease(99, "nobody", 1))


async def test_a_renewed_lease_holds_for_another_length(room: Room) -> None:
    turn = await claimed(room)
    room.clock.pass_(LEASE_SECONDS - 1)
    await room.turns.renew(turn.lease)
    room.clock.pass_(LEASE_SECONDS - 1)
    assert await room.worker().claim(10) == ()
    room.clock.pass_(1)
    assert len(await room.worker().claim(10)) == 1


async def test_a_lease_that_ran_out_is_still_its_holders_until_somebody_takes_the_turn(room: Room) -> None:
    turn = await claimed(room)
    room.clock.pass_(LEASE_SECONDS * 2)
    await room.turns.renew(turn.lease)
    assert await room.worker().claim(10) == ()


async def test_a_turn_that_was_handed_back_is_free_after_the_delay(room: Room) -> None:
    turn = await claimed(room)
    await room.turns.hand_back(turn.lease, delay=5)
    room.clock.pass_(4.9)
    assert await room.turns.claim(10) == ()
    room.clock.pass_(0.1)
    assert (await room.claim()).lease.attempt == 2


async def test_an_unspent_attempt_is_not_counted(room: Room) -> None:
    turn = await claimed(room)
    await room.turns.hand_back(turn.lease, spent=False)
    again = await room.claim()
    assert (again.spent, again.lease.attempt) == (1, 2)


async def test_what_was_shown_before_a_hand_over_is_known_after_it(room: Room) -> None:
    turn = await claimed(room)
    await room.turns.add_reply_part(turn.lease, slack_ts(5))
    await room.turns.hand_back(turn.lease, spent=False)
    assert (await room.claim()).reply_ts == (slack_ts(5),)


async def test_a_turn_that_was_handed_back_still_holds_its_thread(room: Room) -> None:
    turn = await claimed(room)
    await room.turns.hand_back(turn.lease, delay=5)
    await room.store(question(2))
    assert await room.turns.claim(10) == ()
    room.clock.pass_(5)
    assert (await room.claim()).id == turn.id


async def test_finishing_twice_the_same_way_is_finishing_once(room: Room) -> None:
    turn = await claimed(room)
    await room.turns.finish(turn.lease, Move.ANSWER, "stop")
    await room.turns.finish(turn.lease, Move.ANSWER, "stop")


async def test_taking_a_turn_is_no_way_to_end_it(room: Room) -> None:
    turn = await claimed(room)
    with pytest.raises(ValueError, match="does not end"):
        await room.turns.finish(turn.lease, Move.CLAIM, "")


async def test_a_part_that_another_turn_holds_stays_with_it(room: Room) -> None:
    first = await claimed(room)
    await room.turns.add_reply_part(first.lease, slack_ts(5))
    await room.answer(first)
    await room.store(question(6))
    second = await room.claim()
    await room.turns.add_reply_part(second.lease, slack_ts(5))
    room.clock.pass_(LEASE_SECONDS)
    assert (await room.claim()).reply_ts == ()


async def test_a_lease_is_lost_to_somebody_else_and_not_to_the_holders_own_end(room: Room) -> None:
    await room.store(question(1), question(2, within=thread(2)), question(3, within=thread(3)))
    closed, ended, running = (turn.lease for turn in await room.turns.claim(10))
    await room.turns.finish(closed, Move.ANSWER, "stop")
    await room.conversations.end(thread(2), "")
    assert await room.turns.lost((closed, ended, running)) == {ended}
    room.clock.pass_(LEASE_SECONDS)
    await room.worker().claim(10)
    assert await room.turns.lost((closed, running)) == {running}


class Absent(Database):
    """A database that is away for so many writes."""

    absences = 0

    async def write(self, verb: Callable[[Connection], Result], *, wakes: bool = False) -> Result:
        if self.absences:
            self.absences -= 1
            raise DatabaseDown("away")
        return await super().write(verb, wakes=wakes)


@pytest.mark.parametrize("name", ["add_reply_part", "record", "finish"])
async def test_what_a_holder_achieved_waits_for_a_database_that_is_away(sqlite_url: str, name: str) -> None:
    database = Absent(sqlite_url)
    room = Room(database)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        room.clock.pass_(seconds)

    room.turns = StoredTurns(database, US, room.clock, lease_seconds=LEASE_SECONDS, sleep=sleep)
    turn = await claimed(room)
    database.absences = 10
    await WRITES[name](room, turn.lease)
    assert len(slept) == 10
    database.absences = 1_000
    with pytest.raises(DatabaseDown):
        await WRITES[name](room, turn.lease)
    assert sum(slept[10:]) <= LEASE_SECONDS + 1
    await database.close()
