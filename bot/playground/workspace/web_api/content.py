"""What a message may contain, checked the same way for every method that writes one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.playground.workspace.blockkit.blocks import Surface, check_blocks, text_length
from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.interactions.elements import named
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import JSON, Face
from bot.playground.workspace.web_api.method import ApiCall


@dataclass(frozen=True, slots=True)
class Content:
    """The body of a message as it was asked for. None means that the argument was not given."""

    text: str | None = field(repr=False)
    markdown: str | None = field(repr=False)
    blocks: tuple[JSON, ...] | None = field(repr=False)
    attachments: tuple[JSON, ...] | None = field(repr=False)

    @property
    def body(self) -> str:
        """Whichever text there is."""
        return self.text or self.markdown or ""


def read_content(call: ApiCall, *, text_limit: int | None = None) -> Content:
    """The content of a message.

    Args:
        call: the call that brings it.
        text_limit: refuse longer text; without it, text is cut at Slack's 40,000.

    Raises:
        SlackError: it is empty, contradictory, too long, or has blocks that Slack would refuse.
    """
    limits = call.workspace.limits
    text, markdown = call.text("text"), call.text("markdown_text")
    blocks = read_blocks(call, "blocks")
    attachments = call.listing("attachments", "invalid_attachments")
    if markdown is not None and (text is not None or blocks is not None):
        raise SlackError("markdown_text_conflict")
    if not ((text or "").strip() or (markdown or "").strip() or blocks or attachments):
        raise SlackError("no_text")
    if len(markdown or "") > limits.markdown_text or len(text or "") > (text_limit or len(text or "")):
        raise SlackError("msg_too_long")
    if len(attachments or ()) > limits.attachments:
        raise SlackError("too_many_attachments")
    return Content(
        None if text is None else text[: limits.text],
        markdown,
        None if blocks is None else tuple(blocks),
        None if attachments is None else tuple(attachments),
    )


def read_blocks(call: ApiCall, name: str) -> list[JSON] | None:
    """The blocks of a message, each given an id if it has none, and every element too."""
    blocks = call.listing(name, "invalid_blocks_format")
    if blocks is None:
        return None
    check_message_blocks(blocks, call.workspace.limits)
    return named(blocks)


def check_message_blocks(blocks: Sequence[JSON], limits: Limits) -> None:
    """The blocks stand within a message's limits.

    Raises:
        SlackError: `invalid_blocks` naming every fault, or `msg_blocks_too_long`.
    """
    look = Inspection()
    look.items(list(blocks), "/blocks", most=limits.blocks_per_message, least=0)
    check_blocks(look, blocks, Surface.MESSAGE)
    if look.faults:
        raise SlackError("invalid_blocks", *look.faults)
    if text_length(blocks) > limits.block_text_in_all:
        raise SlackError("msg_blocks_too_long")


def read_metadata(call: ApiCall) -> JSON | None:
    """A message's metadata: `event_type` and a flat `event_payload`; None where it was not given.

    Raises:
        SlackError: `invalid_metadata_format`, `invalid_metadata_schema` or `metadata_too_large`.
    """
    value: Any = call.structure("metadata", "invalid_metadata_format")
    if value is None or value == {}:
        return None if value is None else {}
    if not isinstance(value, dict):
        raise SlackError("invalid_metadata_format")
    if set(value) != {"event_type", "event_payload"}:
        raise SlackError("invalid_metadata_schema")
    if not isinstance(value["event_type"], str) or not isinstance(value["event_payload"], dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(value).encode()) > call.workspace.limits.metadata_bytes:
        raise SlackError("metadata_too_large")
    return value


def read_face(call: ApiCall) -> Face | None:
    """The name and icon that a message is to carry instead of the app's own.

    Raises:
        SlackError: `missing_scope` without `chat:write.customize`.
    """
    face = Face(call.text("username"), call.text("icon_emoji"), call.text("icon_url"))
    if face == Face():
        return None
    call.need("chat:write.customize")
    return face


def brings_names_to_life(call: ApiCall, *, default_parse: str) -> bool:
    """Whether Slack would turn a bare `@channel` in the text into a real one."""
    return call.flag("link_names") or (call.text("parse") or default_parse) in ("full", "client")
