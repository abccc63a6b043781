"""A walk through every kind of payload: what Slack sends when people do all that the manifest lets them."""

import copy
from collections.abc import Sequence

from bot.playground.workspace import Parcel
from bot.slack.answer_row.anew import ANEW
from bot.slack.answer_row.row import GO_ON
from bot.slack.settings_modal import assistant_setup
from tests.hostile.payloads import Payload
from tests.scenarios.answer_row import answered, filled
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def genuine_payloads(scene: Scene) -> list[tuple[str, Payload]]:
    """One payload of each kind and type, as the strict workspace sent it."""
    slack = scene.slack
    root = scene.ask("@Confab hello")
    answer = await answered(scene, root)
    slack.edit(root, "@Confab hello again")
    gone = scene.ask("@Confab never mind")
    slack.delete(gone)
    slack.post(slack.ada, slack.direct(slack.ada), "In private")
    slack.open_home(slack.ada)
    slack.open_home(slack.ada, "messages")
    await _through_the_settings(scene)
    slack.shortcut("grace", "answer.shortcut.code", answer)
    await filled(scene, "grace")
    slack.announce("tokens_revoked", tokens={"oauth": [], "bot": [slack.confab.id]})
    slack.announce("app_uninstalled")
    await scene.settled()
    genuine = _one_of_each(slack.parcels)
    return [*genuine, *_beside_it(genuine)]


async def _through_the_settings(scene: Scene) -> None:
    panel = Panel(scene, scene.slack.ada)
    await panel.opens()
    await panel.part("settings")
    await panel.submit(temperature="0.3")


def _beside_it(genuine: Sequence[tuple[str, Payload]]) -> list[tuple[str, Payload]]:
    """What the strict workspace sends only where an app asked for it, made from its nearest kin."""
    (view,) = [payload["view"] for _, payload in genuine if payload.get("type") == "view_submission"]
    (pressed,) = [payload for _, payload in genuine if payload.get("type") == "block_actions"]
    closed = {**pressed, "type": "view_closed", "view": view, "is_cleared": True}
    sought = {
        **pressed,
        "type": "block_suggestion",
        "action_id": assistant_setup.CHOOSE,
        "block_id": "name",
        "value": "xb",
    }
    started = {**pressed, "type": "shortcut", "callback_id": "add_example"}
    button = pressed["actions"][0]
    again = [
        {**pressed, "actions": [{**button, **which}]}
        for which in ({"action_id": GO_ON}, {"action_id": ANEW, "value": "1795000000.000100"})
    ]
    return [("interactive", copy.deepcopy(each)) for each in (closed, sought, started, *again)]


def _one_of_each(parcels: tuple[Parcel, ...]) -> list[tuple[str, Payload]]:
    found: dict[tuple[str, ...], tuple[str, Payload]] = {}
    for parcel in parcels:
        event = parcel.payload.get("event") or {}
        names = [each.get(key) for each in (parcel.payload, event) for key in ("type", "subtype")]
        found.setdefault((parcel.kind, *map(str, names)), (parcel.kind, copy.deepcopy(parcel.payload)))
    return list(found.values())
