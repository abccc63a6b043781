import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from tests.playground.workspace.conftest import Connect, refusal


async def test_a_post_is_seen_in_its_channel(workspace: Workspace, client: AsyncWebClient) -> None:
    answer = await client.chat_postMessage(
        channel=workspace.general.id, text="Hello <@" + workspace.ada.id + ">"
    )
    assert answer["channel"] == workspace.general.id
    (seen,) = workspace.see("general")
    assert (seen.author_name, seen.text, seen.ts) == ("Confab", "Hello @Ada", answer["ts"])


async def test_a_reply_stays_in_its_thread_unless_it_is_broadcast(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    root = workspace.post("Ada", "general", "Anybody there?")
    for broadcast in (False, True):
        await client.chat_postMessage(
            channel=root.channel, thread_ts=root.ts, text=f"{broadcast}", reply_broadcast=broadcast
        )
    assert [each.text for each in workspace.see("general")] == ["Anybody there?", "True"]
    assert [each.text for each in workspace.see("general", root.ts)] == ["Anybody there?", "False", "True"]


async def test_a_reply_to_a_reply_goes_under_the_root(workspace: Workspace, client: AsyncWebClient) -> None:
    root = workspace.post("Ada", "general", "root")
    reply = workspace.post("Grace", "general", "reply", thread_ts=root.ts)
    answer = await client.chat_postMessage(channel=root.channel, thread_ts=reply.ts, text="under it")
    assert answer["message"]["thread_ts"] == root.ts


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": " "}, "no_text"),
        ({"markdown_text": "a", "text": "b"}, "markdown_text_conflict"),
        ({"markdown_text": "x" * 12_001}, "msg_too_long"),
        ({"text": "x", "thread_ts": "yesterday"}, "invalid_thread_ts"),
        ({"text": "x", "thread_ts": "1700000000.000100"}, "thread_not_found"),
        ({"text": "x", "metadata": {"event_type": "turn"}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "x", "channel": "C0NOWHERE"}, "channel_not_found"),
        ({"text": "x", "colour": "red"}, "invalid_arguments"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ],
)
async def test_a_post_that_slack_would_refuse_is_refused(
    workspace: Workspace, client: AsyncWebClient, arguments: dict[str, object], error: str
) -> None:
    body = {"channel": workspace.general.id, **arguments}
    assert (await refusal(client.api_call("chat.postMessage", json=body))).error == error
    assert workspace.see("general") == ()


async def test_an_unknown_argument_is_named(workspace: Workspace, client: AsyncWebClient) -> None:
    body = {"channel": workspace.general.id, "text": "x", "colour": "red"}
    told = await refusal(client.api_call("chat.postMessage", json=body))
    assert "colour" in json.dumps(told.body["response_metadata"])


async def test_channels_out_of_reach_are_refused_as_slack_does(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    hidden = workspace.team.add_channel("secret", (workspace.ada,), kind=workspace.launch.kind)
    assert (
        await refusal(client.chat_postMessage(channel=workspace.random.id, text="x"))
    ).error == "not_in_channel"
    assert (await refusal(client.chat_postMessage(channel=hidden.id, text="x"))).error == "channel_not_found"
    workspace.archive("general")
    assert (
        await refusal(client.chat_postMessage(channel=workspace.general.id, text="x"))
    ).error == "is_archived"


async def test_a_text_past_40_000_is_cut_and_not_refused(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    answer = await client.chat_postMessage(channel=workspace.general.id, text="x" * 40_001)
    assert answer["warning"] == "message_truncated"
    assert len(workspace.see("general")[0].text) == 40_000


async def test_form_encoded_arguments_are_taken_as_well(workspace: Workspace, client: AsyncWebClient) -> None:
    blocks = json.dumps([{"type": "section", "text": {"type": "mrkdwn", "text": "*hi*"}}])
    form = {"channel": workspace.general.id, "text": "hi", "blocks": blocks, "unfurl_links": "false"}
    await client.api_call("chat.postMessage", data=form)
    assert workspace.see("general")[0].text == "*hi*"


async def test_an_ephemeral_message_is_for_one_person_alone(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    await client.chat_postEphemeral(channel=workspace.general.id, user=workspace.ada.id, text="psst")
    assert [each.text for each in workspace.see("general", viewer="Ada")] == ["psst"]
    assert workspace.see("general", viewer="Grace") == ()
    assert workspace.parcels == ()
    stranger = workspace.add_person("Linus")
    told = await refusal(
        client.chat_postEphemeral(channel=workspace.general.id, user=stranger.id, text="psst")
    )
    assert told.error == "user_not_in_channel"


async def test_an_update_without_blocks_takes_the_old_blocks_away(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    block = {"type": "markdown", "text": "**old**"}
    posted = await client.chat_postMessage(channel=workspace.general.id, text="old", blocks=[block])
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="new")
    assert workspace.see("general")[0].text == "new"


async def test_an_update_keeps_metadata_until_it_is_emptied(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    metadata = {"event_type": "turn", "event_payload": {"id": "7"}}
    posted = await client.chat_postMessage(channel=workspace.general.id, text="a", metadata=metadata)
    kept = await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="b")
    assert kept["message"]["metadata"] == metadata
    gone = await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="c", metadata={})
    assert "metadata" not in gone["message"]


async def test_updates_that_slack_would_refuse_are_refused(
    workspace: Workspace, client: AsyncWebClient, connect: Connect
) -> None:
    posted = await client.chat_postMessage(channel=workspace.general.id, text="mine")
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    assert (await refusal(client.chat_update(**where, text="x" * 4_001))).error == "msg_too_long"
    empty = client.api_call("chat.update", json={**where, "text": ""})
    assert (await refusal(empty)).error == "no_text"
    other = connect(workspace.apps[1].bot_token)
    assert (await refusal(other.chat_update(**where, text="theirs"))).error == "cant_update_message"
    assert (await refusal(other.chat_delete(**where))).error == "cant_delete_message"
    missing = {"channel": posted["channel"], "ts": "1700000000.000100"}
    assert (await refusal(client.chat_update(**missing, text="x"))).error == "message_not_found"


async def test_a_deleted_message_is_gone(workspace: Workspace, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=workspace.general.id, text="oops")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    assert workspace.see("general") == ()


async def test_a_name_of_its_own_needs_the_customize_scope(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(
        channel=workspace.general.id, text="Ahoy", username="Xbox agent", icon_emoji=":video_game:"
    )
    assert posted["message"]["subtype"] == "bot_message"
    assert workspace.see("general")[0].author_name == "Xbox agent"
    workspace.reinstall(workspace.app.without("chat:write.customize"))
    told = await refusal(client.chat_postMessage(channel=workspace.general.id, text="x", username="Y"))
    assert (told.error, told.body["needed"]) == ("missing_scope", "chat:write.customize")
