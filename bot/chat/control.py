"""One setting as people meet it: how its value is read from what somebody typed, and written for them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from bot.chat.characters import whole as whole_text

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None

UNSET = "*"
"""What a choice sends for "none of these". No deployment can be called so."""

_GROUPED = re.compile(r"\d{1,3}([.,'\u2019\s])\d{3}(?:\1\d{3}){0,2}")
"""Thousands as one country or another writes them."""


class Kind(StrEnum):
    """What is typed or chosen."""

    WHOLE = "whole number"
    NUMBER = "number"
    CHOICE = "choice"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a value cannot be taken: what this setting takes instead, with the range."""

    label: str
    takes: str

    @property
    def sentence(self) -> str:
        """The refusal for whoever typed it."""
        return f"{self.label} takes {self.takes}."


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values; `word` is what a form sends and a file holds."""

    value: str | bool
    label: str

    @property
    def word(self) -> str:
        """The value as a form sends it."""
        if isinstance(self.value, bool):
            return "yes" if self.value else "no"
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Control:
    """A setting. `key` is its field of `ChannelSettings`.

    `low` and `high` bound a number, `high` the count of lines and `longest` each of them. `unset` says what
    no value means, where there may be none. A choice without `choices` takes any word: what there is to
    choose from, only whoever runs Confab knows.
    """

    key: str
    label: str
    hint: str
    kind: Kind
    low: int = 0
    high: int = 0
    longest: int = 0
    unset: str = ""
    choices: tuple[Choice, ...] = ()

    def parse(self, text: str) -> Value | Refusal:
        """The value of what somebody typed or chose."""
        if self.kind is Kind.LINES:
            return self.read([_unescaped(line) for line in text.splitlines() if line.strip()])
        text = text.strip()
        if text in ("", UNSET):
            return None if self.unset else self._refusal()
        if self.kind is Kind.CHOICE:
            return self.read(text)
        number = _number(text, whole=self.kind is Kind.WHOLE)
        return self._refusal() if number is None else self.read(number)

    def read(self, value: object) -> Value | Refusal:
        """The value of what a file holds: numbers as numbers, lines as one text or several, choices as words.

        A choice may hold its value itself.
        """
        if self.kind is Kind.LINES:
            return self._lines(value)
        if value is None:
            return None if self.unset else self._refusal()
        if self.kind is Kind.CHOICE:
            return self._chosen(value)
        fits = (
            isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high
        )
        if not isinstance(value, int | float) or not fits:
            return self._refusal()
        if self.kind is Kind.NUMBER:
            return value + 0.0  # which makes -0.0 a plain 0
        return int(value) if value == int(value) else self._refusal()

    def format(self, value: Value) -> str:
        """The value as a form shows it for changing: `parse` gives it back."""
        if isinstance(value, tuple):
            return "\n".join(_escaped(line) for line in value)
        if self.kind is Kind.CHOICE:
            return UNSET if value is None else Choice(value, "").word if isinstance(value, str | bool) else ""
        return "" if value is None else _written(value) if isinstance(value, float) else str(value)

    def shown(self, value: Value) -> str:
        """The value in words."""
        if value is None or value == ():
            return self.unset
        if isinstance(value, tuple):
            return ", ".join(f"`{_escaped(line)}`" for line in value)
        for choice in self.choices:
            if choice.value == value:
                return choice.label
        return f"{value:,}" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else value

    def _lines(self, value: object) -> Value | Refusal:
        lines = [] if value is None else [value] if isinstance(value, str) else value
        if not isinstance(lines, list) or len(lines) > self.high:
            return self._refusal()
        kept = tuple(line for line in lines if isinstance(line, str) and 0 < len(line) <= self.longest)
        return kept if len(kept) == len(lines) else self._refusal()

    def _chosen(self, value: object) -> Value | Refusal:
        if not self.choices and isinstance(value, str):
            return value
        for choice in self.choices:
            if value is choice.value or value == choice.word:
                return choice.value
        return self._refusal()

    def _refusal(self) -> Refusal:
        none = ", or nothing" if self.unset and self.kind is not Kind.LINES else ""
        match self.kind:
            case Kind.LINES:
                takes = f"at most {self.high}, each of 1 to {self.longest} characters"
            case Kind.CHOICE:
                takes = f"one of {', '.join(choice.word for choice in self.choices)}{none}"
            case Kind.WHOLE:
                takes = f"a whole number from {self.low:,} to {self.high:,}{none}"
            case Kind.NUMBER:
                takes = f"a number from {self.low} to {self.high}{none}"
        return Refusal(self.label, takes)


def _number(text: str, *, whole: bool) -> int | float | None:
    """People write 1,000 and 1.000 and 0,7 as well."""
    if re.fullmatch(r"[+-]?\d{1,12}", text):
        return int(text)
    if whole and _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    if re.fullmatch(r"[+-]?(\d{1,12}[.,]\d{0,40}|[.,]\d{1,40})", text):
        return float(text.replace(",", "."))
    return None


def _written(number: float) -> str:
    """Without an exponent, which few people read."""
    return f"{Decimal(repr(number)).normalize():f}"


def _escaped(line: str) -> str:
    """What does not print would end the line or get lost in a form, and so would a line of blanks."""
    for plain, written in (("\\", "\\\\"), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        line = line.replace(plain, written)
    blank = not line.strip()
    return "".join(f"\\u{ord(each):04x}" if blank or _is_lost(each) else each for each in line)


def _is_lost(character: str) -> bool:
    return character <= "\uffff" and not character.isprintable()


def _unescaped(line: str) -> str:
    meant = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
    read = re.sub(
        r"\\([ntr\\])|\\u([0-9a-fA-F]{4})", lambda at: meant[at[1]] if at[1] else chr(int(at[2], 16)), line
    )
    return whole_text(read)
