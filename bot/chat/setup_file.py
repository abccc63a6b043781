"""The Azure playground's exported setup, read as what a channel has.

Azure's export really spells `topProbablities` so. What only Confab knows stands under `confab`. Foreign keys
are kept for the way back; a foreign value is refused with the path of its key.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from bot.chat.characters import whole
from bot.chat.checking import (
    LONGEST_EXAMPLE,
    LONGEST_GREETING,
    LONGEST_NAME,
    LONGEST_SYSTEM_MESSAGE,
    MOST_EXAMPLES,
    MOST_PEOPLE,
    persona_faults,
)
from bot.chat.control import Refusal
from bot.chat.controls import BY_KEY
from bot.chat.setup import Access, ChannelSettings, Configurers, Example, Persona, Setup
from bot.errors import SetupFileFaulty

PARAMETERS = {
    "maxResponseLength": "max_response",
    "temperature": "temperature",
    "topProbablities": "top_p",
    "stopSequences": "stop",
    "pastMessagesToInclude": "past_messages",
    "frequencyPenalty": "frequency_penalty",
    "presencePenalty": "presence_penalty",
}
"""What Azure's export has under `chatParameters`, and the setting that it is."""

OWN = {
    "reasoningEffort": "effort",
    "contextMode": "context_mode",
    "turnCap": "turn_cap",
    "replyMode": "reply_mode",
    "dailyTokens": "daily_tokens",
    "announces": "announces",
}
"""The settings that Azure's export does not have: they stand under `confab`."""

LARGEST = 2_500_000
"""Characters of a file: twelve thousand and fifty pairs, each character written as `\\uXXXX`, fit."""

DEEPEST = 32
"""Levels of objects and lists: an export indents each, so a deep file would come back many times its size."""

_PERSON = re.compile(r"[UW][A-Z0-9]{1,29}")
"""An id of Slack's; its menu of people refuses to open with anything else."""


def read_setup(text: str, deployments: frozenset[str], access: Access | None = None) -> Setup:
    """The setup in an export. Its `deploymentName` counts only if it is one of `deployments`.

    A file that does not say who may change the setup leaves `access` as it is. Raises `SetupFileFaulty` with
    the line of a syntax error, or with the key path of a wrong value.
    """
    parsed = _parsed(text)
    top = Keys(parsed, "")
    own = Keys(top.of("confab", dict, {}), "confab.")
    return Setup(
        persona=_persona(top, own),
        settings=_settings(Keys(top.of("chatParameters", dict, {}), "chatParameters."), own, deployments),
        access=_access(own, access or Access()),
        foreign=json.dumps(parsed),
    )


def path_of(key: str) -> str:
    """Where a setting stands in a file."""
    names = {setting: f"chatParameters.{name}" for name, setting in PARAMETERS.items()}
    names |= {setting: f"confab.{name}" for name, setting in OWN.items()}
    return names.get(key, "chatParameters.deploymentName")


def pairs(top: "Keys") -> list[tuple[Example | None, Mapping[str, Any]]]:
    """The examples with the objects that hold them. One without any text is none, and stays in the file."""
    found = top.of("fewShotExamples", list, [])
    if len(found) > MOST_EXAMPLES:
        top.refuse("fewShotExamples", f"takes at most {MOST_EXAMPLES} pairs")
    read: list[tuple[Example | None, Mapping[str, Any]]] = []
    for index, pair in enumerate(found):
        of = Keys(pair, f"fewShotExamples[{index}].")
        texts = {key: of.string(key, "", LONGEST_EXAMPLE) for key in ("userInput", "chatbotResponse")}
        blank = [key for key, text in texts.items() if not text.strip()]
        if len(blank) == 1:
            of.refuse(blank[0], "takes text, as its other half has")
        read.append((None if blank else Example(*texts.values()), of.values))
    return read


def _parsed(text: str) -> Any:
    if len(text) > LARGEST:
        raise SetupFileFaulty("the file", f"takes at most {LARGEST:,} characters")
    try:
        parsed = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise SetupFileFaulty(f"line {error.lineno}", "this is not JSON") from None
    except (ValueError, RecursionError):
        raise SetupFileFaulty(
            "the file", "holds what JSON does not: a number too large, or nests too deeply"
        ) from None
    if _nests_deeper(parsed, DEEPEST):
        raise SetupFileFaulty("the file", f"nests more than {DEEPEST} levels deep")
    return parsed


def _nests_deeper(value: object, levels: int) -> bool:
    """Level by level, since what nests deeply has no room on the stack."""
    held = [value]
    for _ in range(levels + 1):
        held = [inner for each in held for inner in _inside(each)]
    return bool(held)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _no_number(word: str) -> None:
    raise ValueError(word)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError(digits)
    return number


def _persona(top: "Keys", own: "Keys") -> Persona:
    usual = Persona()
    persona = Persona(
        name=own.string("name", usual.name, LONGEST_NAME),
        system_message=top.string("systemPrompt", usual.system_message, LONGEST_SYSTEM_MESSAGE),
        examples=tuple(example for example, _ in pairs(top) if example),
        icon=own.string("icon", usual.icon, LONGEST_NAME * 2),
        greeting=own.string("greeting", usual.greeting, LONGEST_GREETING),
    )
    for field, sentence in persona_faults(persona).items():
        own.refuse(field, sentence.rstrip("."))
    return persona


def _settings(parameters: "Keys", own: "Keys", deployments: frozenset[str]) -> ChannelSettings:
    usual = ChannelSettings()
    read = parameters.settings(PARAMETERS, usual) | own.settings(OWN, usual)
    named = parameters.string("deploymentName", "", 200)
    return replace(usual, deployment=named if named in deployments else None, **read)


def _access(own: "Keys", usual: Access) -> Access:
    if own.values.get("access") is None:
        return usual
    keys = Keys(own.of("access", dict, {}), "confab.access.")
    who = keys.string("configurers", Configurers.MEMBERS, 20)
    if who not in tuple(Configurers):
        keys.refuse("configurers", f"takes one of {', '.join(Configurers)}")
    people = keys.of("people", list, [])
    ids = all(isinstance(person, str) and _PERSON.fullmatch(person) for person in people)
    if len(people) > MOST_PEOPLE or not ids:
        keys.refuse("people", f"takes at most {MOST_PEOPLE} ids of people, such as U012ABCDEF")
    open_to_read = keys.values.get("openToRead", True)
    if not isinstance(open_to_read, bool):
        keys.refuse("openToRead", "takes true or false")
    return Access(Configurers(who), tuple(dict.fromkeys(people)), open_to_read)


class Keys:
    """One object of the file; every refusal names the path of the key."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise SetupFileFaulty(path.rstrip(".") or "the file", "this is not an object")
        self.values: dict[str, Any] = value
        self._path = path

    def refuse(self, key: str, why: str) -> None:
        """Raise, with the path of this key."""
        raise SetupFileFaulty(f"{self._path}{key}", why)

    def of(self, key: str, kind: type, default: object) -> Any:
        """A list or an object."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, kind):
            self.refuse(key, f"is not {'a list' if kind is list else 'an object'}")
        return value

    def string(self, key: str, default: str, longest: int) -> str:
        """A text, as the database will keep it."""
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, str) or len(value) > longest:
            self.refuse(key, f"takes text of at most {longest:,} characters")
        return whole(cast("str", value))

    def settings(self, names: Mapping[str, str], usual: ChannelSettings) -> dict[str, Any]:
        """The settings that stand here under these names; one that is absent or null is the usual one."""
        read = {}
        for name, key in names.items():
            value = self.values.get(name)
            if value is None:
                read[key] = getattr(usual, key)
                continue
            found = BY_KEY[key].read(value)
            if isinstance(found, Refusal):
                self.refuse(name, f"takes {found.takes}")
            read[key] = tuple(map(whole, found)) if isinstance(found, tuple) else found
        return read
