"""Buttons, menus and shortcuts outside the settings modal, made values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat.characters import legible

_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Pressed:
    """Something that a person pressed or chose, in a message, a view or the home tab.

    `value` is a button's, or the one of the option that was chosen; `chosen` has all that are ticked.
    `about` is the view's private metadata. `channel_id`, `ts` and `root_ts` name the message, if it was in
    one; a message in no thread is its own root. A trigger opens one view, for three seconds. `at` is when it
    happened, as Slack says. A view's hash is another one after each change of it. `answer_to` is where Slack
    takes, for half an hour, what is to stand in the message's place.
    """

    person_id: str
    trigger_id: str
    action_id: str = ""
    value: str = ""
    chosen: tuple[str, ...] = ()
    about: str = field(default="", repr=False)
    view_id: str = ""
    view_hash: str = ""
    channel_id: str = ""
    ts: str = ""
    root_ts: str = ""
    at: str = ""
    answer_to: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A modal that somebody submitted: what was typed and chosen, by the fields' `block_id`."""

    person_id: str
    trigger_id: str
    view_id: str
    about: str = field(repr=False)
    typed: Mapping[str, str] = field(repr=False)


def pressed(body: Mapping[str, object]) -> Pressed:
    """A `block_actions` or `message_action` payload; what it lacks is empty."""
    actions = body.get("actions")
    action = _mapping(actions[0]) if isinstance(actions, list) and actions else body
    view = _mapping(body.get("view"))
    where, message = _mapping(body.get("container")), _mapping(body.get("message"))
    option = _mapping(action.get("selected_option"))
    several = action.get("selected_options")
    options = [_mapping(each) for each in several] if isinstance(several, list) else []
    at = _word(action, "action_ts") or _word(body, "action_ts")
    ts = _word(message, "ts") or _word(where, "message_ts")
    return Pressed(
        person_id=_word(_mapping(body.get("user")), "id"),
        trigger_id=_word(body, "trigger_id"),
        action_id=_word(action, "action_id") or _word(body, "callback_id"),
        value=_word(option, "value") or _word(action, "value"),
        chosen=tuple(_word(each, "value") for each in options),
        about=_word(view, "private_metadata"),
        view_id=_word(view, "id"),
        view_hash=_word(view, "hash"),
        channel_id=_word(_mapping(body.get("channel")), "id") or _word(where, "channel_id"),
        ts=ts,
        root_ts=_word(message, "thread_ts") or _word(where, "thread_ts") or ts,
        at=at if _TS.fullmatch(at) else "",
        answer_to=_word(body, "response_url"),
    )


def submitted(body: Mapping[str, object]) -> Submitted:
    """A `view_submission` payload."""
    view = _mapping(body.get("view"))
    values = _mapping(_mapping(view.get("state")).get("values"))
    return Submitted(
        person_id=_word(_mapping(body.get("user")), "id"),
        trigger_id=_word(body, "trigger_id"),
        view_id=_word(view, "id"),
        about=_word(view, "private_metadata"),
        typed={name: _typed(_mapping(block)) for name, block in values.items()},
    )


def _typed(block: Mapping[str, object]) -> str:
    """The value of a field's one element."""
    element = next((_mapping(each) for each in block.values()), {})
    text = _word(_mapping(element.get("selected_option")), "value") or _word(element, "value")
    return legible(text)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _word(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
