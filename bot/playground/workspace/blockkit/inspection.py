"""The measures that every block is taken with; what does not fit is collected with a pointer to its place."""

import re
from collections.abc import Callable, Collection
from typing import Any

from bot.playground.workspace import limits
from bot.playground.workspace.messages import JSON

_PERSON = re.compile("[UW][A-Z0-9]+")

PLAIN = frozenset({"plain_text"})
ANY_TEXT = frozenset({"plain_text", "mrkdwn"})


def units(text: str) -> int:
    """How long Slack's client finds a text: in UTF-16 an emoji is often two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Inspection:
    """Collects what is wrong, each as Slack words it: a reason and a JSON pointer.

    `length` measures a text: what stands in views is measured as the client does it, by `units`.
    """

    def __init__(self, length: Callable[[str], int] = len) -> None:
        self.faults: list[str] = []
        self._length = length

    def fault(self, reason: str, at: str) -> None:
        """Something at that place is wrong."""
        self.faults.append(f"[ERROR] {reason} [json-pointer:{at}]")

    def mapping(self, value: Any, at: str) -> JSON:
        """The value as an object; an empty one, with a fault, where it is none."""
        if isinstance(value, dict):
            return value
        self.fault("must be an object", at)
        return {}

    def items(self, value: Any, at: str, *, most: int, least: int = 1) -> list[Any]:
        """The value as a list of that length."""
        if not isinstance(value, list):
            self.fault("must be an array", at)
            return []
        if len(value) > most:
            self.fault(f"no more than {most} items allowed", at)
        if len(value) < least:
            self.fault(f"no fewer than {least} items allowed", at)
        return value

    def fields(self, value: JSON, at: str, required: Collection[str], optional: Collection[str]) -> None:
        """The object has all the fields that it needs and no other than those that exist."""
        for name in required:
            if name not in value:
                self.fault(f"missing required field: {name}", at)
        for name in value:
            if name not in required and name not in optional:
                self.fault(f"invalid additional property: {name}", at)

    def string(self, value: Any, at: str, most: int, *, least: int = 0) -> None:
        """The value is a string of that length."""
        if not isinstance(value, str):
            self.fault("must be a string", at)
        elif self._length(value) > most:
            self.fault(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            self.fault(f"must be more than {least - 1} characters", at)

    def people(self, values: Any, at: str) -> None:
        """Those are ids of people."""
        for value in values if isinstance(values, list) else [values]:
            if not isinstance(value, str) or not _PERSON.fullmatch(value):
                self.fault("must be a valid user id", at)

    def choice(self, value: Any, at: str, allowed: Collection[str]) -> None:
        """The value is one of these words."""
        if value not in allowed:
            self.fault(f"must be one of {', '.join(sorted(allowed))}", at)

    def text(self, value: Any, at: str, most: int, kinds: Collection[str] = PLAIN) -> None:
        """A text object of one of these kinds, never empty."""
        body = self.mapping(value, at)
        self.fields(body, at, ("type", "text"), ("emoji", "verbatim"))
        self.choice(body.get("type"), f"{at}/type", kinds)
        self.string(body.get("text"), f"{at}/text", most, least=1)
        if body.get("type") == "plain_text" and "verbatim" in body:
            self.fault("invalid additional property: verbatim", at)
        if body.get("type") == "mrkdwn" and "emoji" in body:
            self.fault("invalid additional property: emoji", at)

    def ids(self, body: JSON, at: str, *names: str) -> None:
        """Those ids, where there are any, are strings of at most 255."""
        for name in names:
            if name in body:
                self.string(body[name], f"{at}/{name}", limits.ID)

    def distinct(self, values: list[str], at: str, what: str) -> None:
        """No value comes twice."""
        for value in {value for value in values if values.count(value) > 1}:
            self.fault(f"{what} already exists: {value}", at)
