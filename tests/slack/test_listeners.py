"""The real Bolt app: acknowledged is what was done, and what nobody could do anything about."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any, NoReturn, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.messages import Deleted, Edited, Heard
from bot.chat.threads import Us
from bot.slack.beside import Beside
from bot.slack.bolt import bolt_app
from bot.slack.envelopes import Envelopes
from bot.slack.inbound import HomeOpened
from bot.slack.line import Frame
from bot.slack.listeners import PATIENCE, Verbs, register
from bot.slack.on_press import on_press
from tests.slack.virtual_time import in_virtual_time, now

US = Us("T1", "UBOT", "B1")
MESSAGE: dict[str, object] = {
    "type": "message",
    "channel": "C1",
    "user": "UADA",
    "text": "a secret word",
    "ts": "1700000000.000100",
}


@dataclass
class Book:
    """Verbs that write down what they were called with, or fail."""

    done: list[object] = field(default_factory=list)
    fault: Exception | None = None
    takes: float = 0.0

    async def do(self, what: object = "uninstalled") -> None:
        await asyncio.sleep(self.takes)
        if self.fault is not None:
            raise self.fault
        self.done.append(what)

    @property
    def verbs(self) -> Verbs:
        return Verbs(*(self.do,) * 6)


def app_with(book: Book) -> AsyncApp:
    # The address is one where nobody answers: whatever calls Slack for an event fails the test.
    app = bolt_app(
        AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:9/api/"), US, frozenset({"chat:write"})
    )
    register(app, book.verbs, US)
    return app


def envelope(event: object, **more: object) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "team_id": "T1",
        "api_app_id": "A1",
        "event_id": "Ev1",
        "event": event,
        **more,
    }


async def acknowledged(app: AsyncApp, body: dict[str, Any]) -> bool:
    """Whether the envelope with that payload is answered."""
    sent: list[Frame] = []

    async def send(frame: Frame) -> None:
        sent.append(frame)

    envelopes = Envelopes(app)
    envelopes.take({"envelope_id": "E1", "type": "events_api", "payload": body}, send)
    await envelopes.close()
    return sent == [{"envelope_id": "E1"}]


@in_virtual_time
async def test_each_event_reaches_its_verb_and_is_acknowledged() -> None:
    book = Book()
    app = app_with(book)
    events: list[dict[str, object]] = [
        MESSAGE,
        {**MESSAGE, "type": "app_mention"},
        {"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": "1700000000.000100"},
        {
            "type": "message",
            "subtype": "message_changed",
            "channel": "C1",
            "message": {"ts": "1700000000.000100", "user": "UADA", "text": "new"},
        },
        {"type": "app_home_opened", "user": "UADA", "channel": "D1", "tab": "home"},
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}},
    ]
    assert all([await acknowledged(app, envelope(event)) for event in events])
    kinds = [type(done) for done in book.done]
    assert kinds == [Heard, Heard, Deleted, Edited, HomeOpened, str, str]


@in_virtual_time
async def test_our_own_messages_are_heard_too() -> None:
    book = Book()
    own = {**MESSAGE, "user": "UBOT", "bot_id": "B1"}
    assert await acknowledged(app_with(book), envelope(own))
    assert [type(done) for done in book.done] == [Heard]


@in_virtual_time
async def test_somebodys_own_revoked_token_is_not_the_end() -> None:
    book = Book()
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": ["UADA"], "bot": []}}
    assert await acknowledged(app_with(book), envelope(revoked))
    assert book.done == []


@in_virtual_time
async def test_the_ack_comes_after_the_verb() -> None:
    book = Book(takes=1.5)
    assert await acknowledged(app_with(book), envelope(MESSAGE))
    assert (now(), len(book.done)) == (1.5, 1)


@in_virtual_time
@pytest.mark.parametrize(("action_id", "level"), [("broken", "WARNING"), ("unheard_of", "DEBUG")])
async def test_a_listener_that_breaks_is_acknowledged_and_warned_of(
    action_id: str, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> NoReturn:
        raise KeyError("a secret word")

    caplog.set_level(logging.DEBUG)
    app = app_with(Book())
    app.action("broken")(on_press(broken, Beside(cast("Any", None))))
    action = {"type": "button", "action_id": action_id, "block_id": "b"}
    assert await acknowledged(app, {"type": "block_actions", "team": {"id": "T1"}, "actions": [action]})
    said = [each.levelname for each in caplog.records if each.name == "bot.slack.listeners"]
    assert said == [level]
    assert ("KeyError at" in caplog.text) == (level == "WARNING")
    assert "secret" not in caplog.text


@in_virtual_time
async def test_a_verb_that_fails_leaves_the_event_unacknowledged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    book = Book(fault=RuntimeError("a secret word"))
    assert not await acknowledged(app_with(book), envelope(MESSAGE))
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


@in_virtual_time
async def test_a_verb_that_takes_too_long_leaves_the_event_unacknowledged() -> None:
    book = Book(takes=60.0)
    assert not await acknowledged(app_with(book), envelope(MESSAGE))
    assert now() == pytest.approx(PATIENCE)
    assert book.done == []


@pytest.mark.parametrize(
    "body",
    [
        envelope({"type": "reaction_added", "user": "UADA"}),
        envelope({"type": "message", "channel": 7}),
        envelope(None),
        envelope("message"),
        envelope({"type": None}),
        {
            "type": "block_actions",
            "actions": [{"action_id": "x"}],
            "user": {"id": "UADA"},
            "team": {"id": "T1"},
        },
        {
            "type": "view_submission",
            "view": {"callback_id": "x"},
            "user": {"id": "UADA"},
            "team": {"id": "T1"},
        },
        {"command": "/confab", "text": "a secret word", "team_id": "T1", "user_id": "UADA"},
        {},
    ],
)
@in_virtual_time
async def test_what_nobody_listens_to_is_acknowledged_and_ignored(
    body: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    book = Book()
    assert await acknowledged(app_with(book), body)
    assert book.done == []
    assert "secret" not in caplog.text


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_events = st.fixed_dictionaries(
    {"type": st.sampled_from(["message", "app_mention", "app_home_opened", "tokens_revoked", "other"])},
    optional={
        name: _json | st.just("1700000000.000100") | st.just("C1")
        for name in (
            "subtype",
            "channel",
            "user",
            "text",
            "ts",
            "thread_ts",
            "message",
            "deleted_ts",
            "tokens",
            "tab",
        )
    },
)


@settings(max_examples=60, deadline=None)
@given(_events | _json)
def test_no_event_however_malformed_comes_again(event: object) -> None:
    @in_virtual_time
    async def dispatched() -> None:
        assert await acknowledged(app_with(Book()), envelope(event))

    dispatched()
