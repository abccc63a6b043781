"""Word files, as Markdown: headings, lists and tables keep their shape."""

from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.chat.shared_files import FileText, Unread
from bot.reading.text import kept

OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How a file of the old format begins, and one that asks for a password."""


def read_word(data: bytes, characters: int) -> FileText | Unread:
    """The paragraphs and tables in their order."""
    if data.startswith(OLD_OR_LOCKED):
        return Unread.PROTECTED
    try:
        parts = docx.Document(BytesIO(data)).iter_inner_content()
        said = [_table(part) if isinstance(part, Table) else _paragraph(part) for part in parts]
    except (OpcError, BadZipFile, SyntaxError, KeyError, ValueError):  # lxml's faults are syntax errors
        return Unread.BROKEN
    return kept("\n\n".join(part for part in said if part), characters)


def _paragraph(paragraph: Paragraph) -> str:
    text = paragraph.text.strip()
    style = (paragraph.style.name if paragraph.style else None) or ""
    if not text:
        return ""
    if style == "Title":
        return f"# {text}"
    if style.startswith("Heading ") and style.removeprefix("Heading ").isdigit():
        return f"{'#' * int(style.removeprefix('Heading '))} {text}"
    return f"- {text}" if style.startswith("List") else text


def _table(table: Table) -> str:
    rows = [[_cell(cell.text) for cell in row.cells] for row in table.rows]
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{' --- |' * len(rows[0])}")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
