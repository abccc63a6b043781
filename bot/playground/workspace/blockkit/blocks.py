"""The blocks of messages, modals and home tabs. A type that the app has no business with is refused."""

from collections.abc import Callable, Sequence
from enum import Enum

from bot.playground.workspace import limits
from bot.playground.workspace.blockkit import elements, rich_text
from bot.playground.workspace.blockkit.inspection import ANY_TEXT, Inspection
from bot.playground.workspace.messages import JSON

_MARKDOWN = 12_000  # Slack: one markdown block, and all of a payload's together


_EVERYWHERE = frozenset({"section", "rich_text", "context", "actions", "header", "divider"})


class Surface(Enum):
    """Where blocks are shown, with the types that may stand there."""

    MESSAGE = _EVERYWHERE | {"markdown", "context_actions"}
    VIEW = _EVERYWHERE | {"input"}


def check_blocks(look: Inspection, blocks: Sequence[object], surface: Surface, at: str = "/blocks") -> None:
    """Every block is of a type that this surface takes, within its limits, under an id of its own."""
    ids: list[str] = []
    markdown = 0
    for index, value in enumerate(blocks):
        place = f"{at}/{index}"
        body = look.mapping(value, place)
        kind = str(body.get("type"))
        if kind not in surface.value or kind not in _CHECKS:
            look.fault(f"unsupported type: {kind}", f"{place}/type")
            continue
        look.ids(body, place, "block_id")
        _CHECKS[kind](look, body, place)
        ids += [str(body["block_id"])] if body.get("block_id") else []
        markdown += len(str(body.get("text", ""))) if kind == "markdown" else 0
    if markdown > _MARKDOWN:
        look.fault(f"all markdown blocks together must be less than {_MARKDOWN + 1} characters", at)
    look.distinct(ids, at, "block_id")


def text_length(value: object) -> int:
    """How much text stands in blocks, fields and elements, as `msg_blocks_too_long` counts it."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(text_length(each) for each in value.values())
    if isinstance(value, (list, tuple)):
        return sum(text_length(each) for each in value)
    return 0


def _section(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type",), ("block_id", "text", "fields", "accessory", "expand"))
    if "text" not in body and "fields" not in body:
        look.fault("missing required field: text or fields", at)
    if "text" in body:
        look.text(body["text"], f"{at}/text", limits.SECTION_TEXT, ANY_TEXT)
    if "fields" in body:
        for index, field in enumerate(look.items(body["fields"], f"{at}/fields", most=limits.SECTION_FIELDS)):
            look.text(field, f"{at}/fields/{index}", limits.SECTION_FIELD_TEXT, ANY_TEXT)
    if "accessory" in body:
        elements.check_element(look, body["accessory"], f"{at}/accessory", elements.IN_SECTION)


def _markdown(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "text"), ("block_id",))
    look.string(body.get("text"), f"{at}/text", _MARKDOWN, least=1)


def _header(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "text"), ("block_id",))
    look.text(body.get("text"), f"{at}/text", limits.HEADER_TEXT)


def _divider(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type",), ("block_id",))


def _context(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "elements"), ("block_id",))
    found = look.items(body.get("elements"), f"{at}/elements", most=limits.CONTEXT_ELEMENTS)
    for index, element in enumerate(found):
        place = f"{at}/elements/{index}"
        if look.mapping(element, place).get("type") == "image":
            elements.check_element(look, element, place, frozenset({"image"}))
        else:
            look.text(element, place, limits.CONTEXT_TEXT, ANY_TEXT)


def _row(most: int, allowed: frozenset[str]) -> elements.Check:
    def check(look: Inspection, body: JSON, at: str) -> None:
        look.fields(body, at, ("type", "elements"), ("block_id",))
        found = look.items(body.get("elements"), f"{at}/elements", most=most)
        checked = [
            elements.check_element(look, element, f"{at}/elements/{index}", allowed)
            for index, element in enumerate(found)
        ]
        ids = [str(each["action_id"]) for each in checked if each.get("action_id")]
        look.distinct(ids, f"{at}/elements", "action_id")

    return check


def _input(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "label", "element"), ("block_id", "hint", "optional", "dispatch_action"))
    look.text(body.get("label"), f"{at}/label", limits.LABEL_TEXT)
    if "hint" in body:
        look.text(body["hint"], f"{at}/hint", limits.LABEL_TEXT)
    elements.check_element(look, body.get("element"), f"{at}/element", elements.IN_INPUT)


_CHECKS: dict[str, Callable[[Inspection, JSON, str], None]] = {
    "section": _section,
    "rich_text": rich_text.check_rich_text,
    "markdown": _markdown,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _row(limits.ACTIONS_ELEMENTS, elements.IN_ACTIONS),
    "context_actions": _row(limits.CONTEXT_ACTIONS_ELEMENTS, elements.IN_CONTEXT_ACTIONS),
    "input": _input,
}
