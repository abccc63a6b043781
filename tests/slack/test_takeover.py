"""An attempt that broke leaves messages in the thread; the next one writes on there."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import LeaseLost, SlackUnwilling
from bot.playground.workspace.faults import Moment
from tests.slack.desk import ANSWER, LONG, desk, short_pages
from tests.slack.virtual_time import in_virtual_time


@in_virtual_time
async def test_a_reply_that_broke_off_becomes_the_whole_answer() -> None:
    async with desk() as d:
        asked = d.asks()
        first = d.reply(d.turn(asked))
        first.write(ANSWER[:40])
        await asyncio.sleep(1)
        await first.abandon()

        again = d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept)))
        again.write(ANSWER[:50])
        await asyncio.sleep(3)
        await again.finish(ANSWER)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)


@pytest.mark.parametrize("ending", ["finish", "fail"])
@in_virtual_time
async def test_who_thaws_after_the_lease_was_lost_writes_nothing_more(ending: str) -> None:
    async with desk() as d:
        asked = d.asks()
        held = [True]
        reply = d.reply(replace(d.turn(asked), held=lambda: held[0]))
        reply.write(ANSWER[:40])
        await asyncio.sleep(3)
        calls = d.methods()
        held[0] = False
        reply.write(ANSWER[40:])
        await asyncio.sleep(30)
        with pytest.raises(LeaseLost):
            await getattr(reply, ending)(ANSWER)
        await reply.abandon()
        assert d.methods() == calls


@in_virtual_time
async def test_who_lost_the_lease_while_waiting_for_a_rate_writes_nothing() -> None:
    async with desk() as d:
        asked, held = d.asks(), [True]
        d.theirs.faults.limit("chat.postMessage", 30)
        ending = asyncio.create_task(d.reply(replace(d.turn(asked), held=lambda: held[0])).finish(ANSWER))
        await asyncio.sleep(10)
        held[0] = False
        with pytest.raises(LeaseLost):
            await ending
        assert d.answers(asked) == []


@pytest.mark.parametrize("tells", ["help", "whisper"])
@in_virtual_time
async def test_who_lost_the_lease_while_waiting_for_a_rate_tells_nobody_anything(tells: str) -> None:
    async with desk() as d:
        asked, held = d.asks(), [True]
        turn = replace(d.turn(asked), held=lambda: held[0])
        d.theirs.faults.limit("chat.postEphemeral", 30)
        telling = asyncio.create_task(
            d.slack.help(turn) if tells == "help" else d.slack.whisper(turn, turn.recipient_id, "Kept.")
        )
        await asyncio.sleep(10)
        held[0] = False
        with pytest.raises(LeaseLost):
            await telling
        assert d.answers(asked, "ada") == []


@in_virtual_time
async def test_an_attempt_that_slack_does_not_let_look_leaves_it_to_the_next() -> None:
    async with desk() as d:
        asked = d.asks()
        hold = d.theirs.faults.hold("chat.startStream", Moment.AFTER)
        first = d.reply(d.turn(asked))
        first.write(ANSWER[:40])
        await hold.arrived.wait()
        await first.abandon()
        hold.release(drop=True)

        d.theirs.faults.limit("conversations.replies", 1, times=6)
        with pytest.raises(SlackUnwilling):
            await d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept))).finish(ANSWER)
        await d.reply(d.turn(asked, attempt=3, reply_ts=tuple(d.kept))).finish(ANSWER)
        assert d.answers(asked) == [ANSWER]


@pytest.mark.parametrize("method", ["chat.startStream", "chat.postMessage"])
@in_virtual_time
async def test_a_message_whose_ts_was_never_stored_is_found(method: str) -> None:
    async with desk() as d:
        if method == "chat.postMessage":
            d.theirs.faults.refuse("chat.startStream")
        asked = d.asks()
        hold = d.theirs.faults.hold(method, Moment.AFTER)
        first = d.reply(d.turn(asked))
        first.write(ANSWER[:40])
        await hold.arrived.wait()
        await first.abandon()
        hold.release(drop=True)
        assert d.kept == []
        left = [shown.ts for shown in d.theirs.see(asked.channel, asked.ts)]

        await d.reply(d.turn(asked, attempt=2)).finish(ANSWER)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)
        assert [shown.ts for shown in d.theirs.see(asked.channel, asked.ts)] == left
        assert d.kept == left[1:]


@in_virtual_time
async def test_what_comes_late_from_a_dead_attempt_is_swept_away() -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream")
        asked = d.asks()
        hold = d.theirs.faults.hold("chat.postMessage", Moment.BEFORE)
        first = d.reply(d.turn(asked))
        first.write(ANSWER[:40])
        await hold.arrived.wait()
        await first.abandon()

        again = d.reply(d.turn(asked, attempt=2))
        again.write(ANSWER[:50])
        await asyncio.sleep(1)
        hold.release()
        await asyncio.sleep(1)
        assert len(d.answers(asked)) == 2
        await again.finish(ANSWER)
        assert d.answers(asked) == [ANSWER]


@in_virtual_time
async def test_what_an_earlier_turn_answered_is_left_alone() -> None:
    async with desk() as d:
        asked = d.asks()
        later = d.theirs.post("ada", "general", "and this?", thread_ts=asked.ts)
        await d.reply(d.turn(asked, turn_id=1)).finish("The first answer, which came after both questions.")
        d.kept.clear()
        await d.reply(d.turn(later, turn_id=2, attempt=2)).finish(ANSWER)
        assert d.answers(asked) == ["The first answer, which came after both questions.", ANSWER]


@in_virtual_time
async def test_what_an_earlier_turn_left_half_written_is_left_alone() -> None:
    async with desk() as d:
        asked = d.asks()
        later = d.theirs.post("ada", "general", "and this?", thread_ts=asked.ts)
        broken = d.reply(d.turn(asked, turn_id=1))
        broken.write(ANSWER[:40])
        await asyncio.sleep(1)
        await broken.abandon()
        left = d.answers(asked)
        turn = replace(d.turn(later, turn_id=2, attempt=2), others=frozenset(d.kept))
        await d.reply(turn).finish("Yes.")
        assert d.answers(asked) == [*left, "Yes."]


@in_virtual_time
async def test_what_the_earlier_attempt_had_too_much_is_deleted() -> None:
    async with desk(stream_limits=short_pages()) as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(LONG)
        assert len(d.answers(asked)) > 2
        await d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept))).finish(ANSWER)
        assert d.answers(asked) == [ANSWER]


@in_virtual_time
async def test_what_the_earlier_attempt_had_too_little_is_posted() -> None:
    async with desk(stream_limits=short_pages()) as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(ANSWER)
        await d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept))).finish(LONG)
        assert "\n\n".join(d.answers(asked)) == LONG


@in_virtual_time
async def test_a_message_that_is_gone_is_posted_anew() -> None:
    async with desk() as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish("Half an answer")
        d.theirs.delete(d.theirs.record.history.thread(asked.channel, asked.ts)[-1])
        await d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept))).finish(ANSWER)
        assert d.answers(asked) == [ANSWER]


@in_virtual_time
async def test_a_second_attempt_that_fails_leaves_only_its_sentence() -> None:
    async with desk() as d:
        asked = d.asks()
        first = d.reply(d.turn(asked))
        first.write(ANSWER[:40])
        await asyncio.sleep(1)
        await first.abandon()
        await d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept))).fail("I could not answer.")
        assert d.answers(asked) == ["I could not answer."]


@in_virtual_time
async def test_one_message_that_stays_keeps_no_other_from_being_taken_back() -> None:
    async with desk(stream_limits=short_pages()) as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(LONG)
        first, *others = d.answers(asked)
        assert others
        d.theirs.faults.answer_error("chat.delete", "cant_delete_message")
        again = d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept)))
        with pytest.raises(SlackUnwilling, match="cant_delete_message"):
            await again.withdraw()
        assert d.answers(asked) == [first]


@pytest.mark.parametrize("ended", [True, False])
@in_virtual_time
async def test_what_slack_starts_late_is_waited_for_only_where_nobody_asks_any_more(ended: bool) -> None:
    async with desk() as d:
        asked = d.asks()
        hold = d.theirs.faults.hold("chat.startStream")
        first = d.reply(d.turn(asked))
        first.write(ANSWER[:40])
        await hold.arrived.wait()
        await first.abandon()

        again = d.reply(replace(d.turn(asked, attempt=2), ended=ended))
        withdrawing = asyncio.create_task(again.withdraw())
        await asyncio.sleep(1)
        assert withdrawing.done() is not ended
        hold.release()
        await asyncio.sleep(15)
        assert withdrawing.done()
        assert len(d.answers(asked)) == (0 if ended else 1)
