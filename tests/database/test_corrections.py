import asyncio

import pytest

from bot.chat.messages import Reworded
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


async def test_an_edited_question_is_remembered_as_it_reads_now(room: Room) -> None:
    await room.exchange(1, "before", "a")
    assert await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "after")
    assert await room.past() == ["after", "a"]


async def test_a_waiting_question_is_claimed_as_it_reads_now(room: Room) -> None:
    await room.store(question(1, "before"), question(2, "second"))
    assert await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "after")
    assert [message.text for message in (await room.claim()).questions] == ["after", "second"]


async def test_an_edit_forgets_the_count(room: Room) -> None:
    await room.exchange(1, "before", "a")
    await room.store(question(2, "now"))
    turn = await room.claim()
    (asked, _) = (await room.conversations.past(turn, 2)).messages
    await room.conversations.count({asked.id: 11}, "bytes")
    await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "before")
    assert (await room.conversations.past(turn, 2)).messages[0].tokens == 11
    await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "after")
    assert (await room.conversations.past(turn, 2)).messages[0].tokens is None


async def test_a_count_of_the_text_before_an_edit_comes_too_late(room: Room) -> None:
    await room.exchange(1, "before", "a")
    await room.store(question(2, "now"))
    turn = await room.claim()
    (asked, _) = (await room.conversations.past(turn, 2)).messages
    await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "after" * 1000)
    await room.conversations.count({asked.id: 1}, "bytes")
    assert (await room.conversations.past(turn, 2)).messages[0].tokens is None


async def test_two_edits_at_once_both_arrive(room: Room) -> None:
    await room.store(question(1, "before"))
    edits = (room.conversations.edit(TEAM, CHANNEL, slack_ts(1), f"edit {n}") for n in range(20))
    assert all(await asyncio.gather(*edits))
    (asked,) = (await room.claim()).questions
    assert asked.text.startswith("edit ")


async def test_a_message_edited_and_deleted_at_once_is_deleted(room: Room) -> None:
    for number in range(20):
        await room.store(question(number))
        correct, ts = room.conversations, slack_ts(number)
        _, deleted = await asyncio.gather(
            correct.edit(TEAM, CHANNEL, ts, "edited"), correct.delete(TEAM, CHANNEL, ts)
        )
        assert deleted
    assert {(message.text, message.deleted) for message in (await room.claim()).questions} == {("", True)}


async def test_an_answer_recorded_and_deleted_at_once_is_deleted(room: Room) -> None:
    for number in range(20):
        await room.store(question(number, ""))
        turn = await room.claim()
        await room.turns.add_reply_part(turn.lease, slack_ts(100 + number))
        await asyncio.gather(
            room.turns.record(turn.lease, ANSWER, MAKING),
            room.conversations.delete(TEAM, CHANNEL, slack_ts(100 + number)),
        )
        await room.turns.finish(turn.lease, Move.ANSWER, "stop")
    assert await room.past() == []


async def test_what_is_not_ours_is_neither_edited_nor_deleted(room: Room) -> None:
    await room.store(question(1))
    for team, channel, ts in (("T2", CHANNEL, 1), (TEAM, "C2", 1), (TEAM, CHANNEL, 2)):
        assert not await room.conversations.edit(team, channel, slack_ts(ts), "x")
        assert not await room.conversations.delete(team, channel, slack_ts(ts))
    assert (await room.claim()).questions[0].text == "Which one?"


async def test_an_answer_is_not_edited(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    await room.answer(turn)
    assert not await room.conversations.edit(TEAM, CHANNEL, slack_ts(2), "forged")
    assert await room.past() == ["q", "Yes."]


async def test_a_deleted_message_is_forgotten_for_good(room: Room) -> None:
    await room.exchange(1, "secret", "a")
    assert await room.conversations.delete(TEAM, CHANNEL, slack_ts(1))
    assert await room.conversations.delete(TEAM, CHANNEL, slack_ts(1))
    assert not await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "back")
    assert await room.past() == ["a"]


async def test_deleting_a_waiting_message_leaves_its_place_empty(room: Room) -> None:
    await room.store(question(1), question(2, "stays"))
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(1))
    turn = await room.claim()
    assert [(message.text, message.deleted) for message in turn.questions] == [("", True), ("stays", False)]
    assert [message.text for message in turn.asks] == ["stays"]


async def test_deleting_any_part_of_an_answer_forgets_all_of_it(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    await room.turns.add_reply_part(turn.lease, slack_ts(3))
    await room.answer(turn)
    assert await room.conversations.delete(TEAM, CHANNEL, slack_ts(3))
    assert await room.past() == ["q"]


async def test_an_answer_deleted_while_it_was_written_stays_deleted(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    assert await room.conversations.delete(TEAM, CHANNEL, slack_ts(2))
    await room.turns.record(turn.lease, ANSWER, MAKING)
    room.clock.pass_(LEASE_SECONDS)
    again = await room.claim()
    assert (again.reply_ts, again.answer, again.deleted) == ((), None, True)
    await room.answer(again, Answer("gpt", "anew"))
    assert await room.past() == ["q"]


async def test_of_a_half_answer_a_deleted_part_is_told_to_whoever_claims_it_next(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    for number in (2, 3):
        await room.turns.add_reply_part(turn.lease, slack_ts(number))
    assert await room.conversations.delete(TEAM, CHANNEL, slack_ts(2))
    room.clock.pass_(LEASE_SECONDS)
    again = await room.claim()
    assert (again.reply_ts, again.deleted) == ((slack_ts(3),), True)


async def test_what_people_deleted_of_an_answer_stays_noted_whatever_is_dropped(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    assert await room.conversations.delete(TEAM, CHANNEL, slack_ts(2))
    assert not await room.turns.drop_reply_part(turn.lease, slack_ts(2))
    await room.answer(turn)
    assert await room.past() == ["q"]


async def test_a_deletion_that_is_told_of_late_spares_the_answer_that_was_posted_anew(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    for _ in ("once", "again, for a commit of which nothing was heard"):
        assert await room.turns.drop_reply_part(turn.lease, slack_ts(2))
    await room.turns.add_reply_part(turn.lease, slack_ts(3))
    await room.answer(turn)
    assert not await room.conversations.delete(TEAM, CHANNEL, slack_ts(2))
    assert await room.past() == ["q", "Yes."]


async def test_an_older_edit_that_arrives_late_changes_nothing(room: Room) -> None:
    await room.exchange(1, "red", "a")
    await room.exchange(2, "one", "b")
    for ts, text, edited in ((1, "green", 5), (1, "blue", 4), (2, "two", 5), (2, "three", 6)):
        assert await room.conversations.edit(TEAM, CHANNEL, slack_ts(ts), text, slack_ts(edited))
    assert await room.past() == ["green", "a", "three", "b"]


async def changed(room: Room, number: float, text: str, at: float) -> bool | Reworded:
    return await room.conversations.edit(TEAM, CHANNEL, slack_ts(number), text, slack_ts(at))


async def test_the_latest_question_is_reworded_once_for_each_change(room: Room) -> None:
    await room.exchange(1, "red", "a")
    reworded = Reworded(thread(), slack_ts(1), "U1")
    assert await changed(room, 1, "green", 5) == reworded
    assert await changed(room, 1, "green", 5) is True, "the same edit, delivered again"
    assert await changed(room, 1, "blue", 4) is True, "an older one, delivered late"
    assert await changed(room, 1, "green", 6) is True, "its words did not change"
    assert await changed(room, 1, "blue", 7) == reworded
    assert await changed(room, 1, " ", 8) is True, "nothing is asked any more"


async def test_neither_an_older_question_nor_one_that_waits_is(room: Room) -> None:
    await room.exchange(1, "red", "a")
    await room.store(question(2, "one"))
    assert await changed(room, 1, "green", 5) is True
    assert await changed(room, 2, "two", 5) is True
    turn = await room.claim()
    assert isinstance(await changed(room, 2, "three", 6), Reworded), "it has been taken up as it was"
    await room.answer(turn)
    assert isinstance(await changed(room, 2, "four", 7), Reworded)
    await room.conversations.clear(thread(), erase=False)
    assert await changed(room, 2, "five", 8) is True


@pytest.mark.parametrize("move", [Move.REFUSE, Move.FAIL, Move.PARK, Move.HELP, Move.DROP])
async def test_a_question_without_an_answer_is_too_unless_it_was_dropped(room: Room, move: Move) -> None:
    await room.store(question(1, "red"))
    await room.turns.finish((await room.claim()).lease, move, "over")
    assert isinstance(await changed(room, 1, "green", 5), Reworded) == (move is not Move.DROP)


async def test_people_keep_their_order_when_they_edit_their_messages(room: Room) -> None:
    await room.store(question(1, "red", author="U1"), question(2, "green", author="U2"))
    turn = await room.claim()
    await changed(room, 1, "blue", 5)
    assert await room.conversations.people(turn) == ("U1", "U2")
