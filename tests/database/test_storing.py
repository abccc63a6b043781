from bot.chat.messages import Role
from bot.chat.threads import Place
from tests.database.rooms import TEAM, Room, opened, question, slack_ts, thread


async def test_a_stored_message_is_the_question_of_its_threads_turn(room: Room) -> None:
    room.clock.now = 1_700_000_123.5
    await room.store(question(1, "Which one?", author="U7", author_team="T9"))
    turn = await room.claim()
    (asked,) = turn.questions
    assert (asked.role, asked.author_id, asked.ts, asked.text) == (Role.USER, "U7", slack_ts(1), "Which one?")
    assert (asked.tokens, asked.encoding, asked.deleted) == (None, None, False)
    assert (turn.thread, turn.place, turn.waited_since) == (thread(), Place.CHANNEL, 1_700_000_123.5)


async def test_a_redelivered_message_is_the_same_message(room: Room) -> None:
    await room.store(question(1))
    assert not await room.conversations.store(question(1))
    turn = await room.claim()
    assert not await room.conversations.store(question(1))
    assert len(turn.questions) == 1
    assert await room.turns.claim(10) == ()


async def test_a_message_is_known_again_even_under_another_thread(room: Room) -> None:
    await room.store(question(1))
    assert not await room.conversations.store(question(1, within=thread(5)))


async def test_the_same_ts_in_another_channel_or_team_is_another_message(room: Room) -> None:
    await room.store(
        question(1), question(1, within=thread(channel="C2")), question(1, within=thread(team="T2"))
    )
    assert len(await room.turns.claim(10)) == 2


async def test_a_deleted_message_is_not_brought_back_by_a_redelivery(room: Room) -> None:
    await room.store(question(1))
    await room.conversations.delete(TEAM, "C1", slack_ts(1))
    assert not await room.conversations.store(question(1))
    assert (await room.claim()).questions[0].text == ""


async def test_what_waits_together_is_one_turn_in_the_order_of_slacks_timestamps(room: Room) -> None:
    await room.store(question(3, "c"), question(1, "a", author="U2"), question(2, "b"))
    turn = await room.claim()
    assert [message.text for message in turn.questions] == ["a", "b", "c"]


async def test_the_recipient_is_who_asked_last(room: Room) -> None:
    await room.store(question(3, author="U3", author_team="T3"), question(1, author="U1"))
    turn = await room.claim()
    assert (turn.recipient_id, turn.recipient_team_id) == ("U3", "T3")


async def test_an_unknown_home_team_is_ours(room: Room) -> None:
    await room.store(question(1, author_team=None))
    assert (await room.claim()).recipient_team_id == TEAM


async def test_a_message_after_the_claim_joins_the_next_turn_even_with_an_older_ts(room: Room) -> None:
    await room.store(question(5, "late"))
    first = await room.claim()
    await room.store(question(2, "older"), question(6, "newer"))
    assert await room.turns.claim(10) == ()
    await room.answer(first)
    second = await room.claim()
    assert [message.text for message in second.questions] == ["older", "newer"]
    assert second.id > first.id


async def test_only_who_mentioned_confab_in_this_thread_has_asked(room: Room) -> None:
    await room.store(question(1, author="U1", mentioned=True), question(2, author="U2"))
    assert await room.conversations.has_asked(thread(), "U1")
    assert not await room.conversations.has_asked(thread(), "U2")
    assert not await room.conversations.has_asked(thread(7), "U1")
    assert not await room.conversations.has_asked(thread(team="T2"), "U1")


async def test_who_asks_is_no_asker_of_what_they_wrote_before(room: Room) -> None:
    await room.store(question(5, author="U1", mentioned=True))
    assert not await room.conversations.has_asked(thread(), "U1", before=slack_ts(4))
    assert await room.conversations.has_asked(thread(), "U1", before=slack_ts(6))
    await room.store(question(3, author="U1", mentioned=True), question(9, author="U1", mentioned=True))
    assert await room.conversations.has_asked(thread(), "U1", before=slack_ts(4))


async def test_a_mention_is_remembered_though_its_message_was_stored_before(room: Room) -> None:
    await room.store(question(1))
    await room.conversations.store(question(1, mentioned=True))
    await room.conversations.store(question(1, mentioned=True))
    assert await room.conversations.has_asked(thread(), "U1")


async def test_a_blank_message_is_a_bare_mention(room: Room) -> None:
    await room.store(question(1, " \n\u2003"))
    turn = await room.claim()
    assert (turn.questions[0].text, turn.asks) == ("", ())


async def test_what_was_stored_outlives_the_process(room: Room, database_url: str) -> None:
    await room.store(question(1))
    await room.database.close()
    async with opened(database_url) as again:
        assert (await again.claim()).questions[0].text == "Which one?"
