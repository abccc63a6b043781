import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from bot.playground.workspace.surfaces import View
from tests.playground.workspace.conftest import refusal
from tests.playground.workspace.interactions.conftest import (
    TEXT,
    button,
    field,
    modal,
    option,
    plain,
    row,
    settled,
)


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
    values: dict[str | tuple[str, str], Any] = {
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


async def test_the_app_refuses_values_at_their_fields(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    answering(app, {"response_action": "errors", "errors": {"it": "From 0 to 2."}}, {})
    view = await opened(workspace, client, modal(field("it", TEXT)))
    await settled(workspace.submit("Ada", view, {"it": "3"}))
    assert seen(workspace).errors == {"it": "From 0 to 2."}
    await settled(workspace.submit("Ada", view, {"it": "2"}))
    assert workspace.modal("Ada") is None


async def test_errors_at_no_input_are_trouble(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    answering(app, {"response_action": "errors", "errors": {"row": "no"}})
    view = await opened(workspace, client, modal(field("it", TEXT), row(button("go"))))
    await settled(workspace.submit("Ada", view, {"it": "3"}))
    assert "trouble" in seen(workspace).trouble
    assert "row" in workspace.submissions.refused[0]


async def test_a_submission_may_push_update_and_clear(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    answering(
        app,
        {"response_action": "push", "view": modal(title="Second")},
        {"response_action": "update", "view": modal(title="Second, new")},
        {"response_action": "push", "view": modal(title="Third")},
        {"response_action": "push", "view": modal(title="Fourth")},
        {},
        {"response_action": "clear"},
    )
    await opened(workspace, client, modal(title="First"))
    titles = []
    for _ in range(5):
        await settled(workspace.submit("Ada", seen(workspace)))
        titles.append(title(workspace))
    assert titles == ["Second", "Second, new", "Third", "Third", "Second, new"]
    assert workspace.submissions.refused == ["push_limit_reached"]
    assert seen(workspace).previous == workspace.surfaces.stack(workspace.ada.id)[0].id
    await settled(workspace.submit("Ada", seen(workspace)))
    assert workspace.modal("Ada") is None


async def test_a_bad_view_in_an_answer_is_trouble_and_not_shown(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    answering(app, {"response_action": "update", "view": modal(title="x" * 25)})
    await opened(workspace, client, modal(title="First"))
    await settled(workspace.submit("Ada", seen(workspace)))
    assert (title(workspace), seen(workspace).trouble != "") == ("First", True)
    assert "/view/title" in workspace.submissions.refused[0]


async def test_a_submission_without_an_answer_is_trouble_and_loses_nothing(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    view = await opened(workspace, client, modal(field("it", TEXT)))
    await settled(workspace.submit("Ada", view, {"it": "typed"}))
    assert seen(workspace).trouble == "We had some trouble connecting. Try again?"
    assert seen(workspace).state["it"]["value"]["value"] == "typed"


async def test_an_update_keeps_what_was_typed_unless_its_block_has_another_id(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    view = await opened(
        workspace, client, modal(field("old", {**TEXT, "initial_value": "a"}), field("it", TEXT))
    )
    workspace.fill("Ada", view, {"it": "typed"})
    preset = {**TEXT, "initial_value": "preset"}
    blocks = modal(field("old", preset), field("it", preset), field("it-2", preset))
    await client.views_update(view_id=view.id, view=blocks)
    state = seen(workspace).state
    assert [state[name]["value"]["value"] for name in ("old", "it", "it-2")] == ["a", "typed", "preset"]


async def test_a_choice_that_is_offered_no_longer_is_dropped(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    def choose(*values: str) -> dict[str, Any]:
        return modal(field("it", {"type": "static_select", "options": [option(each) for each in values]}))

    view = await opened(workspace, client, choose("a", "b"))
    workspace.fill("Ada", view, {"it": "b"})
    await client.views_update(view_id=view.id, view=choose("b", "c"))
    assert seen(workspace).state["it"]["value"]["selected_option"] == option("b")
    await client.views_update(view_id=view.id, view=choose("a", "c"))
    assert seen(workspace).state["it"]["value"]["selected_option"] is None


async def test_buttons_push_views_and_update_the_one_below(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    bodies: list[dict[str, Any]] = []

    @app.action("go")
    async def go(ack: AsyncAck, body: dict[str, Any]) -> None:
        bodies.append(body)
        await client.views_push(trigger_id=body["trigger_id"], view=modal(title="Second"))
        await client.views_update(view_id=body["view"]["root_view_id"], view=modal(title="First, new"))
        await ack()

    root = await opened(workspace, client, modal(row(button("go")), title="First"))
    await settled(workspace.press("Ada", root, "go"))
    assert bodies[0]["container"] == {"type": "view", "view_id": root.id}
    assert "response_url" not in bodies[0]
    assert title(workspace) == "Second"
    with pytest.raises(ValueError, match="on top"):
        workspace.submit("Ada", root)
    workspace.close("Ada", seen(workspace))
    assert title(workspace) == "First, new"


async def test_closing_is_told_where_it_was_asked_for(
    app: AsyncApp, workspace: Workspace, client: AsyncWebClient
) -> None:
    heard: list[tuple[str, bool]] = []

    @app.view_closed("settings")
    async def take(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append((body["view"]["title"]["text"], body["is_cleared"]))
        await ack()

    for everything in (False, True):
        root = await opened(workspace, client, modal(title="First", notify_on_close=True))
        trigger = workspace.surfaces.issue_trigger(workspace.ada.id, root.id)
        await client.views_push(trigger_id=trigger, view=modal(title="Second", notify_on_close=True))
        told = workspace.close("Ada", seen(workspace), everything=everything)
        await asyncio.gather(*(settled(parcel) for parcel in told))
    assert heard == [("Second", False), ("Second", True), ("First", True)]
    assert workspace.modal("Ada") is None


async def test_a_view_may_take_all_below_it_along(workspace: Workspace, client: AsyncWebClient) -> None:
    root = await opened(workspace, client, modal(title="First"))
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id, root.id)
    await client.views_push(trigger_id=trigger, view=modal(title="Second", clear_on_close=True))
    workspace.close("Ada", seen(workspace))
    assert workspace.modal("Ada") is None


async def test_another_root_takes_the_place_of_what_is_open(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    await opened(workspace, client, modal(title="First"))
    await opened(workspace, client, modal(title="Other"))
    assert [view.content["title"]["text"] for view in workspace.surfaces.stack(workspace.ada.id)] == ["Other"]


async def test_closed_views_and_those_of_others_cannot_be_used(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    view = await opened(workspace, client, modal(field("it", TEXT)))
    with pytest.raises(KeyError):
        workspace.submit("Grace", view, {"it": "x"})
    workspace.close("Ada", view)
    with pytest.raises(KeyError):
        workspace.submit("Ada", view, {"it": "x"})
    assert (await refusal(client.views_update(view_id=view.id, view=modal()))).error == "not_found"


async def test_a_view_without_a_submit_button_is_not_submitted(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    bare = {"type": "modal", "title": plain("Code"), "blocks": []}
    view = await opened(workspace, client, bare)
    with pytest.raises(ValueError, match="no submit"):
        workspace.submit("Ada", view)


async def test_what_people_typed_is_read_back_from_an_update(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    view = await opened(workspace, client, modal(field("it", TEXT)))
    workspace.fill("Ada", view, {"it": "typed"})
    answer = await client.views_update(view_id=view.id, view=modal(field("it", TEXT)))
    assert answer["view"]["state"]["values"]["it"]["value"]["value"] == "typed"
