"""What the manifest asks for, what the code knows of, and what the workspace granted."""

from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from slack_bolt.async_app import AsyncApp

from bot.errors import OperatorFault
from bot.slack import probe
from bot.slack.scopes import EVENTS, SCOPES
from bot.slack.session_deeds import SessionDeeds, register_sessions
from bot.slack.texts import PROMPTS
from bot.slack.workspace import Workspace
from tests.slack.desk import MANIFEST, desk
from tests.slack.test_listeners import Book, app_with
from tests.slack.virtual_time import in_virtual_time


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(MANIFEST).read_text(encoding="utf-8")))


@pytest.mark.parametrize(("kind", "required"), [("bot", True), ("bot_optional", False)])
def test_manifest_and_table_ask_for_the_same_scopes(
    manifest: dict[str, Any], kind: str, required: bool
) -> None:
    asked = manifest["oauth_config"]["scopes"][kind]
    assert asked == [scope.name for scope in SCOPES if scope.required is required]


def test_manifest_and_code_hear_the_same_events(manifest: dict[str, Any]) -> None:
    subscribed = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert tuple(subscribed) == EVENTS


def test_every_event_subscribed_to_has_a_listener() -> None:
    app, sessions = app_with(Book()), AsyncApp(token="xoxb-1", signing_secret="s")
    nothing = cast("Any", None)
    register_sessions(sessions, SessionDeeds(nothing, nothing, nothing, nothing), nothing)
    heard = [each for each in sessions._async_listeners if each.ack_function.__name__.startswith("on_")]
    listened = {listener.ack_function.__name__ for listener in app._async_listeners}
    assert listened == {
        "on_message",
        "on_home_opened",
        "on_member_joined",
        "on_reaction",
        "on_uninstalled",
        "on_tokens_revoked",
    }
    assert len([*app._async_listeners, *heard]) == len({event.partition(".")[0] for event in EVENTS})


def test_every_scope_says_what_it_is_for() -> None:
    assert all(scope.feature and scope.reads for scope in SCOPES)
    assert len({scope.name for scope in SCOPES}) == len(SCOPES)


def test_manifest_and_messages_tab_suggest_the_same(manifest: dict[str, Any]) -> None:
    suggested = manifest["features"]["agent_view"]["suggested_prompts"]
    assert [(prompt["title"], prompt["message"]) for prompt in suggested] == list(PROMPTS)


@in_virtual_time
async def test_a_whole_installation_has_nothing_to_complain_of() -> None:
    async with desk() as d:
        assert d.theirs.team.id in probe.bot_token(d.ours)[0]
        assert probe.granted_scopes(d.ours.scopes) == ("all 13 required scopes",)
        assert await probe.app_token(d.ours, d.running.app_token) == ("Socket Mode opens",)


@in_virtual_time
async def test_without_an_optional_scope_its_feature_is_said_to_be_absent() -> None:
    async with desk(change=lambda app: app.without("files:read")) as d:
        lines = probe.granted_scopes(d.ours.scopes)
        assert lines[1:] == ("without the optional files:read: no reading images and documents",)


@in_virtual_time
async def test_a_missing_required_scope_is_a_fault_that_names_it() -> None:
    async with desk(change=lambda app: app.without("channels:history")) as d:
        with pytest.raises(OperatorFault, match="channels:history"):
            probe.granted_scopes(d.ours.scopes)


@in_virtual_time
async def test_a_wrong_app_token_is_a_fault_that_names_the_setting() -> None:
    async with desk() as d:
        with pytest.raises(OperatorFault, match="SLACK_APP_TOKEN"):
            await probe.app_token(d.ours, d.running.bot_token)
        d.theirs.faults.refuses_connections = True
        with pytest.raises(OperatorFault, match="Socket Mode"):
            await probe.app_token(d.ours, d.running.app_token)


@pytest.mark.parametrize("token", ["xoxb-wrong", "app"])
@in_virtual_time
async def test_a_wrong_bot_token_is_a_fault_that_names_the_setting(token: str) -> None:
    async with desk() as d:
        wrong = d.running.app_token if token == "app" else token
        with pytest.raises(OperatorFault, match="SLACK_BOT_TOKEN") as caught:
            await Workspace.connect(wrong, api_url=d.running.api_url)
        assert wrong not in str(caught.value)


@in_virtual_time
async def test_an_address_where_nobody_answers_is_a_fault_that_names_the_setting() -> None:
    with pytest.raises(OperatorFault, match="SLACK_API_URL"):
        await Workspace.connect("xoxb-1", api_url="http://127.0.0.1:9/api")
