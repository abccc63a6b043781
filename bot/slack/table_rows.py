"""Tables in Markdown: their rows, and which one is open where a page ends."""

import re

_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_RULE = re.compile(r"[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_CELL_END = re.compile(r"(?<!\\)\|")


def is_row(line: str) -> bool:
    """Whether a line is a whole row of a table, if it stands in one."""
    return _ROW.match(line) is not None


def is_rule(line: str) -> bool:
    """Whether a line is what parts a table's header from its rows."""
    return _RULE.match(line) is not None


def cells(row: str) -> list[str]:
    """The cells of a row; a bar within one is written with a backslash before it."""
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(inner)]


def head_of_open_table(text: str, head: str, *, longest: int) -> str:
    """The header of the table that a text ends in the middle of, as the next page says it again.

    `head` is that of a table which the text itself goes on with. Empty where no table is open, or its header
    has more than `longest` bytes: it would crowd out the rows.
    """
    if not text.endswith("\n"):
        return ""
    rows: list[str] = []
    for line in reversed(text[:-1].split("\n")):
        if not is_row(line):
            break
        rows.append(line)
    else:
        if head and rows:
            return head
    rows.reverse()
    rule = next((number for number, row in enumerate(rows) if number and is_rule(row)), None)
    if rule is None:
        return ""
    found = f"{rows[rule - 1].strip()}\n{rows[rule].strip()}\n"
    return found if len(found.encode("utf-8", "replace")) <= longest else ""
