from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from tests.playground.workspace.interactions.answering import answering, opened, seen
from tests.playground.workspace.interactions.conftest import (
    TEXT,
    field,
    modal,
    option,
    settled,
)

EVERYTHING: dict[str, tuple[dict[str, Any], Any, dict[str, Any]]] = {
    "text": ({**TEXT, "multiline": True}, "Hello\nyou", {"value": "Hello\nyou"}),
    "number": ({"type": "number_input", "is_decimal_allowed": True}, "0.70", {"value": "0.70"}),
    "url": ({"type": "url_text_input"}, "https://example.com", {"value": "https://example.com"}),
    "one": (
        {"type": "static_select", "options": [option("a"), option("b")]},
        "b",
        {"selected_option": option("b")},
    ),
    "some": (
        {"type": "multi_static_select", "options": [option("a"), option("b")]},
        ["a", "b"],
        {"selected_options": [option("a"), option("b")]},
    ),
    "radio": (
        {"type": "radio_buttons", "options": [option("a"), option("b")]},
        "a",
        {"selected_option": option("a")},
    ),
    "boxes": ({"type": "checkboxes", "options": [option("a")]}, ["a"], {"selected_options": [option("a")]}),
}


async def test_every_kind_of_input_arrives_in_the_state(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    heard = answering(app)
    blocks = [field(name, element) for name, (element, _, _) in EVERYTHING.items()]
    view = await opened(workspace, client, modal(*blocks, private_metadata="C1"))
    parcel = workspace.submit("Ada", view, {name: choice for name, (_, choice, _) in EVERYTHING.items()})
    await settled(parcel)
    assert workspace.modal("Ada") is None
    told = heard[0]["view"]
    for name, (element, _, value) in EVERYTHING.items():
        assert told["state"]["values"][name]["value"] == {"type": element["type"], **value}
    assert (told["id"], told["root_view_id"], told["hash"]) == (view.id, view.id, view.hash)
    assert (told["private_metadata"], told["callback_id"], told["previous_view_id"]) == (
        "C1",
        "settings",
        None,
    )
    assert heard[0]["response_urls"] == []


async def test_people_and_channels_are_chosen_by_name_and_told_by_id(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    heard = answering(app)
    kinds = ("users_select", "multi_users_select", "conversations_select", "multi_channels_select")
    view = await opened(workspace, client, modal(*[field(kind, {"type": kind}) for kind in kinds]))
    values = {
        "users_select": "Grace",
        "multi_users_select": [workspace.ada, "grace"],
        "conversations_select": "general",
        "multi_channels_select": ["#random", workspace.xbox_support],
    }
    await settled(workspace.submit("Ada", view, values))
    told = {name: inner["value"] for name, inner in heard[0]["view"]["state"]["values"].items()}
    assert told["users_select"]["selected_user"] == workspace.grace.id
    assert told["multi_users_select"]["selected_users"] == [workspace.ada.id, workspace.grace.id]
    assert told["conversations_select"]["selected_conversation"] == workspace.general.id
    channels = [workspace.random.id, workspace.xbox_support.id]
    assert told["multi_channels_select"]["selected_channels"] == channels


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        (TEXT, "", "complete this required field"),
        ({**TEXT, "min_length": 3}, "ab", "at least 3"),
        ({**TEXT, "max_length": 3}, "abcd", "no more than 3"),
        ({**TEXT, "max_length": 3}, "\U0001f600\U0001f600", "no more than 3"),
        ({"type": "number_input", "is_decimal_allowed": True}, "warm", "Must be a number"),
        ({"type": "number_input", "is_decimal_allowed": False}, "0.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.1", "no more than 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "0"}, "-1", "at least 0"),
    ],
)
async def test_slacks_client_keeps_back_what_cannot_be_submitted(
    workspace: Workspace, client: AsyncWebClient, element: Any, value: str, sentence: str
) -> None:
    view = await opened(workspace, client, modal(field("it", element)))
    assert workspace.submit("Ada", view, {"it": value}) is None
    assert sentence in seen(workspace).errors["it"]


async def test_optional_fields_may_stay_empty(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    heard = answering(app)
    view = await opened(workspace, client, modal(field("it", TEXT, optional=True)))
    await settled(workspace.submit("Ada", view))
    assert heard[0]["view"]["state"]["values"]["it"]["value"] == {"type": "plain_text_input", "value": None}
