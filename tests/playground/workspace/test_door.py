import inspect
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Installation, RunningWorkspace, Workspace
from bot.playground.workspace.installation import ManifestError
from bot.playground.workspace.web_api.door import METHODS
from tests.playground.workspace.conftest import MANIFEST, Clock, Connect, refusal


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_takes_the_arguments_that_the_sdk_sends(name: str) -> None:
    signature = inspect.signature(getattr(AsyncWebClient, name.replace(".", "_")))
    sent = set(signature.parameters) - {"self", "kwargs", "app_token"}
    method = METHODS[name]
    assert sent <= {*method.required, *method.optional, "team_id"}


def test_confabs_own_manifest_installs() -> None:
    app = Installation.from_manifest(Path(__file__).parents[3] / "manifest.yml")
    assert app.name == "Confab"
    assert app.hears("app_mention")
    assert app.may("chat:write")


def test_a_manifest_without_a_bot_says_what_is_missing(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("features: {}")
    with pytest.raises(ManifestError, match="oauth_config"):
        Installation.from_manifest(manifest)


async def test_callers_are_told_apart_by_their_tokens(slack: RunningWorkspace, connect: Connect) -> None:
    who = await connect(slack.bot_token).auth_test()
    app = slack.workspace.app
    assert (who["user_id"], who["bot_id"], who["team_id"]) == (
        app.user_id,
        app.bot_id,
        slack.workspace.team.id,
    )
    assert (await refusal(connect(None).auth_test())).error == "not_authed"
    assert (await refusal(connect("xoxb-wrong").auth_test())).error == "invalid_auth"
    assert (await refusal(connect(slack.app_token).auth_test())).error == "not_allowed_token_type"


async def test_every_answer_says_which_scopes_were_granted(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    answer = await client.auth_test()
    assert answer.headers["x-oauth-scopes"].split(",") == list(workspace.app.scopes)


async def test_a_method_without_its_scope_says_what_is_needed(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    workspace.reinstall(workspace.app.without("users:read"))
    told = await refusal(client.users_info(user=workspace.ada.id))
    assert told.error == "missing_scope"
    assert told.body["needed"] == "users:read"
    assert told.body["provided"] == ",".join(workspace.app.scopes)
    assert "users:read" not in told.headers["x-oauth-scopes"]


async def test_a_method_that_does_not_exist_is_unknown(client: AsyncWebClient) -> None:
    assert (await refusal(client.api_call("chat.shout"))).error == "unknown_method"


def test_optional_scopes_can_be_declined() -> None:
    everything = Installation.from_manifest(MANIFEST)
    required = Installation.from_manifest(MANIFEST, optional_scopes=False)
    assert "files:read" in everything.scopes
    assert "files:read" not in required.scopes
    assert "chat:write" not in Installation.from_manifest(MANIFEST, declined=("chat:write",)).scopes


def test_every_workspace_is_a_new_team_with_new_tokens() -> None:
    one, two = (Installation.from_manifest(MANIFEST) for _ in range(2))
    assert Workspace(one).team.id != Workspace(two).team.id
    assert one.bot_token != two.bot_token
    assert one.bot_token.startswith("xoxb-")
    assert one.app_token.startswith("xapp-")
    assert one.bot_token not in repr(one)


async def test_rates_are_off_until_they_are_switched_on(workspace: Workspace, client: AsyncWebClient) -> None:
    for _ in range(60):
        await client.users_conversations()
    assert workspace.calls.limited() == 0


async def test_a_tier_is_a_sliding_minute(workspace: Workspace, client: AsyncWebClient, clock: Clock) -> None:
    workspace.rates.enforced = True
    root = workspace.post("Ada", workspace.direct("Ada"), "hello")
    where: dict[str, Any] = {"channel": root.channel, "thread_ts": root.ts}
    for _ in range(20):
        await client.chat_startStream(**where, markdown_text="x")
        clock.pass_by(1)
    told = await refusal(client.chat_startStream(**where, markdown_text="x"))
    assert (told.status, told.error, told.headers["Retry-After"]) == (429, "ratelimited", "40")
    clock.pass_by(40)
    await client.chat_startStream(**where, markdown_text="x")
    assert workspace.calls.limited("chat.startStream") == 1
    assert workspace.calls.count("chat.startStream") == 22


async def test_posting_is_limited_for_each_channel_with_a_burst(
    workspace: Workspace, client: AsyncWebClient, clock: Clock
) -> None:
    workspace.rates.enforced = True
    for _ in range(5):
        await client.chat_postMessage(channel=workspace.general.id, text="x")
    told = await refusal(client.chat_postMessage(channel=workspace.general.id, text="x"))
    assert told.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel=workspace.xbox_support.id, text="x")
    clock.pass_by(1)
    await client.chat_postMessage(channel=workspace.general.id, text="x")


async def test_one_apps_budget_is_not_anothers(
    workspace: Workspace, client: AsyncWebClient, connect: Connect
) -> None:
    workspace.rates.enforced = True
    workspace.rates.share["auth.test"] = 1
    await client.auth_test()
    assert (await refusal(client.auth_test())).status == 429
    await connect(workspace.apps[1].bot_token).auth_test()


async def test_the_call_log_tells_what_was_asked_and_answered_without_tokens(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=workspace.general.id, text="hi")
    await refusal(client.api_call("chat.postMessage", params={"token": "xoxb-stolen", "text": "hi"}))
    good, bad = workspace.calls.of("chat.postMessage")
    assert (good.error, good.arguments["text"], good.app_id) == (None, "hi", workspace.app.app_id)
    assert (bad.error, bad.app_id) == ("invalid_auth", None)
    assert "token" not in bad.arguments
