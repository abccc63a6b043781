"""A long answer in Markdown, cut into pages that Slack takes.

Cutting is a function of the text alone, and what was decided for a beginning of the text holds for the
whole: pages can be shown while the answer is still being written.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.chat.characters import is_visible
from bot.slack.fences import fence_after

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*+\n)++")
_WORDS = re.compile(r"[ \t]*+\S")
_SENTENCE = re.compile(r"[.!?\u2026\u3002\uff01\uff1f][\"')\]*_]*\s")
_JOINERS = frozenset("\u200d\ufe0e\ufe0f\u200b\u20e3")
_ROWS = ("|", "`", "~")  # what lines of tables and fences begin with
_REPAIR = 12  # what closing a fence may add


@dataclass(frozen=True, slots=True)
class PageLimits:
    """`hard` and `soft` in characters, `size` in bytes of UTF-8; a page is cut between soft and hard."""

    soft: int
    hard: int
    size: int


STREAM_PAGES = PageLimits(soft=8_000, hard=9_000, size=10_800)
"""Slack ends a stream at about 12,000 characters or 11,000 bytes and promises neither figure."""

BLOCK_PAGES = PageLimits(soft=10_000, hard=11_000, size=33_000)
"""Slack: 12,000 characters in a markdown block; 13,200 in all blocks of a message were seen to pass."""


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of the answer. `text` is what one message shows: the slice with its fence made whole."""

    body: str = field(repr=False)
    opening: str = ""
    closing: str = ""

    @property
    def text(self) -> str:
        """Without the white space at the end, which Slack drops and no append may consist of."""
        return (self.opening + self.body).rstrip() + self.closing


def pages(text: str, limits: PageLimits, *, complete: bool = True) -> tuple[Page, ...]:
    """The pages of a text.

    Of an incomplete text the last page holds only what is certain to stay on it: text past the soft limit
    waits until the cut is known. All pages but the last are final either way.
    """
    return tuple(_cut(text, limits, complete=complete))


def worded(found: tuple[Page, ...]) -> list[Page]:
    """A page without anything to see is none that Slack takes, or none that people notice."""
    return [page for page in found if is_visible(page.body)]


def _cut(text: str, limits: PageLimits, *, complete: bool) -> Iterator[Page]:
    start, fence = 0, None
    while True:
        opening = fence.opening if fence else ""
        room = _Room(text, start, limits, used=len(opening.encode()) + _REPAIR)
        end = room.cut()
        if end is None:
            break
        after = fence_after(text[start:end], fence)
        yield Page(text[start:end], opening, f"\n{after.marker}" if after else "")
        start, fence = end, after
    rest = text[start:] if complete else text[start : room.certain]
    if rest:
        yield Page(rest, opening)


class _Room:
    """The text from `start` on, and where a page that starts there may end."""

    def __init__(self, text: str, start: int, limits: PageLimits, used: int) -> None:
        self._text = text
        self._start = start
        self._reach = limits.hard - limits.soft
        window = text[start : start + limits.hard]
        size = limits.size - used
        soft_size = size * limits.soft // limits.hard
        self._hard = start + _fitting(window, limits.hard - used, size)
        self._soft = start + _fitting(window, limits.soft - used, soft_size)
        # Where the soft limit falls if all that comes takes four bytes a character.
        left = soft_size - len(window.encode("utf-8", "replace"))
        self._soonest = min(self._soft, start + len(window) + left // 4) if left > 0 else self._soft
        self._floor = self._before_row(self._soft, self._soft) if len(text) > self._soft else self._soft

    @property
    def certain(self) -> int:
        """Up to here the text stays on this page, whatever comes."""
        end = min(self._floor, len(self._text))
        return self._before_row(end, self._soonest) if end == len(self._text) else end

    def cut(self) -> int | None:
        """Where the page ends, or None while that is not known or nothing follows."""
        before = self._text[self._start : self._floor].rstrip()
        paragraph = self._paragraph(self._start + len(before))
        if paragraph is not None and paragraph <= self._hard:
            return paragraph
        if len(self._text) <= self._hard:
            return None
        return self._last_line() or self._last_break()

    def _paragraph(self, begin: int) -> int | None:
        """The first end past the floor of empty lines that words follow."""
        reach = self._hard + 1
        ends = (found.end() for found in _EMPTY_LINES.finditer(self._text, begin, reach))
        return next(
            (end for end in ends if end >= self._floor and _WORDS.match(self._text, end, reach)), None
        )

    def _before_row(self, end: int, soft: int) -> int:
        """`end`, or the beginning of the table's row or the fence's line that it falls into.

        A row too long to keep whole near the soft limit is text like any other.
        """
        line = self._text.rfind("\n", self._start, end) + 1
        if line <= self._start or line < soft - self._reach:
            return end
        return line if self._text[line:end].lstrip()[:1] in _ROWS else end

    def _last_line(self) -> int | None:
        end = self._hard
        while (end := self._text.rfind("\n", max(self._floor - 1, self._start), end)) >= 0:
            line = self._text[self._text.rfind("\n", self._start, end) + 1 : end]
            if not line.lstrip().startswith(("```", "~~~")):
                return end + 1
        return None

    def _last_break(self) -> int:
        stretch = self._text[self._floor : self._hard]
        sentences = [found.end() for found in _SENTENCE.finditer(stretch)]
        if sentences:
            return self._floor + sentences[-1]
        space = stretch.rfind(" ")
        if space >= 0:
            return self._floor + space + 1
        return _between_characters(self._text, self._start, self._hard)


def _fitting(text: str, characters: int, size: int) -> int:
    """How many characters fit both limits."""
    encoded = text[:characters].encode("utf-8", "surrogatepass")
    if len(encoded) <= size:
        return characters
    return len(encoded[:size].decode("utf-8", "ignore"))


def _between_characters(text: str, start: int, end: int) -> int:
    """The nearest place before `end` that cuts no combined character, and leaves no bare @ in front."""
    for place in range(end, max(start, end - 16), -1):
        if place >= len(text) or not _belongs_to_previous(text[place - 1], text[place]):
            return place
    return end


def _belongs_to_previous(before: str, character: str) -> bool:
    return (
        unicodedata.combining(character) != 0
        or character in _JOINERS
        or before == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or character == "@"
    )
