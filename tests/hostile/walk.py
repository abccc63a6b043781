"""A walk through every kind of payload: what Slack sends when people do all that Confab lets them."""

import copy
import re
from collections.abc import Iterable, Sequence

from bot.app import Confab
from bot.playground.workspace import Parcel
from bot.slack.answer_row.row import AGAIN, STOP
from bot.slack.example import view as example
from tests.hostile.hands import word
from tests.hostile.payloads import Payload
from tests.hostile.walk_home import from_home
from tests.hostile.walk_settings import publish_much, through_the_settings
from tests.hostile.walk_threads import through_the_threads
from tests.scenarios.scene import Scene

NUMBER = re.compile(r"\.\d+$")


async def genuine_payloads(scene: Scene, confab: Confab) -> list[tuple[str, Payload]]:
    """One payload of each kind, of each button and of each form, as the strict workspace sent it."""
    slack = scene.slack
    await publish_much(scene, confab)
    await through_the_threads(scene)
    await through_the_settings(scene, confab)
    await from_home(scene)
    slack.announce("tokens_revoked", tokens={"oauth": [], "bot": [slack.confab.id]})
    slack.announce("app_uninstalled")
    await scene.settled()
    genuine = one_of_each(slack.parcels)
    return [*genuine, *_beside_it(genuine)]


def one_of_each(parcels: Iterable[Parcel]) -> list[tuple[str, Payload]]:
    """The first of each kind, a copy."""
    found: dict[tuple[str, ...], tuple[str, Payload]] = {}
    for parcel in parcels:
        whole = (parcel.kind, copy.deepcopy(parcel.payload))
        found.setdefault(kind_of(*whole), whole)
    return list(found.values())


def kind_of(kind: str, payload: Payload) -> tuple[str, ...]:
    """What tells one kind from another: its types, the button, the form, the word after the command."""
    event, view = payload.get("event") or {}, payload.get("view") or {}
    action = (payload.get("actions") or [payload])[0]
    types = [each.get(key) for each in (payload, event) for key in ("type", "subtype", "channel_type")]
    asked = payload.get("callback_id"), word(payload.get("text")), *pressed_of(action)
    form = None if payload.get("actions") else view.get("callback_id")
    return kind, *(str(each or "") for each in (*types, *asked, form, event.get("tab"), "edited" in event))


def pressed_of(action: Payload) -> tuple[str, str, str]:
    """The element, without the number that may end its name; of what has several verbs, the one chosen."""
    name, element = action.get("action_id"), action.get("type")
    chosen = action.get("selected_option") if element == "overflow" else action
    verb = chosen.get("value") if chosen and element in ("overflow", "feedback_buttons") else None
    return NUMBER.sub("", name or ""), str(element) if name else "", word(verb)


def _beside_it(genuine: Sequence[tuple[str, Payload]]) -> list[tuple[str, Payload]]:
    """What the strict workspace sends only to another Confab, made from its nearest kin.

    A workspace without sessions has a button that stops; a shortcut without a message is in no manifest.
    """
    pressed = next(
        payload for _, payload in genuine if (payload.get("actions") or [{}])[0].get("action_id") == AGAIN
    )
    stopped = {**pressed, "actions": [{**pressed["actions"][0], "action_id": STOP}]}
    common = {key: value for key, value in pressed.items() if key in ("user", "team", "trigger_id", "token")}
    started = {**common, "type": "shortcut", "callback_id": example.SHORTCUT}
    return [("interactive", copy.deepcopy(each)) for each in (stopped, started)]
