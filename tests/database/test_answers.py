"""An answer with all that made it, found by any of its Slack messages."""

from dataclasses import replace

from bot.chat.messages import Message, Role
from bot.chat.sent import Included, Making, ShownAnswer
from bot.chat.threads import Place
from bot.chat.turns import Answer, Move, Turn
from bot.database.answers import StoredAnswers
from tests.database.rooms import ANSWER, CHANNEL, MAKING, SENT, TEAM, Room, question, slack_ts, thread

ANSWERED_AT = (slack_ts(10), slack_ts(11))


async def shown(room: Room, ts: str = ANSWERED_AT[0]) -> ShownAnswer | None:
    return await StoredAnswers(room.database).shown(TEAM, CHANNEL, ts)


async def exchange(room: Room, *, includes: tuple[Message, ...] = ()) -> Turn:
    """One question and its answer in two Slack messages; it carried `includes` and the question itself."""
    await room.store(question(1, "q", author="UADA"))
    turn = await room.claim()
    for ts in ANSWERED_AT:
        await room.turns.add_reply_part(turn.lease, ts)
    await room.answer(turn, ANSWER, making(*includes, *turn.questions))
    return turn


def making(*messages: Message, version: int = 3) -> Making:
    numbers, places = tuple(each.id for each in messages), tuple(each.ts for each in messages)
    why = "past messages, token budget"
    return replace(MAKING, included=Included(version, numbers, left_out=2, why_left_out=why, at=places))


async def test_an_answer_is_found_by_each_of_its_messages_with_all_that_made_it(room: Room) -> None:
    turn = await exchange(room)
    for ts in ANSWERED_AT:
        found = await shown(room, ts)
        assert found is not None
        assert (found.turn_id, found.thread, found.place) == (turn.id, thread(), Place.CHANNEL)
        assert found.asker_id == "UADA"
        assert found.sent == SENT
        assert found.included == making(*turn.questions).included
        assert [each.text for each in found.messages] == ["q"]
        assert (found.answer.text, found.answer.role) == ("Yes.", Role.ASSISTANT)
        assert found.usage == ANSWER.usage
        assert found.exact
        assert found.remembered


async def test_a_message_that_is_no_answer_of_ours_shows_nothing(room: Room) -> None:
    await exchange(room)
    assert await shown(room, slack_ts(1)) is None
    assert await StoredAnswers(room.database).shown("T2", CHANNEL, ANSWERED_AT[0]) is None
    assert await StoredAnswers(room.database).shown(TEAM, "C2", ANSWERED_AT[0]) is None
    assert await StoredAnswers(room.database).latest(thread(7)) is None


async def test_a_turn_that_failed_shows_nothing(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, ANSWERED_AT[0])
    assert await shown(room) is None
    await room.turns.finish(turn.lease, Move.FAIL, "busy")
    assert await shown(room) is None


async def test_an_answer_that_is_just_being_shown_has_its_making_already(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, ANSWERED_AT[0])
    await room.turns.record(turn.lease, ANSWER, making(*turn.questions))
    assert await shown(room) is not None


async def test_what_was_deleted_or_edited_since_keeps_its_place_and_the_request_is_not_exact(
    room: Room,
) -> None:
    await room.store(question(-2, "deleted"), question(-1, "edited"))
    earlier = await room.claim()
    await room.answer(earlier)
    turn = await exchange(room, includes=earlier.questions)
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(-2))
    await room.conversations.edit(TEAM, CHANNEL, slack_ts(-1), "other words")
    found = await shown(room)
    assert found is not None
    assert [(each.text, each.deleted, each.edited) for each in found.messages] == [
        ("", True, False),
        ("other words", False, True),
        ("q", False, False),
    ]
    assert [each.id for each in found.messages] == list(found.included.messages)
    assert found.messages[-1].id == turn.questions[0].id
    assert not found.exact


async def test_an_answer_before_the_clearing_is_shown_but_remembered_no_more(room: Room) -> None:
    await exchange(room)
    await room.conversations.clear(thread(), erase=True)
    found = await shown(room)
    assert found is not None
    assert not found.remembered
    assert not found.exact
    assert (found.answer.text, found.answer.deleted) == ("", True)
    assert await StoredAnswers(room.database).latest(thread()) is None


async def test_the_latest_is_the_threads_last_answer(room: Room) -> None:
    await exchange(room)
    await room.exchange(20, "next", "And again.")
    await room.store(question(30, "under way"))
    await room.claim()
    latest = await StoredAnswers(room.database).latest(thread())
    assert latest is not None
    assert latest.answer.text == "And again."


async def test_the_conversation_so_far_is_what_the_next_question_would_find(room: Room) -> None:
    await exchange(room)
    await room.exchange(20, "next", "And again.")
    past = await room.conversations.so_far(thread(), 3)
    assert [each.text for each in past.messages] == ["Yes.", "next", "And again."]
    assert past.earlier == 1
    assert (await room.conversations.so_far(thread(7), 3)).total == 0


async def test_an_answer_made_again_has_what_made_it_last(room: Room) -> None:
    await room.store(question(1, "q"))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, ANSWERED_AT[0])
    await room.turns.record(turn.lease, Answer("gpt", "first"), making(*turn.questions, version=1))
    await room.turns.record(turn.lease, Answer("gpt", "second"), making(*turn.questions, version=2))
    found = await shown(room)
    assert found is not None
    assert (found.answer.text, found.included.setup_version) == ("second", 2)
