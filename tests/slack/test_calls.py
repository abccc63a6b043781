"""Calls: in turn, never blindly twice, and no word of anybody's in an error."""

import asyncio
import traceback

import pytest

from bot.chat.ports.watch import Unwatched
from bot.errors import SlackUnwilling
from bot.playground.workspace.faults import Moment
from bot.slack.calls import Calls, ResponseLost
from bot.slack.governor import Governor
from bot.slack.workspace import Workspace
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time, now


async def post(d: Desk, text: str = "a secret word") -> object:
    return await d.ours.calls.write("chat.postMessage", channel=d.theirs.general.id, text=text)


@in_virtual_time
async def test_a_write_whose_answer_is_lost_is_made_once() -> None:
    async with desk() as d:
        d.theirs.faults.drop_answer("chat.postMessage")
        with pytest.raises(ResponseLost):
            await post(d)
        assert d.methods() == ["chat.postMessage"]


@in_virtual_time
async def test_a_read_whose_answer_is_lost_is_made_again() -> None:
    async with desk() as d:
        asked = d.asks()
        d.theirs.faults.drop_answer("conversations.replies")
        page = await d.ours.calls.read("conversations.replies", channel=asked.channel, ts=asked.ts)
        assert page["ok"] is True


@in_virtual_time
async def test_no_call_goes_out_while_slack_wants_silence() -> None:
    async with desk() as d:
        d.theirs.faults.limit("chat.postMessage", 30, times=3)
        await asyncio.gather(*(post(d) for _ in range(3)))
        at = [
            call.at - d.theirs.calls.of("chat.postMessage")[0].at
            for call in d.theirs.calls.of("chat.postMessage")
        ]
        assert not any(0.5 < moment < 29.5 for moment in at)


@in_virtual_time
async def test_a_busy_slack_is_given_up_on_in_the_end() -> None:
    async with desk() as d:
        d.theirs.faults.limit("chat.postMessage", 1, times=None)
        with pytest.raises(SlackUnwilling, match="ratelimited"):
            await post(d)


@in_virtual_time
async def test_slacks_word_for_a_refusal_is_in_the_error_and_nothing_that_people_wrote() -> None:
    async with desk() as d:
        d.theirs.archive("general")
        with pytest.raises(SlackUnwilling, match=r"chat\.postMessage: is_archived") as caught:
            await post(d)
        told = "".join(traceback.format_exception(caught.value))
        assert "secret" not in told
        assert d.running.bot_token not in told
        assert d.running.bot_token not in repr(d.ours)


@in_virtual_time
async def test_a_slack_out_of_reach_is_tried_again_and_then_said() -> None:
    async with desk() as d:
        client = d.ours.client
        client.base_url = "http://127.0.0.1:9/api/"
        before = now()
        with pytest.raises(SlackUnwilling, match="unreachable"):
            await Calls(client, Governor(clock=now)).write("chat.postMessage", channel="C1", text="x")
        assert 5 < now() - before < 15


@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.AFTER])
@in_virtual_time
async def test_a_call_that_slack_cannot_finish_counts_as_lost(moment: Moment) -> None:
    async with desk() as d:
        if moment is Moment.BEFORE:
            d.theirs.faults.answer_error("chat.postMessage", "fatal_error")
        else:
            d.theirs.faults.hold("chat.postMessage", moment)
        with pytest.raises(ResponseLost):
            await post(d)


@in_virtual_time
async def test_an_address_with_and_without_a_slash_is_the_same() -> None:
    async with desk() as d:
        again = await Workspace.connect(d.running.bot_token, api_url=d.running.api_url.rstrip("/"))
        assert again.us == d.ours.us
        await again.close()


class Watcher(Unwatched):
    """Remembers the calls and how they ended."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.waits: list[str] = []

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        assert seconds >= 0
        self.calls.append((method, outcome))

    def slack_waited(self, method: str, seconds: float) -> None:
        self.waits.append(method)


@in_virtual_time
async def test_every_call_is_told_with_its_outcome() -> None:
    watcher = Watcher()
    async with desk() as d:
        ours = await Workspace.connect(
            d.running.bot_token, api_url=d.running.api_url, clock=now, watch=watcher
        )
        try:
            d.theirs.faults.limit("conversations.info", 1, times=1)
            await ours.calls.read("conversations.info", channel=d.theirs.general.id)
            d.theirs.faults.answer_error("conversations.info", "channel_not_found", times=1)
            with pytest.raises(SlackUnwilling):
                await ours.calls.read("conversations.info", channel=d.theirs.general.id)
        finally:
            await ours.close()
    assert watcher.calls == [
        ("conversations.info", "rate_limited"),
        ("conversations.info", "ok"),
        ("conversations.info", "refused"),
    ]
    assert watcher.waits == ["conversations.info"] * 3


@pytest.mark.parametrize("moment", list(Moment))
@in_virtual_time
async def test_a_view_whose_answer_is_lost_is_shown_again(moment: Moment) -> None:
    async with desk() as d:
        d.theirs.faults.drop_answer("views.publish", moment=moment)
        view = {"type": "home", "blocks": []}
        await d.ours.calls.write("views.publish", user_id=d.theirs.ada.id, view=view)
        assert d.theirs.home("ada") is not None
