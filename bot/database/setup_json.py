"""Personas, settings and access as the JSON that versions and drafts are kept in."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any, TypeAlias

from bot.chat.setup import (
    Access,
    ChannelSettings,
    Configurers,
    ContextMode,
    Effort,
    Example,
    Persona,
    ReplyMode,
    Setup,
)
from bot.database.storable import storable_json

Kept: TypeAlias = type[Persona | ChannelSettings | Example | Access]


def persona_json(persona: Persona) -> dict[str, Any]:
    """A persona as JSON."""
    return dict(storable_json(asdict(persona)))


def settings_json(settings: ChannelSettings) -> dict[str, Any]:
    """Settings as JSON."""
    return dict(storable_json(asdict(settings)))


def setup_columns(setup: Setup) -> dict[str, Any]:
    """The columns that a version and a draft have in common."""
    return {
        "persona": persona_json(setup.persona),
        "settings": settings_json(setup.settings),
        "access": dict(storable_json(asdict(setup.access))),
        "imported": setup.foreign,
    }


def setup_of(row: Any, version: int) -> Setup:
    """The setup in a row with those columns."""
    return Setup(
        persona_of(row.persona),
        settings_of(row.settings),
        version,
        access_of(row.access or {}),
        row.imported or "",
    )


def persona_of(kept: Mapping[str, Any]) -> Persona:
    """A persona from JSON: what is missing has its default, what is unknown is passed over."""
    known = _known(Persona, kept)
    examples = tuple(Example(**_known(Example, pair)) for pair in known.pop("examples", ()))
    return Persona(**known, examples=examples)


def settings_of(kept: Mapping[str, Any]) -> ChannelSettings:
    """Settings from JSON: what is missing has its default, what is unknown is passed over."""
    known = _known(ChannelSettings, kept)
    stop = tuple(known.pop("stop", ()))
    words = {"effort": Effort, "context_mode": ContextMode, "reply_mode": ReplyMode}
    return ChannelSettings(**_named(known, words), stop=stop)


def access_of(kept: Mapping[str, Any]) -> Access:
    """Access from JSON, read as the others are."""
    known = _known(Access, kept)
    people = tuple(known.pop("people", ()))
    return Access(**_named(known, {"configurers": Configurers}), people=people)


def _known(kind: Kept, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Newer and older versions of Confab read each other's rows while replicas are being replaced."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in kept.items() if name in names}


def _named(known: dict[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """The values with their words made members; a word that only a newer Confab knows has its default."""
    read = dict(known)
    for name, members in words.items():
        value = read.pop(name, None)
        if value in tuple(members):
            read[name] = members(value)
    return read
