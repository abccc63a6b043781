"""The environment as text, read variable by variable; faults gather until all are known."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import SettingsFaulty

Parsed = TypeVar("Parsed", int, float)

LONGEST_ADDRESS = 2_000
"""Characters; no server takes more."""


def with_dotenv(environ: Mapping[str, str], file: Path) -> dict[str, str]:
    """The environment over what the `.env` file says; a file that is not there says nothing."""
    try:
        found = dotenv_values(file)
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsFaulty((f"{file} cannot be read: {type(error).__name__}.",)) from None
    said = {name: value for name, value in found.items() if value is not None}
    return said | dict(environ)


class Environment:
    """Reads variables and gathers the faults, so that a person mends all of them in one go."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str) -> str:
        """The value without surrounding blanks; empty where it is not set."""
        return self.environ.get(name, "").strip()

    def token(self, name: str, prefix: str, where: str) -> str:
        """A Slack token; a faulty one is never repeated in the fault."""
        value = self.text(name)
        if not value:
            self.faults.append(f"{name} is missing: {where} of your Slack app.")
        elif not re.fullmatch(re.escape(prefix) + r"[A-Za-z0-9.%_-]+", value):
            self.faults.append(f"{name} is not of the form {prefix}...: it takes {where} of your Slack app.")
        return value

    def url(self, name: str, default: str = "") -> str:
        """An http or https address, or the default."""
        value = self.text(name) or default
        if value and not _is_address(value):
            self.faults.append(
                f"{name} is not an address: it begins with https:// (or http:// on this machine)."
            )
        return value

    def people(self, name: str) -> tuple[str, ...]:
        """Slack member ids, once each."""
        people = tuple(dict.fromkeys(part for part in re.split(r"[,\s]+", self.text(name)) if part))
        for person in people:
            if not re.fullmatch(r"[UW][A-Z0-9]+", person):
                self.faults.append(
                    f"{name} takes Slack member ids like U012AB3CD, separated by commas: {person!r} is none."
                )
        return people

    def number(
        self, name: str, default: Parsed, parse: Callable[[str], Parsed], *, low: float, high: float
    ) -> Parsed:
        """A number within its bounds, both included."""
        raw = self.text(name)
        if not raw:
            return default
        try:
            value = parse(raw)
            if low <= value <= high:
                return value
        except ValueError:
            pass
        self.faults.append(f"{name} takes a number from {low:g} to {high:g}: {raw!r} is none.")
        return default

    def one_of(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """One of the words, however its letters are written."""
        value = self.text(name) or default
        for choice in choices:
            if choice.casefold() == value.casefold():
                return choice
        self.faults.append(f"{name} is one of {', '.join(choices)}: {value!r} is none.")
        return default


def _is_address(value: str) -> bool:
    if len(value) > LONGEST_ADDRESS or not value.isprintable() or " " in value:
        return False
    try:
        parts = urlsplit(value)
        labels = (parts.hostname or "").encode("idna")
        return parts.scheme in ("http", "https") and bool(labels) and parts.port != 0
    except ValueError:
        return False
