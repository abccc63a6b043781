from typing import Any

import pytest
from slack_sdk.models import blocks as kit
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from tests.playground.workspace.conftest import refusal


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def option(number: int) -> dict[str, Any]:
    return {"text": plain(f"Option {number}"), "value": str(number)}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


BUTTON = {"type": "button", "text": plain("Go"), "action_id": "go"}

GOOD: dict[str, dict[str, Any]] = {
    "section": {
        "type": "section",
        "text": mrkdwn("x" * 3_000),
        "fields": [mrkdwn("y")] * 10,
        "accessory": BUTTON,
    },
    "markdown": {"type": "markdown", "text": "x" * 12_000},
    "header": {"type": "header", "text": plain("x" * 150)},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [mrkdwn("x")] * 10},
    "rich_text": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Run ", "style": {"bold": True}},
                    {"type": "link", "url": "https://example.com"},
                ],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "print()"}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}],
            },
        ],
    },
    "overflow": actions({"type": "overflow", "action_id": "more", "options": [option(n) for n in range(5)]}),
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good"), "value": "up"},
                "negative_button": {"text": plain("Bad"), "value": "down"},
            }
        ],
    },
}

BAD: dict[str, dict[str, Any]] = {
    "image": {"type": "image", "image_url": "https://x.test/y.png", "alt_text": "y"},
    "table": {"type": "table", "rows": []},
    "input": {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}},
    "empty section": {"type": "section"},
    "long section": {"type": "section", "text": mrkdwn("x" * 3_001)},
    "empty text": {"type": "section", "text": mrkdwn("")},
    "eleven fields": {"type": "section", "fields": [mrkdwn("y")] * 11},
    "long markdown": {"type": "markdown", "text": "x" * 12_001},
    "mrkdwn header": {"type": "header", "text": mrkdwn("x")},
    "long header": {"type": "header", "text": plain("x" * 151)},
    "eleven in context": {"type": "context", "elements": [mrkdwn("x")] * 11},
    "no elements": actions(),
    "twenty-six buttons": actions(*({**BUTTON, "action_id": str(n)} for n in range(26))),
    "same action twice": actions(BUTTON, BUTTON),
    "six in overflow": actions({"type": "overflow", "options": [option(n) for n in range(6)]}),
    "feedback in actions": actions(GOOD["context_actions"]["elements"][0]),
    "overflow in context_actions": {
        "type": "context_actions",
        "elements": GOOD["overflow"]["elements"],
    },
    "long button": actions({**BUTTON, "text": plain("x" * 76)}),
    "long value": actions({**BUTTON, "value": "x" * 2_001}),
    "unknown field": actions({**BUTTON, "colour": "red"}),
    "empty rich text": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}],
    },
    "person in code": {
        "type": "rich_text",
        "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}],
    },
    "long block id": {"type": "divider", "block_id": "x" * 256},
}


@pytest.mark.parametrize("name", GOOD)
async def test_a_block_within_its_limits_is_taken(
    workspace: Workspace, client: AsyncWebClient, name: str
) -> None:
    await client.chat_postMessage(channel=workspace.general.id, text="x", blocks=[GOOD[name]])


@pytest.mark.parametrize("name", BAD)
async def test_a_block_past_its_limits_is_refused_with_its_place(
    workspace: Workspace, client: AsyncWebClient, name: str
) -> None:
    told = await refusal(client.chat_postMessage(channel=workspace.general.id, text="x", blocks=[BAD[name]]))
    assert told.error == "invalid_blocks"
    metadata = told.body["response_metadata"]
    assert isinstance(metadata, dict)
    assert "[json-pointer:/blocks/0" in metadata["messages"][0]


async def test_what_the_sdks_models_build_is_taken(workspace: Workspace, client: AsyncWebClient) -> None:
    row = kit.ActionsBlock(elements=[kit.OverflowMenuElement(options=[kit.Option(value="a", label="A")])])
    thumbs = kit.ContextActionsBlock(
        elements=[
            kit.FeedbackButtonsElement(
                action_id="feedback",
                positive_button=kit.FeedbackButtonObject(text="Good", value="1"),
                negative_button=kit.FeedbackButtonObject(text="Bad", value="0"),
            )
        ]
    )
    blocks = [kit.MarkdownBlock(text="**hi**"), kit.DividerBlock(), row, thumbs]
    await client.chat_postMessage(channel=workspace.general.id, text="hi", blocks=blocks)


async def test_a_message_takes_fifty_blocks_and_so_much_text_in_all(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    async def post(blocks: list[dict[str, Any]]) -> str:
        call = client.chat_postMessage(channel=workspace.general.id, text="x", blocks=blocks)
        return (await refusal(call)).error

    await client.chat_postMessage(channel=workspace.general.id, text="x", blocks=[GOOD["divider"]] * 50)
    assert await post([GOOD["divider"]] * 51) == "invalid_blocks"
    assert await post([{"type": "section", "text": mrkdwn("x" * 2_700)}] * 5) == "msg_blocks_too_long"
    assert await post([{"type": "markdown", "text": "x" * 6_001}] * 2) == "invalid_blocks"
    assert await post([{"type": "divider", "block_id": "same"}] * 2) == "invalid_blocks"


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Settings"), "blocks": list(blocks), **more}


CHOSEN = {"type": "multi_users_select", "action_id": "chosen"}
FIELD = {"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input"}}


def asking(**element: Any) -> dict[str, Any]:
    return modal({**FIELD, "element": element}, submit=plain("Save"))


@pytest.mark.parametrize(
    "view",
    [
        asking(type="plain_text_input", min_length=5, max_length=4),
        asking(type="plain_text_input", initial_value="12345", max_length=4),
        asking(type="plain_text_input", dispatch_action_config={"trigger_actions_on": ["always"]}),
        asking(type="number_input"),
        asking(type="number_input", is_decimal_allowed=True, initial_value=0.7),
        asking(type="number_input", is_decimal_allowed=True, max_value="two"),
        asking(type="file_input", max_files=11),
        asking(type="static_select", options=[]),
        asking(type="static_select", options=[option(n) for n in range(101)]),
        asking(type="checkboxes", options=[option(n) for n in range(11)]),
        asking(type="radio_buttons", options=[option(1)], initial_option=option(2)),
        asking(type="external_select", initial_option={"value": "1"}),
        asking(type="overflow", options=[option(1)]),
        modal(FIELD),
        modal(title=plain("x" * 25)),
        modal(*[{"type": "divider"}] * 101),
        modal(private_metadata="x" * 3_001),
        modal({"type": "markdown", "text": "x"}),
        modal({**FIELD, "element": {"type": "plain_text_input", "max_length": 3_001}}, submit=plain("Save")),
        modal({"type": "section", "text": mrkdwn("\U0001f600" * 1_501)}),
        modal({**FIELD, "element": CHOSEN | {"initial_users": ["U1", "ada"]}}, submit=plain("Save")),
        {"type": "home", "blocks": []},
    ],
)
async def test_a_view_past_its_limits_is_refused(
    workspace: Workspace, client: AsyncWebClient, view: dict[str, Any]
) -> None:
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id)
    assert (await refusal(client.views_open(trigger_id=trigger, view=view))).error == "invalid_arguments"


async def test_a_view_past_250_kilobytes_is_too_large(workspace: Workspace, client: AsyncWebClient) -> None:
    block = {"type": "section", "text": mrkdwn("x" * 2_900)}
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id)
    told = await refusal(client.views_open(trigger_id=trigger, view=modal(*[block] * 90)))
    assert told.error == "view_too_large"


async def test_a_view_within_them_is_taken(workspace: Workspace, client: AsyncWebClient) -> None:
    trigger = workspace.surfaces.issue_trigger(workspace.ada.id)
    people = {**FIELD, "element": CHOSEN | {"initial_users": [workspace.ada.id, "W012ABCDEF"]}}
    smile = {"type": "section", "text": mrkdwn("\U0001f600" * 1_500)}
    await client.views_open(trigger_id=trigger, view=modal(people, smile, submit=plain("Save")))
    assert workspace.modal("ada") is not None
