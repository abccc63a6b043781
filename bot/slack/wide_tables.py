"""Tables in Markdown that Slack does not show, as it does show them.

Slack's table block holds 100 rows of 20 columns, and all cells of a message 10,000 characters. Of tables in a
markdown block or a stream it says nothing: what holds for the block is taken to hold for them. Apps were seen
to show several in one message. The characters are held to by the pages.

A wide table becomes a code block with a line for each cell: no screen is wide enough for a grid of it. A long
one is said in pieces, each under the table's header. It is never a file: that could not change or go with the
answer it belongs to.
"""

import re
from collections.abc import Iterator

from bot.slack.fences import Fence, fence_after
from bot.slack.table_rows import cells, is_row, is_rule

MOST_COLUMNS = 20
MOST_ROWS = 100

_WIDEST_NAME = 24
_LINE = re.compile(r"[^\n]*+\n|[^\n]++")


def showable(text: str, *, complete: bool = True) -> str:
    """The text with every table in it as Slack shows it.

    Of an incomplete text the end is left out for as long as it may be the beginning of such a table: what is
    given is the beginning of what the whole text will give.
    """
    if "|" not in text:
        return text
    return "".join(_pieces(_LINE.findall(text), complete=complete))


def in_code(text: str) -> str:
    """The text with every table in it as a code block, which any Slack shows."""
    lines = _LINE.findall(text)
    fence: Fence | None = None
    said: list[str] = []
    while lines:
        rows = _table(lines, 0) if fence is None else []
        if rows:
            said += ["```\n", *rows, "```\n" if rows[-1].endswith("\n") else "\n```\n"]
        else:
            fence = fence_after(lines[0].removesuffix("\n"), fence)
            said.append(lines[0])
        del lines[: max(len(rows), 1)]
    return "".join(said)


def _pieces(lines: list[str], *, complete: bool) -> Iterator[str]:
    fence: Fence | None = None
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.endswith("\n") and not complete and fence is None and _may_become_row(line):
            return
        if fence is not None or not is_row(line):
            fence = fence_after(line.removesuffix("\n"), fence)
            yield line
            place += 1
            continue
        if not complete and not any(each.endswith("\n") for each in lines[place + 1 : place + 2]):
            return
        rows = _table(lines, place)
        if not rows:
            yield line
            place += 1
            continue
        place += len(rows)
        if place == len(lines) and not complete and (not rows[-1].endswith("\n") or _is_wide(rows)):
            rows = [] if _is_wide(rows) else rows[:-1]
        yield from _records(rows) if rows and _is_wide(rows) else _in_pieces(rows)


def _may_become_row(line: str) -> bool:
    return not line.strip() or line.lstrip()[0] == "|"


def _table(lines: list[str], place: int) -> list[str]:
    """The rows of the table that begins there, if one does."""
    if place + 1 >= len(lines) or not is_rule(lines[place + 1]):
        return []
    end = place
    while end < len(lines) and lines[end].lstrip().startswith("|"):
        end += 1
    return lines[place:end]


def _is_wide(rows: list[str]) -> bool:
    return len(cells(rows[0])) > MOST_COLUMNS


def _in_pieces(rows: list[str]) -> Iterator[str]:
    head = rows[:2]
    for number, row in enumerate(rows):
        if number > 2 and (number - 2) % (MOST_ROWS - 1) == 0:
            yield "\n" + "".join(head)
        yield row


def _records(rows: list[str]) -> Iterator[str]:
    names = [name.replace("`", "'")[:_WIDEST_NAME] for name in cells(rows[0])]
    width = max(map(len, names))
    yield "```\n"
    for number, row in enumerate(rows[2:]):
        yield "\n" if number else ""
        for index, cell in enumerate(cells(row)):
            name = names[index] if index < len(names) else ""
            yield f"{name.ljust(width)}  {cell}".rstrip() + "\n"
    yield "```\n"
