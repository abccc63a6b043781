"""The session that Slack shows: it works while it works, has a title, and people can stop it."""

import asyncio
from typing import Any

from bot.playground.workspace import Message as Posted
from bot.playground.workspace.surfaces import Session, SessionStatus
from bot.slack.answer_row.row import STOP
from bot.slack.mentions import neutralised
from tests.slack.desk import ANSWER, Desk, desk
from tests.slack.virtual_time import in_virtual_time

METHOD = "agents.sessions.setStatus"
LINE = "assistant.threads.setStatus"


def buttons(blocks: Any) -> list[str]:
    return [e["action_id"] for b in blocks if b["type"] == "actions" for e in b["elements"]]


def session_of(d: Desk, asked: Posted) -> Session:
    """What the workspace knows of a thread's session."""
    session = d.theirs.surfaces.session(asked.channel, asked.ts)
    assert session is not None
    return session


@in_virtual_time
async def test_a_session_works_until_its_answer_stands_and_has_the_questions_title() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.think("Which console?")
        await asyncio.sleep(1)
        session = session_of(d, asked)
        assert (session.status, session.title) == (SessionStatus.PROCESSING, "Which console?")
        reply.write(ANSWER)
        await asyncio.sleep(1)
        await reply.finish(ANSWER)
        assert session_of(d, asked).status is SessionStatus.ACTIVE
        assert d.methods() == [METHOD, "chat.startStream", "chat.stopStream"]


@in_virtual_time
async def test_a_title_calls_nobody() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.think("<!channel> or @here?")
        await asyncio.sleep(1)
        title = session_of(d, asked).title
        assert title == neutralised("<!channel> or @here?")
        assert "<!channel>" not in title
        await reply.finish(ANSWER)


@in_virtual_time
async def test_what_was_said_without_a_stream_ends_the_work_too() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.think("Which?")
        await asyncio.sleep(1)
        await reply.fail("That did not work.")
        assert session_of(d, asked).status is SessionStatus.ACTIVE


@in_virtual_time
async def test_what_an_earlier_attempt_left_working_is_ended_by_a_later_one() -> None:
    async with desk() as d:
        asked = d.asks()
        d.theirs.surfaces.set_status(asked.channel, asked.ts, SessionStatus.PROCESSING)
        await d.reply(d.turn(asked, attempt=2)).finish(ANSWER)
        assert session_of(d, asked).status is SessionStatus.ACTIVE


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


@in_virtual_time
async def test_where_too_many_begin_at_once_a_line_says_what_their_sessions_cannot() -> None:
    async with desk() as d:
        d.theirs.rates.enforced = True
        asked = [d.asks() for _ in range(50)]
        replies = [d.reply(d.turn(each, turn_id=number)) for number, each in enumerate(asked)]
        for reply in replies:
            reply.think("Which?")
        await asyncio.sleep(0.5)
        sessions = [session_of(d, each) for each in asked]
        at_work = [each.status is SessionStatus.PROCESSING for each in sessions]
        lines = [bool(each.line) for each in sessions]
        assert all(one != other for one, other in zip(at_work, lines, strict=True))
        assert 0 < sum(lines) < 50
        for reply in replies:
            await reply.fail("That did not work.")
        sessions = [session_of(d, each) for each in asked]
        assert not any(each.line or each.status is SessionStatus.PROCESSING for each in sessions)
        assert d.theirs.calls.limited() == 0


@in_virtual_time
async def test_where_slack_has_no_such_lines_any_more_its_sessions_go_on_without() -> None:
    async with desk() as d:
        d.theirs.rates.enforced = True
        d.theirs.faults.refuse(LINE, "method_deprecated")
        for number in range(40):
            d.reply(d.turn(d.asks(), turn_id=number)).think("Which?")
            await asyncio.sleep(0.1)
        assert d.theirs.calls.count(LINE) == 1
        assert d.theirs.calls.count(METHOD) > 1
