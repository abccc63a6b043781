"""Block Kit's small parts, each cut to Slack's limit: what is too long ends in an ellipsis."""

from collections.abc import Sequence
from typing import TypeAlias

Block: TypeAlias = dict[str, object]

SECTION = 3_000
OPTION = 75
VIEW_TITLE = 24
PLACEHOLDER = 150
ELLIPSIS = "…"


def cut(text: str, most: int) -> str:
    """The text within `most` characters, as Slack's own client counts them (UTF-16)."""
    if units(text) <= most:
        return text
    kept, room = [], most - 1
    for character in text:
        room -= units(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def units(text: str) -> int:
    """How long Slack's client finds a text: an emoji is often two."""
    return len(text) + sum(character > "\uffff" for character in text)


def escaped(text: str) -> str:
    """Text of people's own within mrkdwn: no links, no mentions, nobody is called (Slack: & < >)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, most: int = SECTION) -> Block:
    """Text that is shown as it stands; Slack refuses an empty one."""
    return {"type": "plain_text", "text": cut(text, most) or " ", "emoji": True}


def mrkdwn(text: str, most: int = SECTION) -> Block:
    """Text in Slack's own markup."""
    return {"type": "mrkdwn", "text": cut(text, most) or " "}


def section(text: str, accessory: Block | None = None, *, block_id: str | None = None) -> Block:
    """A paragraph, with a button or a menu beside it."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return block if block_id is None else {**block, "block_id": block_id}


def context(text: str) -> Block:
    """A quiet line."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def header(text: str) -> Block:
    """A heading (Slack: 150 characters)."""
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons and menus (Slack: 25)."""
    block: Block = {"type": "actions", "elements": list(elements)}
    return block if block_id is None else {**block, "block_id": block_id}


def button(
    text: str, action_id: str, value: str = "", *, style: str | None = None, asks: Block | None = None
) -> Block:
    """A button; `asks` is a `confirm` that comes first."""
    block: Block = {"type": "button", "text": plain(text, 75), "action_id": action_id}
    if value:
        block["value"] = value
    if style is not None:
        block["style"] = style
    return block if asks is None else {**block, "confirm": asks}


def feedback_buttons(action_id: str, good: Block, bad: Block) -> Block:
    """The thumbs under an answer; each is a `thumb`. Slack takes them in messages only."""
    pair = {"positive_button": good, "negative_button": bad}
    return {
        "type": "context_actions",
        "elements": [{"type": "feedback_buttons", "action_id": action_id, **pair}],
    }


def thumb(text: str, value: str, aloud: str) -> Block:
    """One of the two; `aloud` is what a screen reader says (Slack: 75 characters each)."""
    return {"text": plain(text, 75), "value": value, "accessibility_label": cut(aloud, 75)}


def confirm(title: str, text: str, *, yes: str, no: str = "Cancel") -> Block:
    """A question with two answers before something happens."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(text: str, value: str, description: str = "") -> Block:
    """One of a menu's options; the value (Slack: 150 characters) comes back."""
    block: Block = {"text": plain(text, OPTION), "value": value}
    return block if not description else {**block, "description": plain(description, OPTION)}


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The three dots (Slack: one to five options)."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def select(
    action_id: str, options: Sequence[Block], chosen: Block | None = None, *, placeholder: str = ""
) -> Block:
    """A menu of at most 100 options, of which `chosen` must be one."""
    block: Block = {"type": "static_select", "action_id": action_id, "options": list(options)}
    if placeholder:
        block["placeholder"] = plain(placeholder, PLACEHOLDER)
    return block if chosen is None else {**block, "initial_option": chosen}


def radio(action_id: str, options: Sequence[Block], chosen: Block) -> Block:
    """Radio buttons (Slack: at most ten)."""
    return {
        "type": "radio_buttons",
        "action_id": action_id,
        "options": list(options),
        "initial_option": chosen,
    }


def text_input(
    action_id: str, initial: str = "", *, multiline: bool = False, most: int = SECTION, placeholder: str = ""
) -> Block:
    """A field for text (Slack: 3,000 characters of UTF-16), with room for what stands in it already."""
    block: Block = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": max(most, units(initial)),
    }
    if initial:
        block["initial_value"] = initial
    return block if not placeholder else {**block, "placeholder": plain(placeholder, PLACEHOLDER)}


def field(block_id: str, label: str, element: Block, *, hint: str = "", optional: bool = False) -> Block:
    """An input with its label. Where its value is replaced from code, `block_id` must be a new one."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2_000),
        "element": element,
        "optional": optional,
    }
    return block if not hint else {**block, "hint": plain(hint, 2_000)}


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str,
    metadata: str = "",
    submit: str | None = None,
    close: str = "Close",
) -> Block:
    """A modal (Slack: 24 characters in each bar, 100 blocks, 3,000 of metadata)."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": metadata,
        "title": plain(title, VIEW_TITLE),
        "close": plain(close, VIEW_TITLE),
        "blocks": list(blocks),
    }
    return view if submit is None else {**view, "submit": plain(submit, VIEW_TITLE)}
