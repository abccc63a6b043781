"""Turns that run once more: in their thread's order, and with one answer in the end."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.regenerating import NotAgain
from bot.chat.turns import Answer, Turn
from bot.database.again import StoredAgain
from tests.database.rooms import LEASE_SECONDS, MAKING, Room, opened, question, thread

OTHER = Answer("gpt", "No.")


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
    assert await again.reopen(turn.id, "U2") is NotAgain.UNDER_WAY
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
