from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Message, Workspace
from tests.playground.workspace.interactions.conftest import (
    TEXT,
    button,
    field,
    mrkdwn,
    option,
    plain,
    row,
    settled,
)

OVERFLOW = {"type": "overflow", "action_id": "more", "options": [option("code"), option("raw")]}
SELECT = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}
THUMBS = {
    "type": "context_actions",
    "block_id": "thumbs",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "feedback",
            "positive_button": {"text": plain("Good"), "value": "up"},
            "negative_button": {"text": plain("Bad"), "value": "down"},
        }
    ],
}


def listen(app: AsyncApp, *action_ids: str) -> list[dict[str, Any]]:
    """Bodies of the block_actions for these ids, all acknowledged."""
    heard: list[dict[str, Any]] = []

    async def take(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    for action_id in action_ids:
        app.action(action_id)(take)
    return heard


async def posted(
    workspace: Workspace, client: AsyncWebClient, *blocks: dict[str, Any], **more: Any
) -> Message:
    answer = await client.chat_postMessage(
        channel=workspace.general.id, text="x", blocks=list(blocks), **more
    )
    found = workspace.record.history.get(workspace.general.id, answer["ts"])
    assert found is not None
    return found


async def test_a_button_tells_who_pressed_what_and_where(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    heard = listen(app, "go")
    root = workspace.post("Ada", "general", "hello")
    row_of_buttons = row(button("go", value="7", style="primary"))
    message = await posted(workspace, client, row_of_buttons, thread_ts=root.ts)
    await settled(workspace.press("Grace", message, "go"))
    body = heard[0]
    action = body["actions"][0]
    assert (action["type"], action["block_id"], action["action_id"]) == ("button", "row", "go")
    assert (action["value"], action["style"], action["text"]["text"]) == ("7", "primary", "Go")
    assert body["user"]["id"] == workspace.grace.id
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": False,
        "thread_ts": root.ts,
    }
    assert body["channel"] == {"id": message.channel, "name": "general"}
    assert body["message"]["ts"] == message.ts
    assert body["response_url"]
    assert body["trigger_id"]


async def test_menus_tell_their_choice(app: AsyncApp, workspace: Workspace, client: AsyncWebClient) -> None:
    heard = listen(app, "more", "pick", "feedback")
    message = await posted(workspace, client, row(OVERFLOW, SELECT), THUMBS)
    await settled(workspace.press("Ada", message, "more", "raw"))
    await settled(workspace.press("Ada", message, "pick", "b"))
    await settled(workspace.press("Ada", message, "feedback", "down"))
    overflow, select, thumbs = [body["actions"][0] for body in heard]
    assert overflow["selected_option"] == option("raw")
    assert select["selected_option"] == option("b")
    assert (thumbs["value"], thumbs["text"]["text"]) == ("down", "Bad")
    assert heard[2]["state"]["values"]["row"]["pick"]["selected_option"] == option("b")
    for action_id, choice in (("more", "none"), ("pick", "none"), ("feedback", "none"), ("none", None)):
        with pytest.raises(KeyError):
            workspace.press("Ada", message, action_id, choice)


async def test_elements_that_are_not_for_everybody_are_not_pressed_by_others(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    heard = listen(app, "go")
    message = await posted(
        workspace, client, row(button("go", visible_to_user_ids=[workspace.ada.id]), button("stay"))
    )
    with pytest.raises(KeyError):
        workspace.press("Grace", message, "go")
    await settled(workspace.press("Ada", message, "go"))
    assert len(heard) == 1
    workspace.delete(message)
    with pytest.raises(KeyError):
        workspace.press("Ada", message, "go")


async def test_a_home_tab_sends_its_state(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    heard = listen(app, "go", "value")
    blocks = [field("name", TEXT), field("at once", TEXT, dispatch_action=True), row(button("go"))]
    await client.views_publish(user_id=workspace.ada.id, view={"type": "home", "blocks": blocks})
    home = workspace.home("Ada")
    assert home is not None
    workspace.fill("Ada", home, {"name": "Confab"})
    with pytest.raises(ValueError, match="sends nothing"):
        workspace.press("Ada", home, "value", "x", block_id="name")
    await settled(workspace.press("Ada", home, "value", "now", block_id="at once"))
    await settled(workspace.press("Ada", home, "go"))
    typed, pressed = heard
    assert typed["actions"][0]["value"] == "now"
    assert pressed["container"] == {"type": "view", "view_id": home.id}
    values = pressed["view"]["state"]["values"]
    assert [values[name]["value"]["value"] for name in ("name", "at once")] == ["Confab", "now"]
    assert pressed["view"]["type"] == "home"


async def test_an_external_select_asks_the_app_for_its_options(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    asked: list[dict[str, Any]] = []
    heard = listen(app, "persona")

    @app.options("persona")
    async def suggest(ack: AsyncAck, body: dict[str, Any]) -> None:
        asked.append(body)
        await ack(options=[option("xbox"), option("pirate")])

    select = {"type": "external_select", "action_id": "persona", "min_query_length": 2}
    section = {"type": "section", "block_id": "choose", "text": mrkdwn("Persona"), "accessory": select}
    message = await posted(workspace, client, section)
    with pytest.raises(ValueError, match="from 2 characters"):
        workspace.options("Ada", message, "persona", "x")
    with pytest.raises(KeyError):
        workspace.press("Ada", message, "persona", "pirate")
    parcel = await settled(workspace.options("Ada", message, "persona", "xb"))
    assert parcel.answer == {"options": [option("xbox"), option("pirate")]}
    assert (asked[0]["type"], asked[0]["value"]) == ("block_suggestion", "xb")
    assert (asked[0]["action_id"], asked[0]["block_id"]) == ("persona", "choose")
    await settled(workspace.press("Ada", message, "persona", "pirate"))
    assert heard[0]["actions"][0]["selected_option"] == option("pirate")


async def test_an_app_without_a_socket_hears_of_no_button(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    message = await posted(workspace, client, row(button("go")))
    parcel = await settled(workspace.press("Ada", message, "go"))
    assert (parcel.reason, parcel.envelopes) == ("dispatch_failed", [])
