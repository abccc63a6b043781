from dataclasses import replace

import pytest

from bot.chat.passed_over import PassedOver
from bot.chat.threads import Us
from bot.chat.turns import Move
from bot.database.claiming import AT_ONCE
from tests.database.rooms import ANSWER, LEASE_SECONDS, MAKING, Room, question, slack_ts, thread


async def test_nothing_waits_in_an_empty_database(room: Room) -> None:
    assert await room.turns.claim(10) == ()


async def test_turns_of_different_threads_run_side_by_side_oldest_first(room: Room) -> None:
    await room.store(*(question(number, within=thread(number)) for number in (3, 1, 2)))
    turns = await room.turns.claim(10)
    assert [turn.thread for turn in turns] == [thread(3), thread(1), thread(2)]


async def test_a_claim_takes_no_more_than_it_asked_for(room: Room) -> None:
    await room.store(*(question(number, within=thread(number)) for number in range(5)))
    assert len(await room.turns.claim(2)) == 2
    assert len(await room.turns.claim(10)) == 3


async def test_a_thread_runs_one_turn_at_a_time(room: Room) -> None:
    await room.store(question(1))
    first = await room.claim()
    await room.store(question(2))
    assert await room.worker().claim(10) == ()
    await room.answer(first)
    assert [message.ts for message in (await room.claim()).questions] == [slack_ts(2)]


async def test_a_workers_own_team_is_all_that_it_claims(room: Room) -> None:
    await room.store(question(1, within=thread(team="T2")))
    assert await room.turns.claim(10) == ()
    (turn,) = await room.worker(us=Us("T2", "U", "B")).claim(10)
    assert turn.thread.team_id == "T2"


async def test_a_lease_that_ran_out_is_taken_over_as_the_next_attempt(room: Room) -> None:
    await room.store(question(1))
    first = await room.claim()
    other = room.worker()
    room.clock.pass_(LEASE_SECONDS - 0.1)
    assert await other.claim(10) == ()
    room.clock.pass_(0.1)
    (again,) = await other.claim(10)
    assert (again.id, first.lease.attempt, again.lease.attempt) == (first.id, 1, 2)
    assert again.questions == first.questions


async def test_a_taken_over_turn_comes_before_what_waits_in_its_thread(room: Room) -> None:
    await room.store(question(1))
    first = await room.claim()
    await room.store(question(2))
    room.clock.pass_(LEASE_SECONDS)
    again = await room.claim()
    assert again.id == first.id
    assert [message.ts for message in again.questions] == [slack_ts(1)]


async def test_a_later_attempt_gets_what_the_earlier_one_left(room: Room) -> None:
    await room.store(question(1))
    turn = await room.claim()
    assert (turn.reply_ts, turn.answer) == ((), None)
    await room.turns.add_reply_part(turn.lease, slack_ts(3))
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    await room.turns.add_reply_part(turn.lease, slack_ts(3))
    await room.turns.record(turn.lease, ANSWER, MAKING)
    room.clock.pass_(LEASE_SECONDS)
    again = await room.claim()
    assert again.reply_ts == (slack_ts(2), slack_ts(3))
    assert again.answer == ANSWER
    assert [message.ts for message in again.questions] == [slack_ts(1)]


async def test_a_later_attempt_knows_what_the_recorded_answer_was_made_without(room: Room) -> None:
    await room.store(question(1), question(2), question(3))
    turn = await room.claim()
    made = replace(ANSWER, passed_over=PassedOver((slack_ts(1),), {slack_ts(2): 5_000}, 300))
    await room.turns.record(turn.lease, made, MAKING)
    room.clock.pass_(LEASE_SECONDS)
    assert (await room.claim()).answer == made


async def test_every_claim_has_a_name_of_its_own(room: Room) -> None:
    await room.store(question(1))
    first = await room.claim()
    await room.turns.hand_back(first.lease, spent=False)
    again = await room.claim()
    assert again.lease.owner != first.lease.owner


@pytest.mark.parametrize("move", [Move.HELP, Move.REFUSE, Move.FAIL, Move.PARK, Move.DROP])
async def test_a_closed_turn_is_never_claimed_again(room: Room, move: Move) -> None:
    await room.store(question(1))
    turn = await room.claim()
    await room.turns.finish(turn.lease, move, move.value)
    room.clock.pass_(LEASE_SECONDS * 100)
    assert await room.turns.claim(10) == ()


async def test_a_turn_that_waited_behind_another_knows_what_that_one_left_since(room: Room) -> None:
    await room.store(question(1))
    earlier = await room.claim()
    await room.store(question(2))
    for number in (1.5, 3):
        await room.turns.add_reply_part(earlier.lease, slack_ts(number))
    room.clock.pass_(AT_ONCE + 0.1)
    await room.answer(earlier)
    assert (await room.claim()).others == {slack_ts(3)}


async def test_a_later_attempt_knows_what_other_turns_left_in_the_thread_since_it_was_asked(
    room: Room,
) -> None:
    await room.store(question(1))
    earlier = await room.claim()
    await room.store(question(2), question(2.5, within=thread(9)))
    for number in (1.5, 3, 4):
        await room.turns.add_reply_part(earlier.lease, slack_ts(number))
    await room.answer(earlier)
    (turn, elsewhere) = await room.turns.claim(10)
    await room.turns.add_reply_part(elsewhere.lease, slack_ts(5))
    assert turn.others == frozenset()
    room.clock.pass_(LEASE_SECONDS)
    later = {each.id: each for each in await room.turns.claim(10)}
    assert later[turn.id].others == {slack_ts(3), slack_ts(4)}
    assert later[elsewhere.id].others == frozenset()
