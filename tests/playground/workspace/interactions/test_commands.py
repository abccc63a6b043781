import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Message, Workspace
from tests.playground.workspace.conftest import Clock
from tests.playground.workspace.interactions.conftest import button, modal, row, settled


def said_to(workspace: Workspace, person: str, channel: str) -> list[str]:
    return [each.text for each in workspace.see(channel, viewer=person) if each.ephemeral]


async def test_a_command_arrives_with_what_slack_tells_of_it(app: AsyncApp, workspace: Workspace) -> None:
    heard: list[dict[str, Any]] = []

    @app.command("/confab")
    async def take(ack: AsyncAck, command: dict[str, Any]) -> None:
        heard.append(command)
        await ack()

    await settled(workspace.command("Ada", "launch-plans", "/confab persona Xbox agent "))
    told = heard[0]
    assert (told["command"], told["text"]) == ("/confab", "persona Xbox agent")
    assert (told["channel_id"], told["channel_name"]) == (workspace.launch.id, "privategroup")
    assert (told["user_id"], told["team_id"]) == (workspace.ada.id, workspace.team.id)
    assert told["response_url"].startswith("http://127.0.0.1:")
    assert said_to(workspace, "Ada", "launch-plans") == []


async def test_a_commands_trigger_opens_a_modal(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    @app.command("/confab")
    async def take(ack: AsyncAck, command: dict[str, Any]) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=modal())

    async with asyncio.timeout(60), workspace.changes.subscribe() as changes:
        workspace.command("Ada", "random", "/confab")
        while workspace.modal("Ada") is None:
            await anext(changes)
    assert workspace.modal("Grace") is None


async def test_slack_refuses_commands_in_threads_and_unknown_ones(
    app: AsyncApp, workspace: Workspace
) -> None:
    root = workspace.post("Ada", "general", "hello")
    assert workspace.command("Ada", "general", "/confab", thread_ts=root.ts) is None
    assert workspace.command("Ada", "general", "/nothing") is None
    assert "not supported in threads" in workspace.see("general", root.ts, "Ada")[1].text
    assert said_to(workspace, "Ada", "general")[-1] == "`/nothing` is not a valid command."
    assert not [parcel for parcel in workspace.parcels if parcel.kind == "slash_commands"]
    with pytest.raises(KeyError):
        workspace.command("Grace", "launch-plans", "/confab")


async def test_an_acknowledgement_may_be_a_message_for_that_person(
    app: AsyncApp, workspace: Workspace
) -> None:
    @app.command("/confab")
    async def take(ack: AsyncAck) -> None:
        await ack(text="Try *help*", blocks=[row(button("go"))])

    await settled(workspace.command("Ada", "random", "/confab nonsense"))
    assert len(said_to(workspace, "Ada", "random")) == 1
    assert said_to(workspace, "Grace", "random") == []


async def test_a_command_without_an_answer_fails_for_the_person(workspace: Workspace) -> None:
    await settled(workspace.command("Ada", "general", "/confab"))
    assert said_to(workspace, "Ada", "general") == ["/confab failed with the error “dispatch_failed”"]


async def test_a_command_that_is_not_acknowledged_in_time_fails_too(
    app: AsyncApp, workspace: Workspace
) -> None:
    await settled(workspace.command("Ada", "general", "/confab"))  # nobody listens, so Bolt never acks
    assert said_to(workspace, "Ada", "general") == ["/confab failed with the error “operation_timeout”"]


async def test_a_response_url_speaks_where_the_app_is_no_member(app: AsyncApp, workspace: Workspace) -> None:
    done = asyncio.Event()

    @app.command("/confab")
    async def take(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        answers = [
            await respond("only you"),
            await respond("everybody", response_type="in_channel"),
            await respond("   "),
        ]
        assert [answer.status_code for answer in answers] == [200, 200, 400]
        done.set()

    workspace.command("Ada", "random", "/confab")
    await asyncio.wait_for(done.wait(), 60)
    assert said_to(workspace, "Ada", "random") == ["only you"]
    assert [each.text for each in workspace.see("random", viewer="Grace")] == ["everybody"]


async def test_a_response_url_takes_five_answers_in_thirty_minutes(
    app: AsyncApp, workspace: Workspace, clock: Clock
) -> None:
    responds: list[AsyncRespond] = []

    @app.command("/confab")
    async def take(ack: AsyncAck, respond: AsyncRespond) -> None:
        responds.append(respond)
        await ack()

    await settled(workspace.command("Ada", "general", "/confab"))
    codes = [(await responds[0](f"answer {n}")).status_code for n in range(6)]
    assert codes == [200] * 5 + [404]
    await settled(workspace.command("Ada", "general", "/confab"))
    clock.pass_by(1_801)
    late = await responds[1]("late")
    assert (late.status_code, late.body) == (404, '{"ok": false, "error": "expired_url"}')


async def test_a_button_s_answer_replaces_or_removes_its_ephemeral_message(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    pressed: list[dict[str, Any]] = []

    @app.action("go")
    async def go(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        pressed.append(body)
        if len(pressed) == 1:
            await respond("again?", blocks=[row(button("go"))], replace_original=True)
        else:
            await respond(delete_original=True)
        await ack()

    posted = await client.chat_postEphemeral(
        channel=workspace.general.id, user=workspace.ada.id, text="go?", blocks=[row(button("go"))]
    )

    def ephemeral() -> list[Message]:
        return [each for each in workspace.record.history.channel(workspace.general.id) if each.ephemeral_to]

    await settled(workspace.press("Ada", ephemeral()[0], "go"))
    assert [(each.ts, each.text) for each in ephemeral()] == [(posted["message_ts"], "again?")]
    assert pressed[0]["container"]["is_ephemeral"]
    assert "message" not in pressed[0]
    with pytest.raises(KeyError):
        workspace.press("Grace", ephemeral()[0], "go")
    await settled(workspace.press("Ada", ephemeral()[0], "go"))
    assert ephemeral() == []


async def test_shortcuts_of_the_manifest_carry_their_message(app: AsyncApp, workspace: Workspace) -> None:
    heard: list[dict[str, Any]] = []

    @app.shortcut("settings")
    @app.shortcut("start")
    async def take(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    root = workspace.post("Grace", "random", "hello")
    await settled(workspace.shortcut("Ada", "settings", root))
    await settled(workspace.shortcut("Ada", "start"))
    on_message, global_one = heard
    assert (on_message["type"], on_message["message_ts"]) == ("message_action", root.ts)
    assert on_message["message"]["text"] == "hello"
    assert "response_url" in on_message
    assert (global_one["type"], "channel" in global_one) == ("shortcut", False)
    for callback_id, message in (("start", root), ("settings", None), ("none", None)):
        with pytest.raises(KeyError):
            workspace.shortcut("Ada", callback_id, message)
