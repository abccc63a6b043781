"""PDF files, page by page."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError

from bot.chat.shared_files import FileText, Unread
from bot.reading.text import kept


def read_pdf(data: bytes, characters: int) -> FileText | Unread:
    """The text of the pages until there is enough of it; a scan has none."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Unread.PROTECTED
        return _pages(reader, characters)
    except FileNotDecryptedError:
        return Unread.PROTECTED
    except PyPdfError:
        return Unread.BROKEN


def _pages(reader: PdfReader, characters: int) -> FileText | Unread:
    said: list[str] = []
    length = 0
    for number, page in enumerate(reader.pages, 1):
        if words := page.extract_text().strip():
            said.append(f"[page {number}]\n{words}")
            length += len(said[-1]) + 2
        if length > characters:
            break
    return kept("\n\n".join(said), characters)
