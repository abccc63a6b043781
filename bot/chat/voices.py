"""Who speaks: how a model tells the people of one thread apart, and no name or text plays somebody else."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.chat.characters import is_visible
from bot.chat.messages import Message, Role, Utterance
from bot.chat.neutral import neutralise
from bot.chat.quoting import looks, quoted
from bot.chat.shared_files import said_of

MOST_OF_A_NAME = 40
"""Characters of a display name that a model is told; Slack takes 80."""

MENTION = re.compile(r"@([UW][A-Z0-9]{4,30})\b")
"""Somebody's id, as it stands in a message for their name."""

_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f:\uff1a\u2028\u2029]+")


class Naming(StrEnum):
    """How people are called towards the model: as Slack shows them, or as Person A, B and so on."""

    DISPLAY = "display"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Voices:
    """What everybody is called, by id. `told`: messages begin with their author's name."""

    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    told: bool = False


ONE = Voices()
"""A conversation with one person, who mentions nobody: nothing has to be told."""


def speakers(messages: Iterable[Message]) -> tuple[str, ...]:
    """The people who wrote these messages, in order of their first."""
    return tuple(dict.fromkeys(each.author_id for each in messages if each.role is Role.USER))


def mentioned(messages: Iterable[Message]) -> tuple[str, ...]:
    """The people whom these messages mention, in order."""
    return tuple(dict.fromkeys(id_ for each in messages for id_ in MENTION.findall(each.text)))


def voices(
    messages: Sequence[Message],
    names: Mapping[str, str],
    naming: Naming,
    order: Sequence[str] = (),
    *,
    alone: bool = False,
) -> Voices:
    """What the people in these messages are called.

    `names` has Slack's, where it said one. Letters go by `order`, that in which people first wrote in the
    thread: they stay the same when the window of past messages moves on. `alone`: who speaks is told of one
    person, too.
    """
    there = speakers(messages)
    bots = {each.author_id for each in messages if each.author_name}
    people = tuple(dict.fromkeys((*there, *mentioned(messages))))
    if not alone and len(there) < 2 and len(people) == len(there):
        return ONE
    everybody = tuple(dict.fromkeys((*order, *people)))
    letters = {
        id_: f"{'Bot' if id_ in bots else 'Person'} {_letters(number)}"
        for number, id_ in enumerate(everybody)
    }
    called = {id_: letters[id_] for id_ in people}
    if naming is Naming.DISPLAY:
        shown = {id_: _clean(names.get(id_, "")) for id_ in people}
        called = _distinct({id_: f"{shown[id_] or letters[id_]}{' (bot)' * (id_ in bots)}" for id_ in people})
    return Voices(called, told=alone or len(there) > 1)


def spoken(message: Message, who: Voices) -> Utterance:
    """The message as the model reads it: neutralised, with its author's name where there are several.

    A line that begins with somebody's name is quoted: only Confab says who speaks.
    """
    text = message.text
    if who.names:
        text = MENTION.sub(lambda found: "@" + who.names.get(found[1], found[1]), text)
    text += said_of(message.files)
    if who.told and message.role is Role.USER:
        text = f"{who.names.get(message.author_id, 'Somebody')}: {_unfeigned(text, who)}"
    return Utterance(message.role, neutralise(text))


def _unfeigned(text: str, who: Voices) -> str:
    claims = [looks(name) for name in who.names.values()]

    def feigns(line: str) -> bool:
        return any(line[len(name) :].lstrip().startswith(":") for name in claims if line.startswith(name))

    return quoted(text, feigns)


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Of people whose names look the same, all but the first get a number."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for id_ in sorted(names):
        shown, number = names[id_], 1
        while looks(shown) in taken:
            number += 1
            shown = f"{names[id_]} ({number})"
        taken.add(looks(shown))
        found[id_] = shown
    return found


def _clean(name: str) -> str:
    shown = " ".join(_NOT_IN_A_NAME.sub(" ", name).split())[:MOST_OF_A_NAME].rstrip()
    return shown if is_visible(shown) else ""


def _letters(number: int) -> str:
    """A, B ... Z, AA, AB ..."""
    more, last = divmod(number, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)
