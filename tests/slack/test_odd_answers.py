"""Answers that are none of Slack's making: half a body, a proxy's page, a date where seconds should be."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.errors import OperatorFault, SlackUnwilling
from bot.slack import probe
from bot.slack.calls import RateLimited, ResponseLost, called
from bot.slack.socket import SocketRunner
from bot.slack.workspace import Workspace
from tests.slack.desk import ANSWER, desk, streamed
from tests.slack.garbler import Odd, garbled, garbling
from tests.slack.virtual_time import in_virtual_time, now

HALF = Odd(b'{"ok": tr')
NO_OBJECT = [b"[]", b"[1]", b'"hello"', b"7", b"null", b"{", b"", b"\xff\xfe{", b"[" * 5_000]
A_PAGE = Odd(b"<html>Sign in</html>", headers={"Content-Type": "text/html"})
PLAIN = Odd(b"hello", headers={"Content-Type": "text/plain"})
PACKED = Odd(b"\x1f\x8b", headers={"Content-Type": "application/gzip"})
DATES = {"Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT", "Date": "Wed, 21 Oct 2026 07:28:00 GMT"}
UNREADABLE = [*(Odd(body) for body in NO_OBJECT), A_PAGE, PLAIN, PACKED]
NO_ADDRESS = [
    Odd(b'{"ok": true}'),
    Odd(b'{"ok": true, "url": 7}'),
    Odd(b'{"ok": true, "url": "wss://a..b/"}'),
]
ODD_ADDRESSES = [*UNREADABLE, *NO_ADDRESS, Odd(b"", 503), Odd(b"{}", 429, DATES), Odd(b"", 404)]


def named(odd: Odd) -> str:
    return f"{odd.status}-{odd.body[:20]!r}"


@pytest.mark.parametrize("odd", UNREADABLE, ids=named)
@in_virtual_time
async def test_what_nobody_can_read_is_no_refusal(odd: Odd) -> None:
    async with desk() as d, garbled(d) as garbler:
        garbler.instead["chat.postMessage"] = [odd]
        with pytest.raises(ResponseLost):
            await d.ours.calls.write("chat.postMessage", channel=d.theirs.general.id, text="hello")
        assert len(d.methods()) == 1


@pytest.mark.parametrize("reaches", [True, False])
@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
@in_virtual_time
async def test_an_unreadable_answer_of_a_stream_doubles_nothing(method: str, reaches: bool) -> None:
    async with desk() as d, garbled(d) as garbler:
        garbler.instead[method] = [replace(HALF, reaches=reaches)]
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=0.3)
        assert d.answers(asked) == [ANSWER]
        assert not d.is_streaming(asked)
        assert len(d.kept) == 1


@pytest.mark.parametrize("method", ["chat.startStream", "chat.postMessage"])
@in_virtual_time
async def test_a_new_message_whose_ts_is_not_said_is_looked_for(method: str) -> None:
    async with desk() as d, garbled(d) as garbler:
        if method == "chat.postMessage":
            d.theirs.faults.refuse("chat.startStream")
        garbler.instead[method] = [Odd(b'{"ok": true}')]
        asked = d.asks()
        await streamed(d.reply(d.turn(asked)), ANSWER, every=0.3)
        assert d.answers(asked) == [ANSWER]
        assert d.kept == [shown.ts for shown in d.theirs.see(asked.channel, asked.ts)][1:]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "45"}, 45),
        (DATES, 30),
        ({"Retry-After": DATES["Retry-After"], "Date": "no date"}, 10),
        ({"Retry-After": DATES["Date"], "Date": DATES["Retry-After"]}, 0.1),
        ({"Retry-After": "soon, perhaps"}, 10),
        ({"Retry-After": "soon"}, 10),
        ({"Retry-After": "nan"}, 10),
        ({"Retry-After": "1e9"}, 600),
        ({}, 10),
    ],
)
@in_virtual_time
async def test_a_wait_is_understood_however_it_is_written(headers: dict[str, str], wait: float) -> None:
    async with desk() as d, garbled(d) as garbler:
        garbler.instead["auth.test"] = [Odd(b"", 429, headers)]
        with pytest.raises(RateLimited) as busy:
            await called(d.ours.client, "auth.test")
        assert busy.value.wait == wait


@pytest.mark.parametrize("odd", ODD_ADDRESSES, ids=named)
@in_virtual_time
async def test_no_odd_answer_makes_us_deaf(odd: Odd, caplog: pytest.LogCaptureFixture) -> None:
    async with desk() as d, garbled(d) as garbler:
        socket = SocketRunner(d.ours.app(), d.ours.app_level(d.running.app_token), clock=now)
        await socket.connect()
        garbler.instead["apps.connections.open"] = [odd, odd]
        caplog.clear()
        d.theirs.connections.drop_all()
        await asyncio.sleep(90)
        assert socket.connected
        assert caplog.text.count("no socket to Slack") == 2
        await socket.close()


@pytest.mark.parametrize("odd", ODD_ADDRESSES, ids=named)
@in_virtual_time
async def test_an_odd_answer_at_the_start_is_one_more_attempt(odd: Odd) -> None:
    async with desk() as d, garbled(d) as garbler:
        garbler.instead["apps.connections.open"] = [odd]
        socket = SocketRunner(d.ours.app(), d.ours.app_level(d.running.app_token), clock=now)
        await socket.connect()
        assert socket.connected
        await socket.close()


@pytest.mark.parametrize("odd", [*UNREADABLE, *NO_ADDRESS[:2]], ids=named)
@in_virtual_time
async def test_a_check_of_the_app_token_sees_that_there_is_no_address(odd: Odd) -> None:
    async with desk() as d, garbled(d) as garbler:
        garbler.instead["apps.connections.open"] = [odd]
        with pytest.raises(OperatorFault, match=r"apps\.connections\.open"):
            await probe.app_token(d.ours, d.running.app_token)


class Broken(AsyncWebClient):
    """A client that breaks in a way nobody thought of, from its second call on."""

    calls = 0

    async def api_call(self, *args: Any, **kwargs: Any) -> AsyncSlackResponse:
        self.calls += 1
        if self.calls > 1:
            raise TypeError("xapp-secret")
        return await super().api_call(*args, **kwargs)


@in_virtual_time
async def test_a_socket_that_nobody_keeps_open_any_more_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with desk() as d:
        client = Broken(d.running.app_token, d.running.api_url, session=d.ours.session, retry_handlers=[])
        told: list[str] = []
        socket = SocketRunner(d.ours.app(), client, clock=now, on_end=lambda: told.append("ended"))
        await socket.connect()
        d.theirs.connections.drop_all()
        await asyncio.sleep(60)
        assert told == ["ended"]
        assert [record.levelno for record in caplog.records if "any more" in record.message] == [
            logging.ERROR
        ]
        assert "xapp-secret" not in caplog.text
        await socket.close()
        with pytest.raises(OperatorFault, match="Socket Mode broke"):
            await SocketRunner(d.ours.app(), client, clock=now).connect()


@in_virtual_time
async def test_a_socket_that_we_close_ourselves_tells_nobody() -> None:
    async with desk() as d:
        told: list[str] = []
        app_level = d.ours.app_level(d.running.app_token)
        socket = SocketRunner(d.ours.app(), app_level, clock=now, on_end=lambda: told.append("ended"))
        await socket.connect()
        await socket.close()
        await asyncio.sleep(60)
        assert told == []


@pytest.mark.parametrize(
    "odd", [*UNREADABLE, Odd(b'{"ok": true, "bot_id": "B1"}'), Odd(b"", 503), Odd(b"", 404)], ids=named
)
@in_virtual_time
async def test_an_auth_test_that_nobody_can_read_is_not_a_wrong_token(odd: Odd) -> None:
    async with desk() as d, garbling(d.running.api_url) as (garbler, url):
        garbler.instead["auth.test"] = [odd]
        with pytest.raises(OperatorFault, match="SLACK_API_URL") as caught:
            await Workspace.connect(d.running.bot_token, api_url=url)
        assert "TOKEN" not in caught.value.detail


@in_virtual_time
async def test_a_busy_auth_test_is_not_a_wrong_token() -> None:
    async with desk() as d, garbling(d.running.api_url) as (garbler, url):
        garbler.instead["auth.test"] = [Odd(b'{"ok": false, "error": "ratelimited"}', 429, DATES)]
        with pytest.raises(OperatorFault, match="busy; try again in 30 seconds"):
            await Workspace.connect(d.running.bot_token, api_url=url)


@pytest.mark.parametrize("token", ["xoxb-1\nxoxb-2", "xoxb-1 2", "xoxb-\u20ac", ""])
@in_virtual_time
async def test_what_can_be_no_token_is_said_and_not_repeated(token: str) -> None:
    async with desk() as d:
        with pytest.raises(OperatorFault, match="SLACK_BOT_TOKEN") as caught:
            await Workspace.connect(token, api_url=d.running.api_url)
        assert not token or token not in str(caught.value)
        with pytest.raises(OperatorFault, match="SLACK_APP_TOKEN"):
            d.ours.app_level(token)


@pytest.mark.parametrize(
    "url", ["https://a..b/api", "http://[/api", "nonsense", "http://127.0.0.1:99999/api"]
)
@in_virtual_time
async def test_an_address_that_is_none_is_a_fault_that_names_the_setting(url: str) -> None:
    with pytest.raises(OperatorFault, match="SLACK_API_URL"):
        await Workspace.connect("xoxb-1", api_url=url)


@in_virtual_time
async def test_slacks_own_refusal_is_still_one() -> None:
    async with desk() as d, garbled(d) as garbler:
        garbler.instead["chat.postMessage"] = [Odd(b'{"ok": false, "error": "is_archived"}')]
        with pytest.raises(SlackUnwilling, match="is_archived") as refused:
            await d.ours.calls.write("chat.postMessage", channel=d.theirs.general.id, text="hello")
        assert not isinstance(refused.value, ResponseLost)
