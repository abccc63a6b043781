"""What people do in the modal, made values: they press, they submit, they look for a persona."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.slack.forms.typed import Typed, typed
from bot.slack.settings_modal.at import At


@dataclass(frozen=True, slots=True)
class Shown:
    """The view in which something was done. `previous` lies directly under it; None is under a root."""

    id: str
    callback_id: str
    root: str
    previous: str | None
    at: At
    typed: Typed = field(repr=False)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a person did in a view; `action` and `value` are empty for a submission."""

    person_id: str
    trigger_id: str
    shown: Shown
    action: str = ""
    value: str = ""

    @property
    def channel_id(self) -> str:
        """The channel whose settings these are."""
        return self.shown.at.channel_id


def submitted(body: Mapping[str, object]) -> Deed | None:
    """A `view_submission`; None where it is none of ours."""
    shown = _shown(_mapping(body.get("view")))
    if shown is None:
        return None
    return Deed(_person(body), str(body.get("trigger_id") or ""), shown)


def pressed(body: Mapping[str, object]) -> Deed | None:
    """A `block_actions` or `block_suggestion` in a view; None where it is none of ours."""
    shown = _shown(_mapping(body.get("view")))
    done = body.get("actions")
    action = _mapping(done[0]) if isinstance(done, list) and done else body
    if shown is None:
        return None
    chosen = _mapping(action.get("selected_option")).get("value")
    value = chosen if isinstance(chosen, str) else action.get("value")
    return Deed(
        _person(body),
        str(body.get("trigger_id") or ""),
        shown,
        str(action.get("action_id") or ""),
        str(value or ""),
    )


def _shown(view: Mapping[str, object]) -> Shown | None:
    at = At.decoded(view.get("private_metadata"))
    if at is None:
        return None
    previous = view.get("previous_view_id")
    return Shown(
        id=str(view.get("id") or ""),
        callback_id=str(view.get("callback_id") or ""),
        root=str(view.get("root_view_id") or ""),
        previous=previous if isinstance(previous, str) and previous else None,
        at=at,
        typed=typed(view),
    )


def _person(body: Mapping[str, object]) -> str:
    return str(_mapping(body.get("user")).get("id") or "")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
