"""Text files, in the encodings that people's tools write."""

import codecs

from bot.chat.characters import legible
from bot.chat.shared_files import FileText, Unread

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes, characters: int) -> FileText | Unread:
    """The text, cut after so many characters. What holds zero bytes is no text, whatever its name."""
    text = _decoded(data)
    if text is None:
        return Unread.BROKEN
    return kept(text, characters)


def kept(text: str, characters: int) -> FileText | Unread:
    """As much of a text as there is room for; a PDF's own table of letters may name what are none."""
    text = legible(text)
    if not text.strip():
        return Unread.EMPTY
    return FileText(text[:characters], cut=len(text) > characters)


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
