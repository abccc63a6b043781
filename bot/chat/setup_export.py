"""What a channel has, written as the Azure playground's setup file.

An imported file is given back as it came, with only those values replaced that differ by now. So importing
and then exporting gives an equal JSON value: foreign keys, absent ones and the kinds of numbers included.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.chat.setup import Access, Example, Setup
from bot.chat.setup_file import OWN, PARAMETERS, Keys, pairs, read_setup
from bot.errors import SetupFileFaulty

_INDENTED = 500_000
"""Characters of an imported file up to which its export is written for the eye; a larger one is compact."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def write_setup(setup: Setup, deployments: frozenset[str]) -> str:
    """The setup as the text of a file. `deployments` are ours: a name of somebody else's stays as it came."""
    had = _imported(setup, deployments)
    document = json.loads(setup.foreign) if had else {}
    _persona(document, setup, had)
    for key, names in (("chatParameters", PARAMETERS), ("confab", OWN)):
        changed = _settings(names, setup, had)
        if key == "chatParameters" and (not had or setup.settings.deployment != had.settings.deployment):
            changed = {"deploymentName": setup.settings.deployment} | changed
        _put(document, key, changed)
    if not had or setup.access != had.access:
        _put(document, "confab", {"access": _access(setup.access)})
    indent = 2 if len(setup.foreign) <= _INDENTED else None
    written = json.dumps(document, indent=indent, ensure_ascii=False) + "\n"
    # Half a surrogate pair is a JSON value, and has no place in UTF-8: it stays escaped, as it came.
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _imported(setup: Setup, deployments: frozenset[str]) -> Setup | None:
    """What the channel's file said when it was imported. One that came without access goes without."""
    if not setup.foreign:
        return None
    try:
        return read_setup(setup.foreign, deployments, setup.access)
    except SetupFileFaulty:  # it was taken by a Confab with other limits
        return None


def _persona(document: dict[str, Any], setup: Setup, had: Setup | None) -> None:
    new, old = setup.persona, had.persona if had else None
    if old is None or new.system_message != old.system_message:
        document["systemPrompt"] = new.system_message
    if old is None or new.examples != old.examples:
        document["fewShotExamples"] = _examples(document, new.examples)
    own = {
        name: getattr(new, name)
        for name in ("name", "icon", "greeting")
        if old is None or getattr(new, name) != getattr(old, name)
    }
    _put(document, "confab", own)


def _examples(document: dict[str, Any], examples: tuple[Example, ...]) -> list[Mapping[str, Any]]:
    """Each pair keeps what its object held besides, wherever in the list it has gone."""
    objects = pairs(Keys(document, ""))
    written: list[Mapping[str, Any]] = []
    for example in examples:
        kept = next((each for each in objects if each[0] == example), None)
        if kept is None:
            written.append({"userInput": example.user, "chatbotResponse": example.assistant})
        else:
            objects.remove(kept)
            written.append(dict(kept[1]))
    return written


def _settings(names: Mapping[str, str], setup: Setup, had: Setup | None) -> dict[str, Any]:
    changed = {}
    for name, key in names.items():
        value = getattr(setup.settings, key)
        if had is None or value != getattr(had.settings, key):
            changed[name] = _json(value)
    return changed


def _json(value: object) -> object:
    if isinstance(value, tuple):
        return list(value) or None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _access(access: Access) -> dict[str, Any]:
    return {
        "configurers": access.configurers,
        "people": list(access.people),
        "openToRead": access.open_to_read,
    }


def _put(document: dict[str, Any], key: str, values: Mapping[str, Any]) -> None:
    if values:
        document[key] = (document.get(key) or {}) | dict(values)
