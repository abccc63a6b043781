"""Opening a modal for Ada, and an app that answers her submissions."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from bot.playground.workspace.surfaces import View


async def opened(workspace: Workspace, client: AsyncWebClient, view: dict[str, Any]) -> View:
    await client.views_open(trigger_id=workspace.surfaces.issue_trigger(workspace.ada.id), view=view)
    return seen(workspace)


def seen(workspace: Workspace) -> View:
    found = workspace.modal("Ada")
    assert found is not None
    return found


def title(workspace: Workspace) -> str:
    return str(seen(workspace).content["title"]["text"])


def answering(app: AsyncApp, *answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Acknowledge each submission with the next of these; says what was submitted."""
    heard: list[dict[str, Any]] = []
    left = list(answers)

    @app.view("settings")
    async def take(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack(**(left.pop(0) if left else {}))

    return heard
