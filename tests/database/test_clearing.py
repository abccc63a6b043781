"""A cleared thread begins anew; an erased one is gone from the database as well."""

import asyncio

import pytest
from sqlalchemy import select

from bot.chat.messages import Question
from bot.chat.turns import Move
from bot.database.tables import message
from tests.database.rooms import (
    ANSWER,
    CHANNEL,
    LEASE_SECONDS,
    MAKING,
    TEAM,
    Room,
    question,
    slack_ts,
    thread,
)


async def texts(room: Room) -> list[str]:
    """All that the database has of what people and Confab said."""
    kept = await room.database.read(lambda connection: connection.scalars(select(message.c.text)).all())
    return [text for text in kept if text]


async def test_a_cleared_thread_is_forgotten_and_what_comes_after_remembered(room: Room) -> None:
    await room.exchange(1, "q1", "a1")
    await room.exchange(2, "q2", "a2")
    assert await room.conversations.clear(thread(), erase=False) == 4
    await room.exchange(3, "q3", "a3")
    assert await room.past() == ["q3", "a3"]
    assert {"q1", "a1", "q2", "a2"} <= set(await texts(room))


async def test_an_erased_thread_is_gone_from_the_database(room: Room) -> None:
    await room.exchange(1, "q1", "a1")
    await room.store(question(50, "elsewhere", within=thread(50)))
    assert await room.conversations.clear(thread(), erase=True) == 2
    assert await texts(room) == ["elsewhere"]
    assert not await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "back again")
    assert not await room.conversations.store(question(1, "redelivered"))
    assert await texts(room) == ["elsewhere"]


async def test_what_was_cleared_can_still_be_erased(room: Room) -> None:
    await room.exchange(1, "q1", "a1")
    assert await room.conversations.clear(thread(), erase=False) == 2
    assert await room.conversations.clear(thread(), erase=True) == 0
    assert await texts(room) == []


async def test_clearing_without_erasing_leaves_what_was_erased_erased(room: Room) -> None:
    await room.store(question(1, "q1"))
    turn = await room.claim()
    await room.conversations.clear(thread(), erase=True)
    await room.conversations.clear(thread(), erase=False)
    await room.answer(turn)
    assert await texts(room) == []


@pytest.mark.parametrize("erase", [False, True])
async def test_a_turn_under_way_is_forgotten_with_its_answer(room: Room, erase: bool) -> None:
    await room.store(question(1, "q1"))
    turn = await room.claim()
    await room.conversations.clear(thread(), erase=erase)
    await room.answer(turn)
    assert await texts(room) == ([] if erase else ["q1", "Yes."])
    assert await room.past() == []


async def test_an_erased_turn_whose_worker_died_asks_nothing_any_more(room: Room) -> None:
    await room.store(question(1, "q1"))
    turn = await room.claim()
    await room.turns.record(turn.lease, ANSWER, MAKING)
    await room.conversations.clear(thread(), erase=True)
    room.clock.pass_(LEASE_SECONDS)
    again = await room.claim()
    assert (again.asks, again.answer) == ((), None)


async def test_a_question_that_waits_is_still_to_be_answered_and_begins_anew(room: Room) -> None:
    await room.exchange(1, "q1", "a1")
    await room.store(question(2, "q2"))
    await room.conversations.clear(thread(), erase=True)
    turn = await room.claim()
    assert [each.text for each in turn.asks] == ["q2"]
    assert (await room.conversations.past(turn, 10)).messages == ()
    await room.answer(turn)
    assert await room.past() == ["q2", "Yes."]


async def test_an_answer_recorded_while_the_thread_is_erased_does_not_survive(room: Room) -> None:
    for number in range(8):
        within = thread(number * 100)
        await room.store(question(number * 100, "q", within=within))
        turn = await room.claim()
        await asyncio.gather(
            room.conversations.clear(within, erase=True), room.turns.record(turn.lease, ANSWER, MAKING)
        )
        assert await texts(room) == []
        await room.turns.finish(turn.lease, Move.ANSWER, "stop")


async def test_a_thread_of_which_nothing_is_stored_has_nothing_to_clear(room: Room) -> None:
    assert await room.conversations.clear(thread(7), erase=True) == 0
    assert await room.conversations.starter(thread(7)) is None
    assert not await room.conversations.is_ours(thread(7))


async def test_who_asked_first_started_the_thread_even_if_the_question_is_gone(room: Room) -> None:
    def asked(number: int, who: str) -> Question:
        return question(number, "q", author=who)

    await room.store(asked(2, "UADA"), asked(3, "UGRACE"))
    await room.answer(await room.claim())
    await room.store(asked(1, "ULATE"))
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(2))
    assert await room.conversations.starter(thread()) == "UADA"
    assert await room.conversations.is_ours(thread())


async def test_answered_turns_are_counted_since_the_chat_was_cleared(room: Room) -> None:
    async def answered() -> int:
        await room.store(question(900, "now"))
        turn = await room.claim()
        number = await room.conversations.answered(turn)
        await room.turns.finish(turn.lease, Move.REFUSE, "test")
        await room.database.write(
            lambda connection: connection.execute(
                message.update().where(message.c.ts == slack_ts(900)).values(ts=slack_ts(900 + turn.id))
            ).close()
        )
        return number

    await room.exchange(1, "q1", "a1")
    await room.exchange(2, "q2", "a2")
    await room.store(question(3, "fails"))
    await room.turns.finish((await room.claim()).lease, Move.FAIL, "busy")
    assert await answered() == 2
    await room.conversations.clear(thread(), erase=False)
    assert await answered() == 0
    await room.exchange(4, "q4", "a4")
    assert await answered() == 1
