"""Modals and home tabs."""

import json
from typing import Any

from bot.playground.workspace.blockkit.blocks import Surface, check_blocks
from bot.playground.workspace.blockkit.inspection import Inspection, units
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import JSON

_MODAL = (
    "title",
    "submit",
    "close",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
)
_HOME = ("private_metadata", "callback_id", "external_id")


def check_view(value: Any, kind: str, most: Limits) -> JSON:
    """A view of that kind (`modal` or `home`) within Slack's limits.

    Raises:
        SlackError: `view_too_large` past 250 KB, `invalid_arguments` with every fault otherwise.
    """
    look = Inspection(units)
    body = look.mapping(value, "/view")
    if len(json.dumps(body).encode()) > most.view_bytes:
        raise SlackError("view_too_large")
    look.choice(body.get("type"), "/view/type", (kind,))
    look.fields(body, "/view", ("type", "blocks"), _MODAL if kind == "modal" else _HOME)
    look.string(body.get("private_metadata", ""), "/view/private_metadata", most.private_metadata)
    look.ids(body, "/view", "callback_id", "external_id")
    blocks = look.items(body.get("blocks"), "/view/blocks", most=most.view_blocks, least=0)
    check_blocks(look, blocks, Surface.VIEW, "/view/blocks")
    if kind == "modal":
        _check_bars(look, body, blocks, most)
    if look.faults:
        raise SlackError("invalid_arguments", *look.faults)
    return body


def _check_bars(look: Inspection, body: JSON, blocks: list[Any], most: Limits) -> None:
    for name in ("title", "submit", "close"):
        if name in body or name == "title":
            look.text(body.get(name), f"/view/{name}", most.view_title)
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if has_input and "submit" not in body:
        look.fault("a modal with input blocks needs submit", "/view")
