"""Streams that die and answers that get lost: the text stands whole, and once."""

import asyncio

import pytest

from bot.playground.workspace import Limits
from bot.playground.workspace.faults import Moment
from tests.slack.desk import ANSWER, LONG, desk, short_pages, streamed
from tests.slack.virtual_time import in_virtual_time

DEATHS = ["message_not_in_streaming_state", "msg_too_long", "streaming_state_conflict", "internal_error"]


@pytest.mark.parametrize("error", DEATHS)
@pytest.mark.parametrize("method", ["chat.appendStream", "chat.stopStream"])
@in_virtual_time
async def test_a_stream_that_dies_leaves_the_whole_text_once(error: str, method: str) -> None:
    async with desk() as d:
        d.theirs.faults.answer_error(method, error)
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=0.2)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_a_stream_that_slack_ended_goes_on_as_an_edited_message() -> None:
    async with desk(limits=Limits(stream_life=3.0)) as d:
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=1.0)
        assert d.answers(asked) == [ANSWER]
        assert "chat.update" in d.methods()


@in_virtual_time
async def test_a_stream_is_ended_by_us_before_slack_would() -> None:
    async with desk() as d:
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), LONG, every=3.0)
        assert d.answers(asked) == [LONG]
        assert not any(call.error for call in d.theirs.calls.of())


@in_virtual_time
async def test_a_stream_that_takes_less_than_expected_is_edited_instead() -> None:
    async with desk(limits=Limits(stream_text=700)) as d:
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), LONG, every=0.1)
        assert d.answers(asked) == [LONG]


@pytest.mark.parametrize("method", ["chat.startStream", "chat.postMessage"])
@pytest.mark.parametrize("trouble", ["busy", "broken"])
@in_virtual_time
async def test_a_lost_message_that_slack_lets_nobody_look_for_does_not_stay_beside_the_answer(
    method: str, trouble: str
) -> None:
    async with desk() as d:
        if method == "chat.postMessage":
            d.theirs.faults.refuse("chat.startStream")
        d.theirs.faults.drop_answer(method)
        if trouble == "busy":
            d.theirs.faults.limit("conversations.replies", 1, times=6)
        else:
            d.theirs.faults.answer_error("conversations.replies", "internal_error", times=2)
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=0.5)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)


@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER])
@in_virtual_time
async def test_a_lost_answer_of_a_stream_doubles_nothing(method: str, moment: Moment) -> None:
    async with desk() as d:
        d.theirs.faults.drop_answer(method, moment=moment)
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=0.3)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)
        assert len(d.kept) == 1


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER])
@in_virtual_time
async def test_a_lost_answer_of_an_edited_message_doubles_nothing(method: str, moment: Moment) -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream")
        d.theirs.faults.drop_answer(method, moment=moment)
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=0.3)
        assert d.answers(asked) == [ANSWER]
        assert len(d.kept) == 1


@in_virtual_time
async def test_a_stream_that_cannot_be_stopped_at_first_is_stopped_before_it_is_edited() -> None:
    async with desk() as d:
        d.theirs.faults.drop_answer("chat.stopStream", times=2, moment=Moment.BEFORE)
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=0.2)
        assert d.answers(asked) == [ANSWER]
        assert "streaming_state_conflict" in {call.error for call in d.theirs.calls.of("chat.update")}
        assert not d.is_streaming(asked)


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("method", ["chat.stopStream", "chat.appendStream"])
@in_virtual_time
async def test_no_page_streams_on_beside_the_next(method: str, times: int) -> None:
    async with desk(stream_limits=short_pages()) as d:
        d.theirs.faults.drop_answer(method, times=times, moment=Moment.BEFORE)
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write(LONG)
        await asyncio.sleep(60)
        await reply.finish(LONG)
        assert "\n\n".join(d.answers(asked)) == LONG
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_a_stop_that_slack_stays_too_busy_for_is_made_sure_of() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write(ANSWER)
        await asyncio.sleep(5)
        d.theirs.faults.limit("chat.stopStream", 1, times=12)
        await reply.finish(ANSWER)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_after_a_lost_append_nothing_more_is_appended() -> None:
    async with desk() as d:
        d.theirs.faults.drop_answer("chat.appendStream")
        await streamed(d.reply(d.turn(d.asks())), ANSWER, every=0.3)
        assert d.methods().count("chat.appendStream") == 1
