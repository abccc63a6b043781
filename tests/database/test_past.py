import pytest

from bot.chat.messages import Role
from bot.chat.turns import Answer, Move
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


async def talk(room: Room, turns: int) -> None:
    for number in range(turns):
        await room.exchange(number * 10, f"q{number}", f"a{number}")


async def test_the_past_is_every_question_with_its_answer_in_order(room: Room) -> None:
    await talk(room, 3)
    assert await room.past() == ["q0", "a0", "q1", "a1", "q2", "a2"]


@pytest.mark.parametrize(
    ("limit", "texts"),
    [(-1, []), (0, []), (1, ["a2"]), (2, ["q2", "a2"]), (3, ["a1", "q2", "a2"]), (99, 6)],
)
async def test_the_limit_counts_messages_from_the_newest(
    room: Room, limit: int, texts: list[str] | int
) -> None:
    await talk(room, 3)
    past = await room.past(limit)
    assert (len(past) if isinstance(texts, int) else past) == texts


async def test_the_past_knows_who_said_what(room: Room) -> None:
    await room.store(question(1, "q", author="U7"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    await room.turns.record(turn.lease, ANSWER, MAKING)
    await room.turns.finish(turn.lease, Move.ANSWER, "stop")
    await room.store(question(3))
    asked, answered = (await room.conversations.past(await room.claim(), 10)).messages
    assert (asked.role, asked.author_id, asked.ts) == (Role.USER, "U7", slack_ts(1))
    assert (answered.role, answered.author_id, answered.ts) == (Role.ASSISTANT, "UCONFAB", slack_ts(2))
    assert (answered.text, answered.tokens, answered.encoding) == ("Yes.", 4, "o200k_base")


async def test_questions_of_one_turn_come_by_ts_and_then_its_answer(room: Room) -> None:
    await room.store(question(3, "c"), question(1, "a"), question(2, "b"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(0.5))
    await room.answer(turn)
    assert await room.past() == ["a", "b", "c", "Yes."]


async def test_a_late_message_stands_where_its_turn_stands(room: Room) -> None:
    await room.exchange(5, "first", "one")
    await room.exchange(2, "older, but later", "two")
    assert await room.past() == ["first", "one", "older, but later", "two"]


async def test_a_turn_does_not_remember_itself_or_what_came_after(room: Room) -> None:
    await room.exchange(1, "q", "a")
    await room.store(question(2, "mine"))
    turn = await room.claim()
    await room.turns.record(turn.lease, ANSWER, MAKING)
    await room.store(question(3, "next"))
    assert [message.text for message in (await room.conversations.past(turn, 10)).messages] == ["q", "a"]


async def test_another_thread_is_another_past(room: Room) -> None:
    await room.store(question(50, "elsewhere", within=thread(50)))
    await room.answer(await room.claim())
    assert await room.past() == []


@pytest.mark.parametrize("move", [Move.FAIL, Move.PARK])
async def test_a_question_without_an_answer_is_remembered_but_not_what_was_recorded(
    room: Room, move: Move
) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.record(turn.lease, ANSWER, MAKING)
    await room.turns.finish(turn.lease, move, "broke")
    assert await room.past() == ["q"]


async def test_a_refused_question_is_left_out(room: Room) -> None:
    await room.exchange(1, "q", "a")
    await room.store(question(2, "refused"))
    await room.turns.finish((await room.claim()).lease, Move.REFUSE, "filtered")
    assert await room.past() == ["q", "a"]


async def test_bare_mentions_and_deleted_messages_do_not_count_against_the_limit(room: Room) -> None:
    await room.exchange(1, "q", "a")
    await room.store(question(2, ""), question(3, "gone"))
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(3))
    await room.turns.finish((await room.claim()).lease, Move.HELP, "helped")
    assert await room.past(2) == ["q", "a"]


async def test_an_answer_recorded_again_is_one_answer(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.record(turn.lease, Answer("gpt", "first try"), MAKING)
    room.clock.pass_(LEASE_SECONDS)
    again = await room.claim()
    await room.answer(again, Answer("gpt", "second try"))
    assert await room.past() == ["q", "second try"]


async def test_counted_tokens_are_kept_with_their_encoding(room: Room) -> None:
    await room.exchange(1, "q", "a")
    await room.store(question(2, "now"))
    turn = await room.claim()
    asked, answered = (await room.conversations.past(turn, 2)).messages
    await room.conversations.count({asked.id: 11, answered.id: 12}, "bytes")
    await room.conversations.count({}, "o200k_base")
    past = (await room.conversations.past(turn, 2)).messages
    assert [(message.tokens, message.encoding) for message in past] == [(11, "bytes"), (12, "bytes")]


async def test_a_ts_with_more_digits_is_later(room: Room) -> None:
    await room.store(question(8_300_000_001, "later"), question(8_299_999_999, "earlier"))
    turn = await room.claim()
    assert [message.text for message in turn.questions] == ["earlier", "later"]
    await room.answer(turn)
    assert await room.past() == ["earlier", "later", "Yes."]
