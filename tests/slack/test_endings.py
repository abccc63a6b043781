"""How a reply ends that does not simply end well."""

import asyncio

import pytest

from bot.errors import AnswerEmpty, LeaseLost, SlackUnwilling
from tests.slack.desk import ANSWER, LONG, desk
from tests.slack.virtual_time import in_virtual_time


@in_virtual_time
async def test_a_failure_before_the_first_word_is_the_whole_reply() -> None:
    async with desk() as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).fail("The model took too long to answer.")
        assert d.answers(asked) == ["The model took too long to answer."]


@in_virtual_time
async def test_a_failure_in_the_middle_stands_under_what_was_shown() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write("Here is some code:\n```python\nprint(1)")
        await asyncio.sleep(1)
        await reply.fail("My answer broke off here.")
        assert d.answers(asked) == [
            "Here is some code:\n```python\nprint(1)\n```\n\n_My answer broke off here._"
        ]
        assert not d.is_streaming(asked)


@in_virtual_time
async def test_what_must_not_be_seen_is_taken_away() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write("Something that the filter ")
        await asyncio.sleep(1)
        await reply.fail("The filter stopped my answer.", redact=True)
        assert d.answers(asked) == ["The filter stopped my answer."]


@in_virtual_time
async def test_a_note_stands_under_the_answer() -> None:
    async with desk() as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(ANSWER, note="Cut at 800 tokens.")
        assert d.answers(asked) == [f"{ANSWER}\n\n_Cut at 800 tokens._"]


@pytest.mark.parametrize("answer", ["\u200b", "\u00a0\n\u00a0", "\x00\x01", "<!date^1>", "\u200b " * 300])
@pytest.mark.parametrize("channel", ["general", "direct"])
@in_virtual_time
async def test_an_answer_that_nobody_could_see_is_said_to_be_none(channel: str, answer: str) -> None:
    async with desk() as d:
        asked = d.asks(channel)
        reply = d.reply(d.turn(asked))
        reply.write(answer)
        await asyncio.sleep(5)
        assert d.answers(asked) == []
        await reply.finish(answer)
        assert d.answers(asked) == [AnswerEmpty().sentence]


@in_virtual_time
async def test_an_abandoned_reply_makes_no_more_calls() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write(LONG)
        await asyncio.sleep(0.3)
        await reply.abandon()
        before = d.methods()
        reply.write(LONG)
        await asyncio.sleep(60)
        assert d.methods() == before
        assert d.is_streaming(asked)


@in_virtual_time
async def test_a_reply_whose_lease_is_lost_ends() -> None:
    async with desk() as d:
        asked = d.asks()

        async def keep(_ts: str) -> None:
            raise LeaseLost

        reply = d.slack.reply(d.turn(asked), "Confab", keep)
        reply.write("There are two models of it. ")
        await asyncio.sleep(5)
        reply.write("And then some more of it. ")
        await asyncio.sleep(5)
        assert d.methods() == ["chat.startStream"]
        with pytest.raises(LeaseLost):
            await reply.finish(ANSWER)
        assert d.methods() == ["chat.startStream"]


@in_virtual_time
async def test_an_answer_that_people_delete_while_it_is_written_stays_deleted() -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream")
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write("There are two models of it. ")
        await asyncio.sleep(1)
        d.theirs.delete(d.theirs.record.history.thread(asked.channel, asked.ts)[-1])
        reply.write("The first is small. ")
        await asyncio.sleep(5)
        await reply.finish(ANSWER)
        assert d.answers(asked) == []


@in_virtual_time
async def test_a_channel_that_is_closed_is_an_error_for_the_worker() -> None:
    async with desk() as d:
        asked = d.asks()
        d.theirs.archive("general")
        reply = d.reply(d.turn(asked))
        reply.write("There are two models of it. ")
        await asyncio.sleep(1)
        with pytest.raises(SlackUnwilling, match="is_archived"):
            await reply.finish(ANSWER)
