"""Files as people's programs write them."""

from io import BytesIO

import docx
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with one line of text on each page; an empty one looks like a scan."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(300, 200)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode() if text else b"")
        page[NameObject("/Contents")] = stream
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return _written(writer.write)


def pdf_of_no_letters() -> bytes:
    """A PDF whose own table says that its letters are half a character, a zero byte, and a C."""
    table = DecodedStreamObject()
    table.set_data(
        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 3 beginbfchar "
        b"<41> <D800> <42> <0000> <43> <0043> endbfchar endcmap"
    )
    reader = PdfReader(BytesIO(pdf("ABC")))
    writer = PdfWriter(clone_from=reader)
    resources = writer.pages[0][NameObject("/Resources")]
    assert isinstance(resources, DictionaryObject)
    fonts = resources[NameObject("/Font")]
    assert isinstance(fonts, DictionaryObject)
    font = fonts[NameObject("/F1")]
    assert isinstance(font, DictionaryObject)
    font[NameObject("/ToUnicode")] = writer._add_object(table)
    return _written(writer.write)


def word() -> bytes:
    """A report with a title, a heading, a list and a table."""
    document = docx.Document()
    document.add_heading("The report", level=0)
    document.add_heading("Figures", level=1)
    document.add_paragraph("All of them rose.")
    document.add_paragraph("apples", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(table.rows, (("fruit", "kilos"), ("pears | figs", "12")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return _written(document.save)


def word_of(text: str) -> bytes:
    """One paragraph."""
    document = docx.Document()
    document.add_paragraph(text)
    return _written(document.save)


def picture(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    """A picture of one colour."""
    written = BytesIO()
    Image.new(mode, size, "teal").save(written, kind, **options)
    return written.getvalue()


def _written(write: object) -> bytes:
    written = BytesIO()
    assert callable(write)
    write(written)
    return written.getvalue()
