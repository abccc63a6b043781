import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from tests.playground.workspace.conftest import refusal
from tests.playground.workspace.interactions.answering import answering, opened, seen, title
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
