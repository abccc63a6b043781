from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import File, Installation, Workspace
from tests.playground.workspace.conftest import MANIFEST


@pytest.fixture
def installation() -> Installation:
    """The app with every subscription that this workspace knows."""
    app = Installation.from_manifest(MANIFEST)
    more = ("member_joined_channel", "member_left_channel", "reaction_added", "agent_session_stopped")
    return Installation(
        app.name, app.scopes, app.events | set(more), is_agent=True, home_tab=True, messages_tab=True
    )


def _events(workspace: Workspace) -> list[dict[str, Any]]:
    return [parcel.event for parcel in workspace.parcels]


def _kinds(workspace: Workspace) -> list[str]:
    return [event.get("subtype") or event["type"] for event in _events(workspace)]


async def test_a_callback_carries_everything_that_slacks_does(workspace: Workspace) -> None:
    said = workspace.post("Ada", "general", "hello")
    (parcel,) = workspace.parcels
    body = parcel.payload
    assert body["type"] == "event_callback"
    assert (body["team_id"], body["api_app_id"]) == (workspace.team.id, workspace.app.app_id)
    assert body["authorizations"][0]["user_id"] == workspace.confab.id
    assert body["authorizations"][0]["is_bot"] is True
    assert body["event_id"].startswith("Ev")
    assert body["event_time"] == int(workspace.clock())
    assert body["is_ext_shared_channel"] is False
    assert body["event"] | {"blocks": [], "client_msg_id": ""} == {
        "type": "message",
        "user": workspace.ada.id,
        "team": workspace.team.id,
        "text": "hello",
        "ts": said.ts,
        "event_ts": said.ts,
        "channel": workspace.general.id,
        "channel_type": "channel",
        "blocks": [],
        "client_msg_id": "",
    }


async def test_a_direct_message_is_no_mention(workspace: Workspace) -> None:
    workspace.post("Ada", workspace.direct("Ada"), "@Confab hello")
    (event,) = _events(workspace)
    assert (event["type"], event["channel_type"]) == ("message", "im")


async def test_nothing_is_heard_from_a_channel_without_the_app_until_it_is_invited(
    workspace: Workspace,
) -> None:
    said = workspace.post("Ada", "random", "@Confab can you help?")
    assert _events(workspace) == []
    workspace.invite("Ada", "random")
    assert _kinds(workspace) == ["channel_join", "member_joined_channel", "app_mention"]
    assert _events(workspace)[-1]["ts"] == said.ts


async def test_only_subscribed_events_with_their_scope_are_delivered(workspace: Workspace) -> None:
    workspace.reinstall(workspace.app.without("channels:history", "app_mentions:read"))
    workspace.post("Ada", "general", "@Confab hello")
    assert _events(workspace) == []
    workspace.post("Ada", workspace.launch, "secret plans")
    assert _kinds(workspace) == ["message"]


async def test_an_edit_that_mentions_the_app_is_another_mention(workspace: Workspace) -> None:
    said = workspace.post("Ada", "general", "hello")
    workspace.edit(said, "@Confab hello")
    first, mention, change = _events(workspace)
    assert first["text"] == "hello"
    assert (mention["type"], mention["ts"]) == ("app_mention", said.ts)
    assert mention["edited"]["user"] == workspace.ada.id
    assert (change["subtype"], change["hidden"]) == ("message_changed", True)
    assert change["message"]["text"] != change["previous_message"]["text"] == "hello"
    assert change["ts"] > said.ts


async def test_a_deleted_message_is_announced_with_what_it_said(workspace: Workspace) -> None:
    said = workspace.post("Ada", "general", "oops")
    workspace.delete(said)
    event = _events(workspace)[-1]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", said.ts)
    assert event["previous_message"]["text"] == "oops"


async def test_a_deleted_root_with_replies_leaves_a_tombstone_that_goes_with_the_last(
    workspace: Workspace,
) -> None:
    root = workspace.post("Ada", "general", "root")
    reply = workspace.post("Grace", "general", "reply", thread_ts=root.ts)
    workspace.delete(root)
    event = _events(workspace)[-1]
    assert (event["subtype"], event["message"]["subtype"]) == ("message_changed", "tombstone")
    assert workspace.see("general", root.ts)[0].tombstone
    workspace.delete(reply)
    assert workspace.see("general") == ()


async def test_replies_broadcasts_and_files_have_their_shapes(workspace: Workspace) -> None:
    root = workspace.post("Ada", "general", "root")
    workspace.post("Grace", "general", "reply", thread_ts=root.ts)
    workspace.post("Grace", "general", "to all", thread_ts=root.ts, broadcast=True)
    picture = File("F0PICTURE", "cat.png", "image/png", 12)
    workspace.post("Grace", "general", "look", files=[picture])
    _, reply, broadcast, shared = _events(workspace)
    assert (reply["thread_ts"], reply["parent_user_id"]) == (root.ts, workspace.ada.id)
    assert broadcast["subtype"] == "thread_broadcast"
    assert broadcast["root"]["reply_count"] == 2
    assert shared["subtype"] == "file_share"
    assert shared["files"][0]["name"] == "cat.png"


async def test_the_apps_own_posts_edits_and_deletions_come_back(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=workspace.general.id, text="a")
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="b")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    own, changed, deleted = _events(workspace)
    assert (own["user"], own["bot_id"], own["app_id"]) == (
        workspace.app.user_id,
        workspace.app.bot_id,
        workspace.app.app_id,
    )
    assert "subtype" not in own
    assert (changed["subtype"], deleted["subtype"]) == ("message_changed", "message_deleted")


async def test_a_stream_comes_back_as_it_grows(workspace: Workspace, client: AsyncWebClient) -> None:
    root = workspace.post("Ada", workspace.direct("Ada"), "hello")
    started = await client.chat_startStream(channel=root.channel, thread_ts=root.ts, markdown_text="a")
    where = {"channel": started["channel"], "ts": started["ts"]}
    await client.chat_appendStream(**where, markdown_text="b")
    await client.chat_stopStream(**where)
    _, begun, grown, ended = _events(workspace)
    assert (begun["subtype"], begun["streaming_state"]) == ("bot_message", "in_progress")
    assert grown["message"]["streaming_state"] == "in_progress"
    assert (ended["message"]["text"], ended["message"]["streaming_state"]) == ("ab", "completed")


async def test_other_bots_and_slackbot_are_heard(workspace: Workspace) -> None:
    workspace.post("Weather", "general", "@Confab it rains")
    workspace.post("Slackbot", "general", "reminder")
    mention, message, reminder = _events(workspace)
    assert mention["type"] == "app_mention"
    assert message["bot_id"] == workspace.weather.bot_id
    assert reminder["user"] == "USLACKBOT"


async def test_home_reactions_and_stops_are_announced(workspace: Workspace) -> None:
    said = workspace.post("Ada", "general", "hello")
    workspace.open_home("Ada")
    workspace.react("Grace", said, "thumbsup")
    workspace.stop("Ada", "general", said.ts)
    assert _kinds(workspace)[1:] == ["app_home_opened", "reaction_added", "agent_session_stopped"]
    assert _events(workspace)[2]["item"]["ts"] == said.ts


async def test_somebody_of_another_organisation_is_marked(workspace: Workspace) -> None:
    guest = workspace.add_person("Edsger", team_id="T0ELSEWHERE")
    workspace.join(guest, "general")
    workspace.post(guest, "general", "hello")
    assert _events(workspace)[-1]["team"] == "T0ELSEWHERE"
    assert workspace.parcels[-1].payload["team_id"] == workspace.team.id


async def test_timestamps_are_unique_and_rise_on_a_clock_that_stands(workspace: Workspace) -> None:
    stamps = [workspace.post("Ada", "general", "x").ts for _ in range(100)]
    assert len(set(stamps)) == 100
    assert stamps == sorted(stamps)
