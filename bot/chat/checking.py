"""What a persona and settings may be: every fault at once, each with its field and a sentence."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from bot.chat.characters import is_visible
from bot.chat.control import Refusal
from bot.chat.controls import BY_KEY, MAX_STOPS
from bot.chat.deployments import Deployment, Transport
from bot.chat.outcomes import Refused
from bot.chat.setup import ChannelSettings, Example, Persona

LONGEST_NAME = 80
"""Slack: a message's `username`."""

LONGEST_SYSTEM_MESSAGE = 12_000
LONGEST_GREETING = 3_000
LONGEST_EXAMPLE = 3_000
"""Slack: one text input of a modal."""

MOST_EXAMPLES = 50
MOST_PEOPLE = 100

IM_END = "<|im_end|>"
_ICON = re.compile(r":([^\s:]{1,100}):(:skin-tone-[2-6]:)?")
LONGEST_ICON = 120
"""What an icon's field has room for: a name of a hundred characters, its colons, and a tone of skin."""


def persona_faults(persona: Persona) -> dict[str, str]:
    """What is wrong with a persona, examples included; empty where nothing is."""
    faults = {}
    lines = persona.name.strip().splitlines()
    if not is_visible(persona.name) or len(persona.name) > LONGEST_NAME or len(lines) > 1:
        faults["name"] = f"A name has 1 to {LONGEST_NAME} characters, in one line."
    if persona.icon and not _is_emoji(persona.icon):
        faults["icon"] = "An icon is one emoji by its name, such as :robot_face:, or nothing."
    if len(persona.system_message) > LONGEST_SYSTEM_MESSAGE:
        faults["system_message"] = _too_long(
            "A system message", persona.system_message, LONGEST_SYSTEM_MESSAGE
        )
    if len(persona.greeting) > LONGEST_GREETING:
        faults["greeting"] = _too_long("A greeting", persona.greeting, LONGEST_GREETING)
    if len(persona.examples) > MOST_EXAMPLES:
        faults["examples"] = (
            f"A persona has at most {MOST_EXAMPLES} examples, and these are {len(persona.examples)}."
        )
    for number, example in enumerate(persona.examples, 1):
        if wrong := example_faults(example):
            faults.setdefault("examples", f"Example {number}: {next(iter(wrong.values()))}")
    return faults


def example_faults(example: Example) -> dict[str, str]:
    """What is wrong with one example; the fields are `user` and `assistant`."""
    faults = {}
    for field, text in (("user", example.user), ("assistant", example.assistant)):
        if not text.strip():
            faults[field] = "An example needs both: what somebody writes, and the answer to it."
        elif len(text) > LONGEST_EXAMPLE:
            faults[field] = _too_long("Each text of an example", text, LONGEST_EXAMPLE)
    return faults


def settings_from(
    values: Mapping[str, str],
    base: ChannelSettings,
    deployments: Mapping[str, Deployment],
    default: str,
) -> ChannelSettings | Refused:
    """Settings as somebody typed and chose them, by key; what is not among `values` stays as in `base`."""
    faults: dict[str, str] = {}
    read: dict[str, object] = {}
    for key, text in values.items():
        if key not in BY_KEY:
            continue
        value = BY_KEY[key].parse(text)
        if isinstance(value, Refusal):
            faults[key] = value.sentence
        else:
            read[key] = value
    settings = replace(base, **read)  # type: ignore[arg-type] # each control reads the type of its field
    for key, sentence in settings_faults(settings, deployments, default).items():
        faults.setdefault(key, sentence)
    return Refused(faults) if faults else settings


def settings_faults(
    settings: ChannelSettings, deployments: Mapping[str, Deployment], default: str
) -> dict[str, str]:
    """What settings that are each within their range are together, on the deployment that they name."""
    name = settings.deployment or default
    if (deployment := deployments.get(name)) is None:
        return {"deployment": f"There is no deployment {name}. There are: {', '.join(deployments)}."}
    faults = {}
    if settings.max_response >= deployment.context:
        faults["max_response"] = (
            f"{name} holds {deployment.context:,} tokens, prompt and answer together: "
            f"take a whole number from 1 to {deployment.context - 1:,}."
        )
    others = sum(stop != IM_END for stop in settings.stop)
    if deployment.transport is Transport.CHATML and others >= MAX_STOPS:
        faults["stop"] = (
            f"{name} is asked by ChatML, where {IM_END} is one of the four stop sequences: "
            "take at most three others."
        )
    return faults


def _is_emoji(icon: str) -> bool:
    """Names are words of any script: neither markup nor the emoji itself, which Slack takes for no name."""
    found = _ICON.fullmatch(icon)
    return found is not None and all(
        each.isalnum() or each in "_+-'." or unicodedata.category(each).startswith("M") for each in found[1]
    )


def _too_long(what: str, text: str, longest: int) -> str:
    return f"{what} has at most {longest:,} characters, and this one has {len(text):,}."
