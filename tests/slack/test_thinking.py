"""The line that bridges the wait for a slow model, and never outlives it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time

METHOD = "assistant.threads.setStatus"
ANSWER = "The Series X is the newest."


BEFORE = 2


@asynccontextmanager
async def desk_without_sessions() -> AsyncIterator[Desk]:
    """Slack has refused a session once: `BEFORE` are the calls until then."""
    async with desk() as d:
        d.theirs.faults.refuse("agents.sessions.setStatus", "not_authorized")
        reply = d.reply(d.turn(d.asks("general", "@Confab hello")))
        reply.think()
        await reply.finish(ANSWER)
        yield d


def line(d: Desk, channel: str, root_ts: str) -> str:
    session = d.theirs.surfaces.session(channel, root_ts)
    return session.line if session else ""


@in_virtual_time
async def test_while_a_slow_model_is_silent_people_see_that_somebody_is_at_it() -> None:
    async with desk_without_sessions() as d:
        asked = d.asks("general", "@Confab hello")
        reply = d.reply(d.turn(asked))
        reply.think()
        await asyncio.sleep(1.2)
        assert line(d, asked.channel, asked.ts) == "is thinking…"
        reply.write(ANSWER)
        await reply.finish(ANSWER)
        assert line(d, asked.channel, asked.ts) == ""
        assert d.answers(asked) == [ANSWER]


@in_virtual_time
async def test_a_model_that_answers_at_once_costs_no_call_more() -> None:
    async with desk_without_sessions() as d:
        asked = d.asks("general", "@Confab hello")
        reply = d.reply(d.turn(asked))
        reply.think()
        await reply.finish(ANSWER)
        await asyncio.sleep(5)
        assert d.methods()[BEFORE:] == ["chat.postMessage"]


@in_virtual_time
async def test_the_line_never_comes_after_the_answer() -> None:
    async with desk_without_sessions() as d:
        d.theirs.faults.latency[METHOD] = 0.5
        asked = d.asks("general", "@Confab hello")
        reply = d.reply(d.turn(asked))
        reply.think()
        await asyncio.sleep(0.2)
        await reply.finish(ANSWER)
        await asyncio.sleep(5)
        assert d.methods()[BEFORE:] == [METHOD, "chat.postMessage"]
        assert line(d, asked.channel, asked.ts) == ""


@in_virtual_time
async def test_a_reply_that_is_abandoned_takes_its_line_back() -> None:
    async with desk_without_sessions() as d:
        asked = d.asks("general", "@Confab hello")
        reply = d.reply(d.turn(asked))
        reply.think()
        await reply.abandon()
        await asyncio.sleep(5)
        assert d.methods()[BEFORE:] == []


@in_virtual_time
async def test_a_later_attempt_which_may_only_edit_shows_no_line() -> None:
    async with desk_without_sessions() as d:
        asked = d.asks("general", "@Confab hello")
        d.reply(d.turn(asked, attempt=2)).think()
        await asyncio.sleep(5)
        assert d.methods()[BEFORE:] == []


@in_virtual_time
async def test_a_workspace_without_such_lines_is_asked_once() -> None:
    async with desk_without_sessions() as d:
        d.theirs.faults.refuse(METHOD)
        for _ in range(2):
            asked = d.asks("general", "@Confab hello")
            reply = d.reply(d.turn(asked))
            reply.think()
            await asyncio.sleep(1)
            await reply.finish(ANSWER)
            assert d.answers(asked) == [ANSWER]
        assert d.methods().count(METHOD) == 1


@in_virtual_time
async def test_a_busy_slack_is_not_asked_for_lines() -> None:
    async with desk_without_sessions() as d:
        d.theirs.faults.limit(METHOD, 30)
        for _ in range(3):
            asked = d.asks("general", "@Confab hello")
            reply = d.reply(d.turn(asked))
            reply.think()
            await asyncio.sleep(1)
            await reply.finish(ANSWER)
        assert d.methods().count(METHOD) == 1
