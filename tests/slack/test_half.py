"""Half an answer stays as an earlier attempt showed it, and says under it why it is half."""

import asyncio
from dataclasses import replace

from bot.playground.workspace import Message
from bot.playground.workspace.faults import Moment
from bot.slack.answer_row.row import STOP
from bot.slack.session import METHOD
from tests.slack.desk import ANSWER, LONG, Desk, desk, short_pages, streamed
from tests.slack.virtual_time import in_virtual_time

CODE = "Like this:\n```python\nprint(1)"
NOTE = "_Stopped._"


async def begun(d: Desk, asked: Message, words: str = ANSWER[:40]) -> list[str]:
    """What stands once a first attempt broke off."""
    reply = d.reply(d.turn(asked))
    reply.write(words)
    await asyncio.sleep(30)
    await reply.abandon()
    return d.answers(asked)


async def left(d: Desk, asked: Message, attempt: int = 2) -> str | None:
    """What a later attempt finds, and lets stand."""
    turn = d.turn(asked, attempt=attempt, reply_ts=tuple(dict.fromkeys(d.kept)))
    return await d.reply(turn).leave("Stopped.")


@in_virtual_time
async def test_the_note_comes_with_the_end_of_the_stream() -> None:
    async with desk() as d:
        [half] = await begun(d, asked := d.asks())
        assert await left(d, asked) == half
        assert d.answers(asked) == [f"{half}\n\n{NOTE}"]
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_the_note_stands_outside_of_any_code() -> None:
    async with desk() as d:
        await begun(d, asked := d.asks(), CODE)
        assert await left(d, asked) == CODE
        assert d.answers(asked) == [f"{CODE}\n```\n\n{NOTE}"]


@in_virtual_time
async def test_the_note_follows_a_stream_that_slack_has_ended() -> None:
    async with desk() as d:
        [half] = await begun(d, asked := d.asks())
        d.theirs.stop("ada", asked.channel, asked.ts)
        assert await left(d, asked) == half
        assert d.answers(asked) == [half, NOTE]


@in_virtual_time
async def test_a_message_that_was_edited_so_far_loses_its_stop_button() -> None:
    async with desk() as d:
        d.theirs.faults.refuse(METHOD, "not_authorized")
        d.reply(d.turn(d.asks())).think()
        await asyncio.sleep(5)
        [half] = await begun(d, asked := d.asks())
        message = d.theirs.record.history.thread(asked.channel, asked.ts)[-1]
        assert STOP in str(message.blocks)
        assert await left(d, asked) == half
        assert d.answers(asked) == [f"{half}\n\n{NOTE}"]
        assert STOP not in str(d.theirs.current(message).blocks)


@in_virtual_time
async def test_all_parts_of_a_long_half_stay() -> None:
    async with desk(stream_limits=short_pages()) as d:
        parts = await begun(d, asked := d.asks(), LONG)
        assert len(parts) > 2
        assert await left(d, asked) == "\n\n".join(parts)
        assert d.answers(asked) == [*parts[:-1], f"{parts[-1]}\n\n{NOTE}"]
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_the_note_comes_once_whatever_becomes_of_the_attempt_that_wrote_it() -> None:
    async with desk() as d:
        [half] = await begun(d, asked := d.asks())
        await left(d, asked)
        assert await left(d, asked, attempt=3) == half
        assert d.answers(asked) == [f"{half}\n\n{NOTE}"]


@in_virtual_time
async def test_the_note_comes_once_under_a_stream_that_slack_has_ended() -> None:
    async with desk() as d:
        [half] = await begun(d, asked := d.asks())
        d.theirs.stop("ada", asked.channel, asked.ts)
        await left(d, asked)
        assert await left(d, asked, attempt=3) == half
        assert d.answers(asked) == [half, NOTE]


@in_virtual_time
async def test_a_half_whose_stream_slack_has_ended_is_not_taken_for_the_next_answers() -> None:
    async with desk() as d:
        asked = d.asks()
        later = d.theirs.post("ada", asked.channel, "and this?", thread_ts=asked.ts)
        [half] = await begun(d, asked)
        d.theirs.stop("ada", asked.channel, asked.ts)
        await left(d, asked)
        d.theirs.faults.drop_answer("chat.startStream", moment=Moment.BEFORE)
        turn = replace(d.turn(later, turn_id=8), others=frozenset(d.kept))
        await streamed(d.reply(turn), ANSWER)
        assert d.answers(asked) == [half, NOTE, ANSWER]


@in_virtual_time
async def test_what_slack_does_not_hand_out_stays_all_the_same() -> None:
    async with desk() as d:
        [half] = await begun(d, asked := d.asks())
        d.theirs.faults.refuse("conversations.replies", "missing_scope")
        assert await left(d, asked) == ""
        assert d.answers(asked) == [f"{half}\n\n{NOTE}"]


@in_virtual_time
async def test_where_nothing_stands_there_is_nothing_to_leave() -> None:
    async with desk() as d:
        asked = d.asks()
        assert await left(d, asked) is None
        await begun(d, asked)
        d.theirs.delete(d.theirs.record.history.thread(asked.channel, asked.ts)[-1])
        assert await left(d, asked) is None
        assert d.answers(asked) == []


@in_virtual_time
async def test_a_stream_without_room_for_the_note_ends_and_the_note_follows() -> None:
    async with desk() as d:
        [half] = await begun(d, asked := d.asks())
        d.theirs.faults.answer_error("chat.stopStream", "msg_too_long", times=1)
        assert await left(d, asked) == half
        assert d.answers(asked) == [half, NOTE]
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_a_message_whose_ts_was_never_stored_stays_with_the_note() -> None:
    async with desk() as d:
        asked = d.asks()
        hold = d.theirs.faults.hold("chat.startStream", Moment.AFTER)
        first = d.reply(d.turn(asked))
        first.write(ANSWER[:40])
        await hold.arrived.wait()
        await first.abandon()
        hold.release(drop=True)
        assert d.kept == []
        [half] = d.answers(asked)
        assert await left(d, asked) == half
        assert d.answers(asked) == [f"{half}\n\n{NOTE}"]
        assert not d.is_streaming(asked)
