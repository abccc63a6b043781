"""What was sent for an answer, as the JSON that is kept beside it."""

from collections.abc import Mapping
from typing import Any

from bot.chat.deployments import Transport
from bot.chat.passed_over import NOBODY, PassedOver
from bot.chat.sent import Included, Sent
from bot.chat.voices import Voices
from bot.database.storable import storable_json


def sent_json(sent: Sent) -> dict[str, Any]:
    """A request as JSON."""
    kept = {
        "deployment": sent.deployment,
        "transport": sent.transport.value,
        "api_version": sent.api_version,
        "parameters": dict(sent.parameters),
        "keyless": sent.keyless,
        "own_endpoint": sent.own_endpoint,
    }
    return dict(storable_json(kept))


def sent_of(kept: Mapping[str, Any]) -> Sent:
    """A request from JSON."""
    return Sent(
        deployment=kept["deployment"],
        transport=Transport(kept["transport"]),
        api_version=kept["api_version"],
        parameters=kept["parameters"],
        keyless=kept["keyless"],
        own_endpoint=kept["own_endpoint"],
    )


def included_json(included: Included) -> dict[str, Any]:
    """The numbers of what a request carried, as JSON."""
    kept: dict[str, Any] = {
        "setup_version": included.setup_version,
        "messages": list(included.messages),
        "left_out": included.left_out,
        "why_left_out": included.why_left_out,
        "at": list(included.at),
        "so_far": included.so_far,
    }
    if included.voices.names:
        kept["names"] = storable_json(dict(included.voices.names))
        kept["told"] = included.voices.told
    return kept


def included_of(kept: Mapping[str, Any]) -> Included:
    """The numbers of what a request carried, from JSON."""
    return Included(
        setup_version=kept["setup_version"],
        messages=tuple(kept["messages"]),
        left_out=kept["left_out"],
        why_left_out=kept["why_left_out"],
        voices=Voices(kept.get("names", {}), kept.get("told", False)),
        at=tuple(kept.get("at", ())),  # absent in rows from before edits were shown
        so_far=kept.get("so_far", 0),  # or from before answers went on
    )


def passed_over_json(over: PassedOver) -> dict[str, Any]:
    """The questions that an answer was made without, as JSON that stands among what its request carried."""
    if not over:
        return {}
    kept = {"crowded": list(over.crowded), "too_long": dict(over.too_long), "room": over.room}
    return {"passed_over": kept}


def passed_over_of(included: Mapping[str, Any] | None) -> PassedOver:
    """Those questions, from JSON; nearly always there are none."""
    kept = (included or {}).get("passed_over")
    return PassedOver(tuple(kept["crowded"]), kept["too_long"], kept["room"]) if kept else NOBODY
