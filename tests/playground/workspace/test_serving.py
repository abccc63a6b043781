import asyncio
import json
import signal
from dataclasses import replace
from typing import Any

import aiohttp
from fastapi import FastAPI
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import (
    Installation,
    Limits,
    RunningWorkspace,
    Workspace,
    running_workspace,
    serve_app,
    workspace_app,
)
from tests.playground.workspace.conftest import MANIFEST
from tests.playground.workspace.listening import Heard, bolt_app, raw_socket, until


async def test_the_control_api_is_served_only_where_it_is_asked_for() -> None:
    workspace = Workspace(Installation.from_manifest(MANIFEST))
    async with (
        serve_app(workspace_app(workspace)) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/control/state") as answer,
    ):
        assert answer.status == 404


async def test_it_works_mounted_into_another_app() -> None:
    workspace = Workspace(Installation.from_manifest(MANIFEST))
    page = FastAPI()
    page.mount("/slack", workspace_app(workspace))
    async with serve_app(page) as url:
        running = RunningWorkspace(workspace, f"{url}/slack")
        client = AsyncWebClient(running.bot_token, base_url=running.api_url)
        await client.chat_postMessage(channel=workspace.general.id, text="hi")
        async with raw_socket(running) as socket:
            assert (await socket.frame())["payload"]["event"]["text"] == "hi"
            workspace.connections.drop_all()
            await socket.until_closed()


async def test_the_process_keeps_its_signal_handlers() -> None:
    before = [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)]
    async with running_workspace(MANIFEST):
        assert [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)] == before


async def test_an_interactive_payload_brings_back_what_the_app_answers(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    async with bolt_app(slack, Heard()) as app:

        @app.view("settings")
        async def refuse(ack: AsyncAck) -> None:
            await ack(response_action="errors", errors={"name": "Too short."})

        payload: dict[str, Any] = {
            "type": "view_submission",
            "team": {"id": workspace.team.id},
            "user": {"id": workspace.ada.id},
            "view": {"id": "V0", "type": "modal", "callback_id": "settings", "state": {"values": {}}},
        }
        parcel = workspace.send("interactive", payload)
        async with asyncio.timeout(60):
            await parcel.settled.wait()
    assert parcel.answer == {"response_action": "errors", "errors": {"name": "Too short."}}


async def test_a_command_that_nobody_takes_is_not_repeated(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    async with raw_socket(slack) as socket:
        parcel = workspace.send("slash_commands", {"command": "/confab"})
        assert (await socket.frame())["accepts_response_payload"] is True
        await until(parcel.settled.is_set)
    assert len(parcel.envelopes) == 1


async def test_half_a_surrogate_pair_passes_through(workspace: Workspace, client: AsyncWebClient) -> None:
    body = json.dumps({"channel": workspace.general.id, "text": "\ud83d"})
    headers = {"Authorization": f"Bearer {workspace.app.bot_token}", "Content-Type": "application/json"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{client.base_url}chat.postMessage", data=body, headers=headers) as answer,
    ):
        assert (await answer.json())["ok"]


async def test_limits_are_the_workspaces_own() -> None:
    limits = replace(Limits(), stream_text=5)
    assert Workspace(Installation.from_manifest(MANIFEST), limits=limits).limits.stream_text == 5
    assert Limits().stream_text == 12_000
