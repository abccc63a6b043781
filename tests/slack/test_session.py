"""The session that Slack shows: it works while it works, has a title, and people can stop it."""

import asyncio
from typing import Any

from bot.playground.workspace.surfaces import SessionStatus
from bot.slack.answer_row.row import STOP
from tests.slack.desk import ANSWER, desk
from tests.slack.virtual_time import in_virtual_time

METHOD = "agents.sessions.setStatus"


def buttons(blocks: Any) -> list[str]:
    return [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]


@in_virtual_time
async def test_a_session_works_until_its_answer_stands_and_has_the_questions_title() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.think("Which console?")
        await asyncio.sleep(1)
        session = d.theirs.surfaces.session(asked.channel, asked.ts)
        assert session is not None
        assert (session.status, session.title) == (SessionStatus.PROCESSING, "Which console?")
        reply.write(ANSWER)
        await asyncio.sleep(1)
        await reply.finish(ANSWER)
        session = d.theirs.surfaces.session(asked.channel, asked.ts)
        assert session is not None
        assert session.status is SessionStatus.ACTIVE
        assert d.methods() == [METHOD, "chat.startStream", "chat.stopStream"]


@in_virtual_time
async def test_what_was_said_without_a_stream_ends_the_work_too() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.think("Which?")
        await asyncio.sleep(1)
        await reply.fail("That did not work.")
        session = d.theirs.surfaces.session(asked.channel, asked.ts)
        assert session is not None
        assert session.status is SessionStatus.ACTIVE


@in_virtual_time
async def test_what_an_earlier_attempt_left_working_is_ended_by_a_later_one() -> None:
    async with desk() as d:
        asked = d.asks()
        d.theirs.surfaces.set_status(asked.channel, asked.ts, SessionStatus.PROCESSING)
        await d.reply(d.turn(asked, attempt=2)).finish(ANSWER)
        session = d.theirs.surfaces.session(asked.channel, asked.ts)
        assert session is not None
        assert session.status is SessionStatus.ACTIVE


@in_virtual_time
async def test_a_stream_that_somebody_stopped_says_so_and_still_takes_its_answer() -> None:
    async with desk() as d:
        asked = d.asks()
        stops: list[str] = []
        turn = d.turn(asked)

        async def keep(_ts: str) -> None: ...

        reply = d.slack.reply(turn, "Confab", keep, stopped=lambda: stops.append("stopped"))
        reply.write(ANSWER)
        await asyncio.sleep(2)
        d.theirs.stop("ada", asked.channel, asked.ts)
        reply.write(" And more.")
        await asyncio.sleep(2)
        assert stops
        await reply.finish(ANSWER, note="Stopped.")
        assert d.answers(asked) == [f"{ANSWER}\n\n_Stopped._"]


@in_virtual_time
async def test_where_slack_has_no_sessions_a_button_under_the_growing_answer_stops_it() -> None:
    async with desk() as d:
        d.theirs.faults.refuse(METHOD, "not_authorized")
        for _ in range(2):
            asked = d.asks()
            reply = d.reply(d.turn(asked))
            reply.think("Which?")
            await asyncio.sleep(1)
            reply.write(ANSWER)
            await asyncio.sleep(2)
        message = d.theirs.record.history.thread(asked.channel, asked.ts)[-1]
        assert buttons(message.blocks) == [STOP]
        await reply.finish(ANSWER)
        message = d.theirs.record.history.thread(asked.channel, asked.ts)[-1]
        assert STOP not in buttons(message.blocks)
        assert d.methods().count(METHOD) == 1
