"""The Azure playground's exported setup, read as a channel's persona and settings.

Azure's export really spells `topProbablities` so. Foreign keys are left alone; a foreign value is refused
with the path of its key.
"""

import json
from typing import Any, cast

from bot.chat.setup import ChannelSettings, Example, Persona, Setup
from bot.errors import SetupFileFaulty

MAX_SYSTEM_MESSAGE = 12_000
MAX_EXAMPLES = 50
MAX_STOPS = 4


def read_setup(text: str, deployments: frozenset[str]) -> Setup:
    """The setup in an export. Its `deploymentName` counts only if it is one of `deployments`.

    Raises `SetupFileFaulty` with the line of a syntax error, or with the key path of a wrong value.
    """
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError as error:
        raise SetupFileFaulty(f"line {error.lineno}", "this is not JSON") from None
    except (ValueError, RecursionError):
        raise SetupFileFaulty("the file", "it has numbers or nesting beyond reason") from None
    top = _Keys(parsed, "")
    parameters = _Keys(top.of("chatParameters", dict, {}), "chatParameters.")
    own = _Keys(top.of("confab", dict, {}), "confab.")
    persona = Persona(
        name=own.string("name", Persona().name, 80),
        system_message=top.string("systemPrompt", Persona().system_message, MAX_SYSTEM_MESSAGE),
        examples=_examples(top),
    )
    return Setup(persona, _settings(parameters, deployments))


def _settings(keys: "_Keys", deployments: frozenset[str]) -> ChannelSettings:
    usual = ChannelSettings()
    named = keys.string("deploymentName", "", 200)
    return ChannelSettings(
        deployment=named if named in deployments else None,
        max_response=int(keys.number("maxResponseLength", usual.max_response, 1, 1_000_000, whole=True)),
        temperature=keys.number("temperature", usual.temperature, 0, 2),
        top_p=keys.number("topProbablities", usual.top_p, 0, 1),
        frequency_penalty=keys.number("frequencyPenalty", usual.frequency_penalty, -2, 2),
        presence_penalty=keys.number("presencePenalty", usual.presence_penalty, -2, 2),
        stop=_stops(keys),
        past_messages=int(keys.number("pastMessagesToInclude", usual.past_messages, 0, 1_000, whole=True)),
    )


def _stops(keys: "_Keys") -> tuple[str, ...]:
    """Exports hold null; a string and a list are taken as well."""
    value = keys.values.get("stopSequences")
    stops = [value] if isinstance(value, str) else value or []
    if not isinstance(stops, list) or not all(isinstance(stop, str) and stop for stop in stops):
        keys.refuse("stopSequences", "takes words in a list")
    if len(stops) > MAX_STOPS:
        keys.refuse("stopSequences", f"takes at most {MAX_STOPS}")
    return tuple(stops)


def _examples(keys: "_Keys") -> tuple[Example, ...]:
    pairs = keys.of("fewShotExamples", list, [])
    if len(pairs) > MAX_EXAMPLES:
        keys.refuse("fewShotExamples", f"takes at most {MAX_EXAMPLES} pairs")
    examples = []
    for index, pair in enumerate(pairs):
        of = _Keys(pair, f"fewShotExamples[{index}].")
        examples.append(Example(of.string("userInput", "", 12_000), of.string("chatbotResponse", "", 12_000)))
    return tuple(examples)


class _Keys:
    """One object of the file; every refusal names the path of the key."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise SetupFileFaulty(path.rstrip(".") or "the file", "this is not an object")
        self.values: dict[str, Any] = value
        self._path = path

    def refuse(self, key: str, why: str) -> None:
        raise SetupFileFaulty(f"{self._path}{key}", why)

    def of(self, key: str, kind: type, default: object) -> Any:
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, kind):
            self.refuse(key, f"is not {'a list' if kind is list else 'an object'}")
        return value

    def string(self, key: str, default: str, longest: int) -> str:
        value = self.values.get(key)
        if value is None:
            return default
        if not isinstance(value, str) or len(value) > longest:
            self.refuse(key, f"takes text of at most {longest:,} characters")
        return cast("str", value)

    def number(self, key: str, default: float, low: float, high: float, *, whole: bool = False) -> float:
        value = self.values.get(key)
        if value is None:
            return default
        fits = isinstance(value, int) or (isinstance(value, float) and not whole)
        if isinstance(value, bool) or not fits or not low <= value <= high:
            self.refuse(key, f"takes a {'whole ' if whole else ''}number from {low:g} to {high:g}")
        return float(value)
