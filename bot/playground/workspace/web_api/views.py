"""Home tabs and modals."""

from bot.playground.workspace.blockkit.views import check_view
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.interactions.envelopes import view_json
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.surfaces import Trigger, View
from bot.playground.workspace.web_api.method import ApiCall, Method


def publish(call: ApiCall) -> JSON:
    """views.publish."""
    workspace = call.workspace
    if not call.app.home_tab:
        raise SlackError("not_enabled")
    person = call.word("user_id")
    if workspace.team.find_person(person) is None:
        raise SlackError("user_not_found")
    content = _checked(call, "home")
    old = workspace.surfaces.homes.get(person)
    if old is not None and call.text("hash") not in (None, old.hash):
        raise SlackError("hash_conflict")
    view = workspace.surfaces.publish_home(person, content)
    workspace.record.tell("home", person=person)
    return {"view": _shown(call, view)}


def open_view(call: ApiCall) -> JSON:
    """views.open."""
    trigger = _exchange(call)
    content = _checked(call, "modal")
    return _opened(call, call.workspace.surfaces.open_modal(trigger.person, content), trigger)


def push(call: ApiCall) -> JSON:
    """views.push: two over the root at most, and only from inside a modal."""
    workspace = call.workspace
    trigger = _exchange(call)
    below = workspace.surfaces.find(trigger.view or "")
    if below is None:
        raise SlackError("invalid_trigger_id")
    if len(workspace.surfaces.stacks.get(below.root, ())) >= workspace.limits.view_stack:
        raise SlackError("push_limit_reached")
    content = _checked(call, "modal")
    return _opened(call, workspace.surfaces.open_modal(trigger.person, content, below), trigger)


def update(call: ApiCall) -> JSON:
    """views.update: with a hash, only over the version that it was read from."""
    surfaces = call.workspace.surfaces
    external = call.text("external_id")
    found = surfaces.find(call.text("view_id") or "")
    if found is None and external is not None:
        named = (view for view in surfaces.modals.values() if view.content.get("external_id") == external)
        found = next(named, None)
    if found is None:
        raise SlackError("not_found")
    if call.text("hash") not in (None, found.hash):
        raise SlackError("hash_conflict")
    kind = "modal" if found.id in surfaces.modals else "home"
    view = surfaces.update(found, _checked(call, kind))
    call.workspace.record.tell("view", person=view.person)
    return {"view": _shown(call, view)}


def _checked(call: ApiCall, kind: str) -> JSON:
    """The view as given, within its limits; Slack: `file_input` needs `files:read`."""
    content = check_view(call.structure("view", "invalid_arguments"), kind, call.workspace.limits)
    if any(block.get("element", {}).get("type") == "file_input" for block in content["blocks"]):
        call.need("files:read")
    return content


def _exchange(call: ApiCall) -> Trigger:
    """The trigger that lets the app open a view, used up by it.

    Raises:
        SlackError: `invalid_trigger_id`, `expired_trigger_id` after three seconds, `exchanged_trigger_id`.
    """
    trigger = call.workspace.surfaces.triggers.get(call.text("trigger_id") or "")
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if trigger.expires < call.workspace.clock():
        raise SlackError("expired_trigger_id")
    return trigger


def _opened(call: ApiCall, view: View, trigger: Trigger) -> JSON:
    trigger.used = True
    call.workspace.record.tell("view", person=view.person)
    return {"view": _shown(call, view)}


def _shown(call: ApiCall, view: View) -> JSON:
    return view_json(view, call.workspace.team.id, call.app)


_OPENING = ("trigger_id", "interactivity_pointer")

METHODS = (
    Method("views.publish", publish, Tier.FOUR, ("user_id", "view"), ("hash",)),
    Method("views.open", open_view, Tier.FOUR, ("view",), _OPENING),
    Method("views.push", push, Tier.FOUR, ("view",), _OPENING),
    Method("views.update", update, Tier.FOUR, ("view",), ("view_id", "external_id", "hash")),
)
