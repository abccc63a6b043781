"""A deleted root takes a running turn from its holder, and leaves it to the next claim."""

import pytest

from bot.chat.turns import Move
from bot.database.again import StoredAgain
from bot.database.ending import SETTLING
from bot.errors import LeaseLost
from tests.database.rooms import Room, question, slack_ts, thread


async def test_what_ran_is_left_to_another_with_nothing_asked_and_all_that_it_showed(room: Room) -> None:
    await room.store(question(1))
    held = await room.claim()
    await room.turns.add_reply_part(held.lease, slack_ts(2))
    assert await room.conversations.end(thread(), "")
    with pytest.raises(LeaseLost):
        await room.turns.add_reply_part(held.lease, slack_ts(3))
    room.clock.pass_(SETTLING)
    (again,) = await room.worker().claim(10)
    assert (again.id, again.asks, again.reply_ts) == (held.id, (), (slack_ts(2),))
    assert (again.ended, again.resumed, again.spent) == (True, True, held.spent)


async def test_its_holder_has_a_moment_to_notice_before_another_claims_it(room: Room) -> None:
    await room.store(question(1))
    await room.claim()
    await room.conversations.end(thread(), "")
    room.clock.pass_(SETTLING - 0.1)
    assert await room.turns.claim(10) == ()


async def test_a_deletion_told_of_again_while_nobody_holds_it_puts_nothing_off(room: Room) -> None:
    await room.store(question(1))
    held = await room.claim()
    await room.conversations.end(thread(), "")
    room.clock.pass_(SETTLING)
    await room.conversations.end(thread(), "")
    assert (await room.claim()).spent == held.spent


async def test_a_turn_in_which_somebody_asked_since_keeps_its_holder_and_that_question(room: Room) -> None:
    await room.store(question(1, "before"), question(3, "since", mentioned=True))
    held = await room.claim()
    assert await room.conversations.end(thread(), slack_ts(2))
    assert await room.turns.lost((held.lease,)) == frozenset()
    await room.answer(held)
    assert await room.past() == ["since", "Yes."]


async def test_what_was_asked_since_waits_for_what_ran_and_is_then_asked(room: Room) -> None:
    await room.store(question(1, "before"))
    await room.claim()
    await room.store(question(2, "waiting"), question(4, "since", mentioned=True))
    await room.conversations.end(thread(), slack_ts(3))
    room.clock.pass_(SETTLING)
    ran = await room.claim()
    assert (ran.asks, ran.ended) == ((), False)
    await room.turns.finish(ran.lease, Move.DROP, "dropped")
    assert [each.text for each in (await room.claim()).asks] == ["since"]


async def test_an_answer_that_was_being_replaced_is_gone_with_its_thread(room: Room) -> None:
    first = await room.exchange(1, "q", "a")
    assert await StoredAgain(room.database, room.clock).reopen(first.id, "U1") is None
    await room.claim()
    await room.conversations.end(thread(), "")
    room.clock.pass_(SETTLING)
    again = await room.claim()
    assert (again.earlier, again.asks, again.resumed, again.spent) == (None, (), True, 1)
