"""Personas and settings as the JSON that a channel's versions are kept in."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from bot.chat.setup import ChannelSettings, Example, Persona
from bot.database.storable import storable_json


def persona_json(persona: Persona) -> dict[str, Any]:
    """A persona as JSON."""
    return dict(storable_json(asdict(persona)))


def settings_json(settings: ChannelSettings) -> dict[str, Any]:
    """Settings as JSON."""
    return dict(storable_json(asdict(settings)))


def persona_of(kept: Mapping[str, Any]) -> Persona:
    """A persona from JSON: what is missing has its default, what is unknown is passed over."""
    known = _known(Persona, kept)
    examples = tuple(Example(**_known(Example, pair)) for pair in known.pop("examples", ()))
    return Persona(**known, examples=examples)


def settings_of(kept: Mapping[str, Any]) -> ChannelSettings:
    """Settings from JSON: what is missing has its default, what is unknown is passed over."""
    known = _known(ChannelSettings, kept)
    stop = tuple(known.pop("stop", ()))
    return ChannelSettings(**known, stop=stop)


def _known(kind: type[Persona | ChannelSettings | Example], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Newer and older versions of Confab read each other's rows while replicas are being replaced."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in kept.items() if name in names}
