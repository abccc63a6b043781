"""Turns that run once more: in their thread's order, and with one answer in the end."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.regenerating import NotAgain
from bot.chat.turns import MAX_ATTEMPTS, Answer, Move, Turn
from bot.database.again import StoredAgain
from tests.database.rooms import (
    CHANNEL,
    LEASE_SECONDS,
    MAKING,
    TEAM,
    Room,
    opened,
    question,
    slack_ts,
    thread,
)

OTHER = Answer("gpt", "No.")
CUT = Answer("gpt", "Yes, and", "length")
WHOLE = Answer("gpt", "Yes, and no.")


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with opened(database_url) as room:
        yield room


@pytest.fixture
def again(room: Room) -> StoredAgain:
    return StoredAgain(room.database, room.clock)


async def reopened(room: Room, again: StoredAgain) -> Turn:
    turn = await room.exchange(1, "Really?", "Yes.")
    assert await again.reopen(turn.id, "U2") is None
    return await room.claim()


async def test_a_turn_that_runs_again_has_the_answer_that_stands_and_begins_anew(
    room: Room, again: StoredAgain
) -> None:
    turn = await reopened(room, again)
    assert turn.answer is None
    assert turn.earlier is not None
    assert turn.earlier.text == "Yes."
    assert (turn.resumed, turn.spent) == (False, 1)
    assert turn.rerun is not None
    assert turn.rerun.person_id == "U2"


async def test_what_is_asked_meanwhile_waits_behind_it(room: Room, again: StoredAgain) -> None:
    turn = await reopened(room, again)
    await room.store(question(2, "And then?"))
    assert await room.turns.claim(10) == ()
    await room.answer(turn, OTHER)
    assert [each.text for each in (await room.claim()).questions] == ["And then?"]


async def test_a_crash_before_the_other_answer_is_kept_asks_again_and_one_after_it_does_not(
    room: Room, again: StoredAgain
) -> None:
    await reopened(room, again)
    room.clock.pass_(LEASE_SECONDS + 1)
    turn = await room.claim()
    assert (turn.resumed, turn.answer) == (True, None)
    await room.turns.record(turn.lease, OTHER, MAKING)
    room.clock.pass_(LEASE_SECONDS + 1)
    turn = await room.claim()
    assert turn.answer is not None
    assert (turn.answer.text, turn.earlier) == ("No.", None)
    assert [each.text for each in await again.earlier(turn.id)] == ["Yes."]


async def test_a_turn_is_not_reopened_twice_nor_once_the_conversation_has_gone_on(
    room: Room, again: StoredAgain
) -> None:
    turn = await reopened(room, again)
    assert await again.reopen(turn.id, "U2") is NotAgain.AT_IT
    await room.answer(turn, OTHER)
    await room.store(question(2, "And then?"))
    assert await again.reopen(turn.id, "U2") is NotAgain.OLDER


async def test_erasing_a_conversation_erases_what_its_answers_were_before(
    room: Room, again: StoredAgain
) -> None:
    turn = await reopened(room, again)
    await room.answer(turn, OTHER)
    await room.conversations.clear(thread(), erase=True)
    assert await again.earlier(turn.id) == ()
    assert await again.reopen(turn.id, "U2") is NotAgain.GONE


async def going_on(room: Room, again: StoredAgain) -> Turn:
    """A cut answer that is to go on, claimed."""
    await room.store(question(1, "Really?"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(1.5))
    await room.answer(turn, CUT)
    assert await again.reopen(turn.id, "U2", goes_on=True) is None
    return await room.claim()


async def test_an_answer_that_goes_on_is_one_answer_without_an_earlier_version(
    room: Room, again: StoredAgain
) -> None:
    turn = await going_on(room, again)
    assert turn.begun is not None
    assert (turn.begun.text, turn.begun.cut, turn.reply_ts) == (CUT.text, True, (slack_ts(1.5),))
    await room.answer(turn, WHOLE)
    assert await again.earlier(turn.id) == ()
    assert await room.past() == ["Really?", WHOLE.text]


async def test_a_crash_while_it_goes_on_leaves_the_text_so_far_and_one_after_it_the_whole(
    room: Room, again: StoredAgain
) -> None:
    await going_on(room, again)
    room.clock.pass_(LEASE_SECONDS + 1)
    turn = await room.claim()
    assert turn.begun is not None
    assert (turn.begun.text, turn.answer) == (CUT.text, None)
    await room.turns.record(turn.lease, WHOLE, MAKING)
    room.clock.pass_(LEASE_SECONDS + 1)
    turn = await room.claim()
    assert turn.answer is not None
    assert (turn.answer.text, turn.begun) == (WHOLE.text, None)


async def test_only_a_cut_answer_goes_on_and_once_at_a_time(room: Room, again: StoredAgain) -> None:
    turn = await going_on(room, again)
    assert await again.reopen(turn.id, "U2", goes_on=True) is NotAgain.AT_IT
    await room.answer(turn, WHOLE)
    assert await again.reopen(turn.id, "U2", goes_on=True) is NotAgain.WHOLE
    assert await again.reopen(turn.id, "U2") is None
    turn = await room.claim()
    assert (turn.begun, turn.earlier and turn.earlier.text) == (None, WHOLE.text)


async def test_an_answer_deleted_before_it_goes_on_stays_deleted(room: Room, again: StoredAgain) -> None:
    await room.store(question(1, "Really?"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(1.5))
    await room.answer(turn, CUT)
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(1.5))
    assert await again.reopen(turn.id, "U2", goes_on=True) is NotAgain.GONE


@pytest.mark.parametrize("move", [Move.FAIL, Move.PARK, Move.REFUSE, Move.HELP])
async def test_what_had_no_answer_is_asked_again_with_a_new_count(
    room: Room, again: StoredAgain, move: Move
) -> None:
    await room.store(question(1, "Really?"))
    for _ in range(MAX_ATTEMPTS):
        await room.turns.hand_back((await room.claim()).lease)
    turn = await room.claim()
    assert turn.spent == MAX_ATTEMPTS + 1
    await room.turns.finish(turn.lease, move, "over")
    assert await again.reopen(turn.id, "U2", goes_on=True) is NotAgain.WHOLE
    assert await again.reopen(turn.id, "U2") is None
    turn = await room.claim()
    assert (turn.spent, turn.resumed, turn.earlier) == (1, False, None)


async def test_a_turn_is_found_by_its_answer_and_by_its_question(room: Room, again: StoredAgain) -> None:
    turn = await going_on(room, again)
    for ts in (slack_ts(1), slack_ts(1.5)):
        found = await again.replaceable(TEAM, CHANNEL, ts)
        assert found is not None
        assert (found.turn_id, found.askers) == (turn.id, frozenset({"U1"}))
    assert await again.replaceable(TEAM, CHANNEL, slack_ts(7)) is None
    assert await again.replaceable("T2", CHANNEL, slack_ts(1)) is None


async def test_the_answer_after_a_failure_whose_sentence_was_deleted_is_remembered(
    room: Room, again: StoredAgain
) -> None:
    await room.store(question(1, "Really?"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(1.5))
    await room.turns.finish(turn.lease, Move.FAIL, "over")
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(1.5))
    assert await again.reopen(turn.id, "U2") is None
    turn = await room.claim()
    assert turn.reply_ts == ()
    await room.answer(turn, OTHER)
    assert await room.past() == ["Really?", "No."]
