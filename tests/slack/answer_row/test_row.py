"""The row stands under an answer that is whole, and costs nothing."""

import asyncio
from typing import Any

from bot.playground.workspace.messages import Message
from bot.slack.answer_row.row import AGAIN, GO_ON, LARGER, ROW, TRY_AGAIN, Choice
from bot.slack.pages import BLOCK_PAGES
from bot.slack.writing import StreamLimits
from tests.slack.desk import ANSWER, LONG, Desk, desk, short_pages, streamed
from tests.slack.virtual_time import in_virtual_time


def said(d: Desk, asked: Message) -> list[Message]:
    """Confab's messages under a question, oldest first."""
    found = d.theirs.record.history.thread(asked.channel, asked.ts)
    return [message for message in found if message.user == d.theirs.confab.id]


def controls(message: Message) -> list[Any]:
    """What can be pressed under a message."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [element for row in rows for element in row["elements"]]


@in_virtual_time
async def test_a_streamed_answer_has_its_row_from_the_call_that_ends_it() -> None:
    async with desk() as d:
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER)
        again, menu = controls(said(d, asked)[-1])
        assert again["action_id"] == AGAIN
        assert (menu["type"], menu["action_id"]) == ("overflow", ROW)
        assert [option["value"] for option in menu["options"]] == [choice.value for choice in Choice]
        methods = d.methods()
        assert set(methods) <= {"chat.startStream", "chat.appendStream", "chat.stopStream"}
        assert methods.count("chat.stopStream") == 1


@in_virtual_time
async def test_an_answer_that_came_whole_has_it_from_its_only_call() -> None:
    async with desk() as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(ANSWER)
        assert d.methods() == ["chat.postMessage"]
        assert controls(said(d, asked)[-1])


@in_virtual_time
async def test_an_edited_answer_has_it_from_its_last_edit() -> None:
    async with desk() as d:
        d.theirs.faults.refuse("chat.startStream", "not_allowed")
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER)
        assert d.answers(asked) == [ANSWER]
        assert controls(said(d, asked)[-1])


@in_virtual_time
async def test_only_the_last_message_of_a_long_answer_has_it() -> None:
    async with desk(stream_limits=short_pages()) as d:
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), LONG)
        messages = said(d, asked)
        assert len(messages) > 2
        assert [bool(controls(message)) for message in messages] == [False] * (len(messages) - 1) + [True]


@in_virtual_time
async def test_who_takes_an_answer_over_leaves_one_row_at_its_end() -> None:
    async with desk(stream_limits=short_pages()) as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(LONG)
        again = d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept)))
        await again.finish(LONG[:700])
        messages = said(d, asked)
        assert [bool(controls(message)) for message in messages][-1]
        assert sum(bool(controls(message)) for message in messages) == 1


@in_virtual_time
async def test_while_an_answer_is_written_there_is_no_row_yet() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.reply(d.turn(asked))
        reply.write("There are two models of it. ")
        await asyncio.sleep(2)
        assert not controls(said(d, asked)[-1])
        await reply.finish(ANSWER)
        assert controls(said(d, asked)[-1])


def pressable(message: Message) -> list[str]:
    return [str(element["action_id"]) for element in controls(message)]


@in_virtual_time
async def test_a_failure_has_none_but_the_ways_that_help() -> None:
    async with desk() as d:
        asked, other = d.asks(), d.asks()
        await d.reply(d.turn(asked)).fail("That failed.")
        assert not controls(said(d, asked)[-1])
        failed = d.reply(d.turn(other, turn_id=8))
        await failed.fail("Thought it all away.", offers_larger=True, offers_again=True)
        assert pressable(said(d, other)[-1]) == [LARGER, TRY_AGAIN]


@in_virtual_time
async def test_an_answer_that_was_cut_can_go_on_and_no_other() -> None:
    async with desk() as d:
        asked, other = d.asks(), d.asks()
        await d.reply(d.turn(asked)).finish(ANSWER, note="Cut.", cut=True)
        assert pressable(said(d, asked)[-1]) == [AGAIN, GO_ON, ROW]
        await d.reply(d.turn(other, turn_id=8)).finish(ANSWER)
        assert pressable(said(d, other)[-1]) == [AGAIN, ROW]


@in_virtual_time
async def test_once_it_is_whole_the_button_goes() -> None:
    async with desk() as d:
        asked = d.asks()
        await d.reply(d.turn(asked)).finish(ANSWER, cut=True)
        again = d.reply(d.turn(asked, attempt=2, reply_ts=tuple(d.kept)))
        await streamed(again, f"{ANSWER} And that is all.")
        assert d.answers(asked) == [f"{ANSWER} And that is all."]
        assert pressable(said(d, asked)[-1]) == [AGAIN, ROW]


@in_virtual_time
async def test_the_longest_page_leaves_room_for_it() -> None:
    async with desk(stream_limits=StreamLimits(stream_pages=BLOCK_PAGES)) as d:
        asked = d.asks()
        text = "word " * 2_190
        await d.reply(d.turn(asked)).finish(text)
        [message] = said(d, asked)
        assert controls(message)
        assert d.answers(asked) == [text.rstrip()]


@in_virtual_time
async def test_a_personas_name_and_icon_show_where_the_workspace_lets_them() -> None:
    async with desk() as d:
        asked = d.asks()
        reply = d.slack.reply(d.turn(asked), "Xbox agent", _forget, icon=":video_game:")
        await reply.finish(ANSWER)
        face = said(d, asked)[-1].face
        assert face is not None
        assert (face.name, face.emoji) == ("Xbox agent", ":video_game:")


@in_virtual_time
async def test_without_that_scope_everything_works_under_confabs_own_name() -> None:
    async with desk(change=lambda app: app.without("chat:write.customize")) as d:
        asked = d.asks()
        reply = d.slack.reply(d.turn(asked), "Xbox agent", _forget, icon=":video_game:")
        await streamed(reply, ANSWER)  # type: ignore[arg-type]
        assert d.answers(asked) == [ANSWER]
        assert said(d, asked)[-1].face is None


async def _forget(_ts: str) -> None:
    """Nobody keeps the ts."""
