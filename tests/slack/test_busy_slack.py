"""A busy Slack: rates are kept, ends pass progress, and every text arrives."""

import asyncio
from itertools import pairwise

import pytest

from tests.slack.desk import ANSWER, LONG, desk, streamed
from tests.slack.virtual_time import in_virtual_time, now


@in_virtual_time
async def test_a_limited_append_waits_and_the_end_does_not() -> None:
    async with desk() as d:
        d.theirs.faults.limit("chat.appendStream", 30)
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        started = now()
        await streamed(reply, ANSWER, every=0.3)
        assert d.answers(asked) == [ANSWER]
        assert now() - started < 10
        assert d.methods().count("chat.appendStream") == 1


@pytest.mark.parametrize("method", ["chat.stopStream", "chat.postMessage"])
@in_virtual_time
async def test_a_limited_end_comes_when_slack_allows_it(method: str) -> None:
    async with desk() as d:
        d.theirs.faults.limit(method, 30, times=2)
        asked = d.asks()
        if method == "chat.postMessage":
            await d.reply(d.turn(asked)).finish(ANSWER)
        else:
            await streamed(d.reply(d.turn(asked)), ANSWER)
        at = [call.at for call in d.theirs.calls.of(method)]
        assert [round(later - earlier) for earlier, later in pairwise(at)] == [30, 30]
        assert d.answers(asked) == [ANSWER]


@in_virtual_time
async def test_a_start_that_would_wait_gives_way_to_an_edited_message() -> None:
    async with desk() as d:
        d.theirs.faults.limit("chat.startStream", 40)
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write("There are two models ")
        await asyncio.sleep(1)
        assert d.answers(asked) == ["There are two models"]
        await reply.finish(ANSWER)
        assert d.answers(asked) == [ANSWER]


@in_virtual_time
async def test_of_many_that_begin_at_the_same_moment_none_waits_a_minute_for_its_first_words() -> None:
    async with desk() as d:
        questions = [d.asks() for _ in range(30)]
        replies = [d.reply(d.turn(asked, turn_id=n)) for n, asked in enumerate(questions)]
        for reply in replies:
            reply.write("There are two models ")
        await asyncio.sleep(15)
        assert [d.answers(asked) for asked in questions] == [["There are two models"]] * 30
        assert d.methods().count("chat.startStream") == 20


@in_virtual_time
async def test_twenty_answers_at_once_are_never_limited_and_arrive_whole() -> None:
    async with desk() as d:
        d.theirs.rates.enforced = True
        d.theirs.faults.answers_in = 0.05
        questions = [d.asks() for _ in range(20)]
        replies = [d.reply(d.turn(asked, turn_id=n)) for n, asked in enumerate(questions)]
        await asyncio.gather(*(streamed(reply, LONG, every=0.1) for reply in replies))
        assert [d.answers(asked) for asked in questions] == [[LONG]] * 20
        assert d.theirs.calls.limited() == 0


@in_virtual_time
async def test_sixty_answers_at_once_are_edited_where_streams_are_scarce() -> None:
    async with desk() as d:
        d.theirs.rates.enforced = True
        questions = [d.asks() for _ in range(60)]
        replies = [d.reply(d.turn(asked, turn_id=n)) for n, asked in enumerate(questions)]
        await asyncio.gather(*(streamed(reply, ANSWER, every=0.5) for reply in replies))
        assert [d.answers(asked) for asked in questions] == [[ANSWER]] * 60
        assert d.theirs.calls.limited() == 0


@in_virtual_time
async def test_a_storm_of_limits_costs_no_text_and_ends_soon_after_it() -> None:
    async with desk() as d:
        for method in ("chat.startStream", "chat.appendStream", "chat.stopStream", "chat.update"):
            d.theirs.faults.limit(method, 30, times=4, every=2)
        questions = [d.asks() for _ in range(5)]
        replies = [d.reply(d.turn(asked, turn_id=n)) for n, asked in enumerate(questions)]
        await asyncio.gather(*(streamed(reply, LONG, every=0.2) for reply in replies))
        assert [d.answers(asked) for asked in questions] == [[LONG]] * 5
        for method in {call.method for call in d.theirs.calls.of() if call.status == 429}:
            calls = d.theirs.calls.of(method)
            for refused in (call for call in calls if call.status == 429):
                later = [call.at - refused.at for call in calls if call.number > refused.number]
                assert not any(1 < wait < 29.9 for wait in later)
