from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from tests.playground.workspace.conftest import Clock, refusal


def view(kind: str = "modal", text: str = "Settings") -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": kind,
        "blocks": [{"type": "header", "text": {"type": "plain_text", "text": text}}],
    }
    return body | ({"title": {"type": "plain_text", "text": text}} if kind == "modal" else {})


async def test_a_trigger_opens_one_view_within_three_seconds(
    workspace: Workspace, client: AsyncWebClient, clock: Clock
) -> None:
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id)
    opened = await client.views_open(trigger_id=trigger, view=view())
    assert workspace.surfaces.modals[opened["view"]["id"]].person == workspace.ada.id
    again = client.views_open(trigger_id=trigger, view=view())
    assert (await refusal(again)).error == "exchanged_trigger_id"
    late = workspace.surfaces.issue_trigger(workspace.ada.id)
    clock.pass_by(3.1)
    assert (await refusal(client.views_open(trigger_id=late, view=view()))).error == "expired_trigger_id"
    assert (await refusal(client.views_open(trigger_id="1.2.a", view=view()))).error == "invalid_trigger_id"


async def test_two_views_are_pushed_over_the_root_and_no_third(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    surfaces = workspace.surfaces
    opened = await client.views_open(trigger_id=surfaces.issue_trigger(workspace.ada.id), view=view())
    for _ in range(2):
        trigger = surfaces.issue_trigger(workspace.ada.id, opened["view"]["id"])
        opened = await client.views_push(trigger_id=trigger, view=view())
    trigger = surfaces.issue_trigger(workspace.ada.id, opened["view"]["id"])
    assert (await refusal(client.views_push(trigger_id=trigger, view=view()))).error == "push_limit_reached"


async def test_a_view_that_is_opened_takes_the_place_of_a_whole_stack(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    surfaces = workspace.surfaces
    opened = await client.views_open(trigger_id=surfaces.issue_trigger(workspace.ada.id), view=view())
    trigger = surfaces.issue_trigger(workspace.ada.id, opened["view"]["id"])
    await client.views_push(trigger_id=trigger, view=view())
    trigger = surfaces.issue_trigger(workspace.ada.id, opened["view"]["id"])
    opened = await client.views_open(trigger_id=trigger, view=view(text="Alone"))
    assert [each.id for each in surfaces.stack(workspace.ada.id)] == [opened["view"]["id"]]


async def test_an_update_over_a_newer_version_is_refused(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id)
    opened = (await client.views_open(trigger_id=trigger, view=view()))["view"]
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=view(text="Newer"))
    stale = client.views_update(view_id=opened["id"], hash=opened["hash"], view=view(text="Stale"))
    assert (await refusal(stale)).error == "hash_conflict"
    assert (await refusal(client.views_update(view_id="V0NONE", view=view()))).error == "not_found"


async def test_a_home_tab_is_published_for_one_person(workspace: Workspace, client: AsyncWebClient) -> None:
    await client.views_publish(user_id=workspace.ada.id, view=view("home", "Hello Ada"))
    workspace.open_home("Ada")
    assert list(workspace.surfaces.homes) == [workspace.ada.id]
    assert workspace.parcels[-1].event["view"]["blocks"][0]["text"]["text"] == "Hello Ada"
    assert (
        await refusal(client.views_publish(user_id="U0NONE", view=view("home")))
    ).error == "user_not_found"


async def test_a_session_has_a_status_and_a_title(workspace: Workspace, client: AsyncWebClient) -> None:
    root = workspace.post("Ada", workspace.direct("Ada"), "hello")
    where = {"channel_id": root.channel, "thread_ts": root.ts}
    early = client.agents_sessions_rename(**where, title="Too early")
    assert (await refusal(early)).error == "session_not_found"
    first = await client.agents_sessions_setStatus(**where, status="processing", title="First question")
    assert first["warning"] == "missing_agent_session_stopped_event_subscription"
    await client.agents_sessions_setStatus(**where, status="active", title="Ignored")
    await client.agents_sessions_rename(**where, title="Better title")
    session = workspace.surfaces.session(root.channel, root.ts)
    assert session is not None
    assert (session.status.value, session.title) == ("active", "Better title")


async def test_a_session_takes_no_free_text(workspace: Workspace, client: AsyncWebClient) -> None:
    root = workspace.post("Ada", workspace.direct("Ada"), "hello")
    for status in ("is thinking", ""):
        body = {"channel_id": root.channel, "thread_ts": root.ts, "status": status}
        told = await refusal(client.api_call("agents.sessions.setStatus", json=body))
        assert told.error == "invalid_arguments"


async def test_streams_move_the_session_and_a_lonely_status_clears_itself(
    workspace: Workspace, client: AsyncWebClient, clock: Clock
) -> None:
    root = workspace.post("Ada", workspace.direct("Ada"), "hello")
    started = await client.chat_startStream(channel=root.channel, thread_ts=root.ts, markdown_text="a")

    def status() -> str:
        session = workspace.surfaces.session(root.channel, root.ts)
        assert session is not None
        return session.status.value

    assert status() == "processing"
    await client.chat_stopStream(channel=root.channel, ts=started["ts"], session_status="suspended")
    assert status() == "suspended"
    await client.agents_sessions_setStatus(channel_id=root.channel, thread_ts=root.ts, status="processing")
    clock.pass_by(3_601)
    assert status() == "active"


async def test_the_older_status_line_lasts_two_minutes(
    workspace: Workspace, client: AsyncWebClient, clock: Clock
) -> None:
    root = workspace.post("Ada", workspace.direct("Ada"), "hello")
    await client.assistant_threads_setStatus(
        channel_id=root.channel, thread_ts=root.ts, status="is thinking...", loading_messages=["a", "b"]
    )
    session = workspace.surfaces.session(root.channel, root.ts)
    assert session is not None
    assert session.line == "is thinking..."
    clock.pass_by(121)
    session = workspace.surfaces.session(root.channel, root.ts)
    assert session is not None
    assert session.line == ""


async def test_prompts_for_a_thread_are_taken_and_do_nothing(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    root = workspace.post("Ada", workspace.direct("Ada"), "hello")
    prompts = [{"title": "Explain", "message": "Explain it"}]
    await client.assistant_threads_setSuggestedPrompts(
        channel_id=root.channel, thread_ts=root.ts, prompts=prompts
    )
    assert workspace.surfaces.prompts == {}
    await client.assistant_threads_setSuggestedPrompts(channel_id=root.channel, prompts=prompts)
    assert workspace.surfaces.prompts[root.channel]["prompts"] == prompts
    many = client.assistant_threads_setSuggestedPrompts(channel_id=root.channel, prompts=prompts * 5)
    assert (await refusal(many)).error == "invalid_arguments"
