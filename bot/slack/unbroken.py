"""What no page may end within: a link, an address, code in a line, a list's marker and its first word."""

import re
from bisect import bisect_left
from collections.abc import Iterator

Stretch = tuple[int, int]

_LINK = re.compile(r"!?\[[^\[\]\n]*+\](?:\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+(?: +\"[^\"\n]*+\")?\))?+")
_OPEN_LINK = re.compile(r"!?\[[^\[\]\n]*+(?:\](?:\([^\n)]*+)?+)?+\Z")
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)[^\s|]++|<[a-z][a-z0-9+.-]*+:[^<>\s]*+>?")
_MARKER = re.compile(r"^[ \t]*+(?:[-*+]|\d{1,9}[.)])(?:[ \t]++|[ \t]*+\n)", re.MULTILINE)
_TICKS = re.compile(r"`++")


def unbroken(text: str, begin: int, end: int) -> list[Stretch]:
    """Where `text[begin:end]`, which starts a line, must not be cut: strictly within each of these stretches.

    What is still open at the end counts as going on past it: nobody knows yet.
    """
    found = [each.span() for each in _LINK.finditer(text, begin, end)]
    found += [each.span() for each in _ADDRESS.finditer(text, begin, end)]
    found = [(start, stop + 1 if stop == end else stop) for start, stop in found]
    found += [(each.start(), each.end() + 1) for each in _MARKER.finditer(text, begin, end)]
    last = text.rfind("\n", begin, end) + 1 or begin
    bracket = text.rfind("[", last, end)
    if bracket >= 0 and _OPEN_LINK.match(text, bracket, end):
        found.append((bracket, end + 1))
    found += _code(text, begin, end)
    return _apart(found)


def may_end_at(place: int, stretches: list[Stretch]) -> bool:
    """Whether a page may end there; the stretches are those of `unbroken`."""
    before = bisect_left(stretches, (place,)) - 1
    return before < 0 or place >= stretches[before][1]


def _apart(stretches: list[Stretch]) -> list[Stretch]:
    """The same in order, with what overlaps made one."""
    found: list[Stretch] = []
    for start, stop in sorted(stretches):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found


def _code(text: str, begin: int, end: int) -> Iterator[Stretch]:
    """Code in a line: from a run of backticks to the next one of the same length."""
    for start, stop in _lines(text, begin, end):
        runs = [each.span() for each in _TICKS.finditer(text, start, stop)]
        ends: dict[int, list[int]] = {}
        for run in reversed(runs):
            ends.setdefault(run[1] - run[0], []).append(run[1])
        free = start
        for run in runs:
            after = ends[run[1] - run[0]]
            after.pop()
            if run[0] < free:
                continue
            if after:
                free = after[-1]
                yield run[0], free + 1 if free == end else free
            elif stop == end:
                yield run[0], end + 1
                break


def _lines(text: str, begin: int, end: int) -> Iterator[Stretch]:
    while begin < end:
        stop = text.find("\n", begin, end)
        stop = end if stop < 0 else stop
        yield begin, stop
        begin = stop + 1
