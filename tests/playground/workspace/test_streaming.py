from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from tests.playground.workspace.conftest import Clock, Connect, refusal


@pytest.fixture
def place(workspace: Workspace) -> dict[str, Any]:
    """Where an answer to Ada's question is streamed to."""
    root = workspace.post("Ada", "general", "@Confab hello?")
    return {
        "channel": root.channel,
        "thread_ts": root.ts,
        "recipient_user_id": workspace.ada.id,
        "recipient_team_id": workspace.team.id,
    }


def _last(workspace: Workspace, place: dict[str, Any], viewer: str | None = None) -> str:
    return workspace.see("general", place["thread_ts"], viewer)[-1].text


async def test_a_stream_grows_and_ends(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**place, markdown_text="One ")
    where = {"channel": started["channel"], "ts": started["ts"]}
    await client.chat_appendStream(**where, markdown_text="two ")
    assert _last(workspace, place) == "One two "
    metadata = {"event_type": "turn", "event_payload": {"id": "7"}}
    row = {
        "type": "actions",
        "elements": [{"type": "button", "text": {"type": "plain_text", "text": "More"}}],
    }
    done = await client.chat_stopStream(**where, markdown_text="three", blocks=[row], metadata=metadata)
    assert done["message"]["metadata"] == metadata
    assert done["message"]["blocks"][-1]["type"] == "actions"
    assert _last(workspace, place) == "One two three"
    assert not workspace.see("general", place["thread_ts"])[-1].streaming


async def test_the_sdks_helper_streams(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    streamer = await client.chat_stream(**place, buffer_size=4)
    await streamer.append(markdown_text="Hello ")
    await streamer.append(markdown_text="there, ")
    await streamer.stop(markdown_text="Ada.")
    assert _last(workspace, place) == "Hello there, Ada."


async def test_in_a_channel_only_the_recipient_reads_along(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**place, markdown_text="First. ")
    where = {"channel": started["channel"], "ts": started["ts"]}
    await client.chat_appendStream(**where, markdown_text="Second.")
    assert _last(workspace, place, "Ada") == "First. Second."
    assert _last(workspace, place, "Grace") == "First. "
    await client.chat_stopStream(**where)
    assert _last(workspace, place, "Grace") == "First. Second."


async def test_a_channel_wants_a_recipient_and_a_direct_message_does_not(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    without_user = {key: value for key, value in place.items() if key != "recipient_user_id"}
    without_team = {key: value for key, value in place.items() if key != "recipient_team_id"}
    assert (await refusal(client.chat_startStream(**without_user))).error == "missing_recipient_user_id"
    assert (await refusal(client.chat_startStream(**without_team))).error == "missing_recipient_team_id"
    root = workspace.post("Ada", workspace.direct("Ada"), "hello?")
    await client.chat_startStream(channel=root.channel, thread_ts=root.ts, markdown_text="Hi")


async def test_a_live_stream_cannot_be_updated_and_an_ended_one_can(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**place, markdown_text="Half")
    where = {"channel": started["channel"], "ts": started["ts"]}
    assert (await refusal(client.chat_update(**where, text="x"))).error == "streaming_state_conflict"
    await client.chat_stopStream(**where)
    await client.chat_update(**where, markdown_text="Whole")
    assert _last(workspace, place) == "Whole"


async def test_nothing_is_added_to_a_stopped_stream(client: AsyncWebClient, place: dict[str, Any]) -> None:
    started = await client.chat_startStream(**place, markdown_text="Done")
    where = {"channel": started["channel"], "ts": started["ts"]}
    await client.chat_stopStream(**where)
    for call in (client.chat_appendStream(**where, markdown_text="x"), client.chat_stopStream(**where)):
        assert (await refusal(call)).error == "message_not_in_streaming_state"


async def test_a_stream_dies_after_five_minutes_even_with_traffic(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any], clock: Clock
) -> None:
    started = await client.chat_startStream(**place, markdown_text="a")
    where = {"channel": started["channel"], "ts": started["ts"]}
    clock.pass_by(299)
    await client.chat_appendStream(**where, markdown_text="b")
    clock.pass_by(1)
    told = await refusal(client.chat_appendStream(**where, markdown_text="c"))
    assert told.error == "message_not_in_streaming_state"
    assert not workspace.see("general", place["thread_ts"])[-1].streaming
    await client.chat_update(**where, text="abc")


async def test_a_stream_takes_12_000_characters_in_all(client: AsyncWebClient, place: dict[str, Any]) -> None:
    started = await client.chat_startStream(**place, markdown_text="x" * 11_999)
    where = {"channel": started["channel"], "ts": started["ts"]}
    assert (await refusal(client.chat_appendStream(**where, markdown_text="yy"))).error == "msg_too_long"
    await client.chat_appendStream(**where, markdown_text="y")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"markdown_text": "a", "chunks": []}, "cannot_provide_both_markdown_text_and_chunks"),
        ({"chunks": [{"type": "markdown_text", "text": "b"}]}, "streaming_mode_mismatch"),
        ({"chunks": [{"type": "poem", "text": "b"}]}, "invalid_chunks"),
        ({}, "markdown_text_or_chunks_required"),
        ({"markdown_text": "a", "metadata": {}}, "invalid_arguments"),
    ],
)
async def test_an_append_that_slack_would_refuse_is_refused(
    client: AsyncWebClient, place: dict[str, Any], arguments: dict[str, Any], error: str
) -> None:
    started = await client.chat_startStream(**place, markdown_text="a")
    body = {"channel": started["channel"], "ts": started["ts"], **arguments}
    assert (await refusal(client.api_call("chat.appendStream", json=body))).error == error


async def test_a_start_takes_no_metadata(client: AsyncWebClient, place: dict[str, Any]) -> None:
    body = {**place, "metadata": {"event_type": "turn", "event_payload": {}}}
    assert (await refusal(client.api_call("chat.startStream", json=body))).error == "invalid_arguments"


async def test_another_app_cannot_write_into_the_stream(
    workspace: Workspace, client: AsyncWebClient, connect: Connect, place: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**place, markdown_text="mine")
    other = connect(workspace.apps[1].bot_token)
    told = await refusal(
        other.chat_appendStream(channel=started["channel"], ts=started["ts"], markdown_text="theirs")
    )
    assert told.error == "message_not_owned_by_app"


async def test_slacks_stop_ends_the_stream_and_tells_the_app(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**place, markdown_text="on and on")
    assert workspace.stop("Ada", "general", place["thread_ts"]) == (started["ts"],)
    told = await refusal(
        client.chat_appendStream(channel=started["channel"], ts=started["ts"], markdown_text="and on")
    )
    assert told.error == "stopped_by_user"


async def test_task_cards_and_plans_show_with_the_text(
    workspace: Workspace, client: AsyncWebClient, place: dict[str, Any]
) -> None:
    task = {"type": "task_update", "id": "1", "title": "Reading", "status": "in_progress"}
    chunks = [{"type": "plan_update", "title": "Plan"}, task, {"type": "markdown_text", "text": "Text"}]
    started = await client.chat_startStream(**place, chunks=chunks)
    finished = [{**task, "title": "Read", "status": "complete"}]
    await client.chat_stopStream(channel=started["channel"], ts=started["ts"], chunks=finished)
    assert _last(workspace, place) == "Plan\nRead\nText"
