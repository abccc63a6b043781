from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.playground.workspace import Installation, Parcel, RunningWorkspace
from tests.playground.workspace.listening import Heard, bolt_app


@pytest.fixture
def installation() -> Installation:
    return Installation.from_manifest(Path(__file__).with_name("manifest.yml"))


@pytest.fixture
async def app(slack: RunningWorkspace) -> AsyncIterator[AsyncApp]:
    """A real Bolt app that is connected; a test adds its listeners."""
    async with bolt_app(slack, Heard()) as connected:
        yield connected


async def settled(parcel: Parcel | None) -> Parcel:
    assert parcel is not None
    await parcel.settled.wait()
    return parcel


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


def field(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.title()),
        "element": {"action_id": "value", **element},
        **more,
    }


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def button(action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": plain(action_id.title()), **more}


def modal(*blocks: dict[str, Any], title: str = "Settings", **more: Any) -> dict[str, Any]:
    body = {"type": "modal", "callback_id": "settings", "title": plain(title), "blocks": list(blocks)}
    return body | {"submit": plain("Save"), "close": plain("Cancel")} | more


TEXT = {"type": "plain_text_input"}
