"""Interactive elements and what people put into them, in the shape of `state.values`."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bot.playground.workspace.messages import JSON

OPTION = frozenset({"static_select", "external_select", "radio_buttons"})
OPTIONS = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
TYPED = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})
MOMENTS = {"datepicker": "date", "timepicker": "time"}
LISTS = {
    "users_select": "user",
    "conversations_select": "conversation",
    "channels_select": "channel",
    "multi_users_select": "users",
    "multi_conversations_select": "conversations",
    "multi_channels_select": "channels",
}
STATEFUL = OPTION | OPTIONS | TYPED | frozenset(MOMENTS) | frozenset(LISTS) | {"file_input"}

Values = dict[str, dict[str, JSON]]  # by block_id, then by action_id


def elements_of(blocks: Iterable[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Every interactive element with the block that it stands in."""
    for block in blocks:
        inner = [block.get("element"), block.get("accessory"), *(block.get("elements") or ())]
        for element in inner:
            if isinstance(element, dict) and element.get("action_id") is not None:
                yield block, element


def find_element(blocks: Iterable[JSON], name: str, block_id: str | None = None) -> tuple[JSON, JSON]:
    """The block and the element with that `action_id`, or the input block with that `block_id`.

    Raises:
        KeyError: nothing here is called that.
    """
    everything = list(elements_of(blocks))
    for block, element in everything:
        if element["action_id"] == name and block_id in (None, block["block_id"]):
            return block, element
    for block, element in everything:
        if block["block_id"] == name and block.get("type") == "input":
            return block, element
    raise KeyError(name)


def named(blocks: Iterable[JSON]) -> list[JSON]:
    """The blocks, with a `block_id` each and an `action_id` in every element, random where missing."""
    found = []
    for block in blocks:
        whole = block if block.get("block_id") else {**block, "block_id": secrets.token_urlsafe(4)}
        for place in ("element", "accessory"):
            if place in whole:
                whole = {**whole, place: _named(whole[place])}
        if whole.get("type") in ("actions", "context_actions"):
            whole = {**whole, "elements": [_named(each) for each in whole["elements"]]}
        found.append(whole)
    return found


def _named(element: JSON) -> JSON:
    silent = element.get("type") == "image" or element.get("action_id")
    return element if silent else {**element, "action_id": secrets.token_urlsafe(4)}


def state_of(blocks: Iterable[JSON], kept: Values | None = None) -> Values:
    """What stands in every element: what was there under the same ids and type, else its initial value.

    That Slack keeps what was there, over any new initial value, is the rule for `views.update`.
    """
    values: Values = {}
    for block, element in elements_of(blocks):
        if element["type"] not in STATEFUL:
            continue
        old = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
        same = old is not None and old["type"] == element["type"] and _still_offered(element, old)
        value = old if same and old is not None else initial(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def initial(element: JSON) -> JSON:
    """What stands in an element before anybody touched it."""
    kind = str(element["type"])
    if kind in TYPED:
        return _value(kind, "value", element.get("initial_value"))
    if kind in OPTION:
        return _value(kind, "selected_option", element.get("initial_option"))
    if kind in OPTIONS:
        return _value(kind, "selected_options", element.get("initial_options", []))
    if kind in LISTS:
        what, many = LISTS[kind], kind.startswith("multi")
        return _value(kind, f"selected_{what}", element.get(f"initial_{what}", [] if many else None))
    if kind in MOMENTS:
        return _value(kind, f"selected_{MOMENTS[kind]}", element.get(f"initial_{MOMENTS[kind]}"))
    return _value(kind, "files", [])


def chosen(
    element: JSON, choice: Any, *, offered: Sequence[JSON] = (), identify: Callable[[Any], Any] = str
) -> JSON:
    """What stands in an element once somebody chose or typed that.

    Args:
        element: the element.
        choice: text for what is typed, an option's value, an id; a list of them where several may be chosen;
            None or an empty list for nothing.
        offered: the options of an external select, as they were last shown.
        identify: turns a person, a channel or a file into what Slack sends for it.

    Raises:
        KeyError: no option has that value.
    """
    kind = str(element["type"])
    if kind in TYPED:
        return _value(kind, "value", None if choice in (None, "") else str(choice))
    if kind in OPTION:
        return _value(kind, "selected_option", None if choice is None else _option(element, choice, offered))
    several = [] if choice is None else [choice] if isinstance(choice, str) else list(choice)
    if kind in OPTIONS:
        picked = [_option(element, each, offered) for each in several]
        return _value(kind, "selected_options", picked)
    if kind in LISTS:
        ids = (
            [identify(each) for each in several] if kind.startswith("multi") else choice and identify(choice)
        )
        return _value(kind, f"selected_{LISTS[kind]}", ids)
    if kind in MOMENTS:
        return _value(kind, f"selected_{MOMENTS[kind]}", choice)
    return _value(kind, "files", [identify(each) for each in several])


def options_of(element: JSON) -> list[JSON]:
    """Every option that an element shows by itself, groups taken apart."""
    groups = element.get("option_groups") or [element]
    return [option for group in groups for option in group.get("options", ())]


def is_empty(value: JSON) -> bool:
    """Whether nothing was typed or chosen."""
    return not any(content for key, content in value.items() if key != "type")


def _option(element: JSON, wanted: str, offered: Sequence[JSON]) -> JSON:
    initial_ones = [element.get("initial_option"), *element.get("initial_options", ())]
    for option in (*options_of(element), *offered, *initial_ones):
        if option is not None and option["value"] == wanted:
            return dict(option)
    raise KeyError(wanted)


def _still_offered(element: JSON, value: JSON) -> bool:
    if "external" in str(element["type"]):
        return True
    picked = value.get("selected_options") or [value.get("selected_option")]
    return all(each is None or each in options_of(element) for each in picked)


def _value(kind: str, name: str, content: Any) -> JSON:
    return {"type": kind, name: content}
