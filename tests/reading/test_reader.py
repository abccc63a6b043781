import asyncio
import os
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from bot.chat.shared_files import FileText, Picture, SharedFile, Unread
from bot.reading.reader import ConfinedReader
from tests.reading.written import pdf, pdf_of_no_letters, picture, word


async def read(name: str, data: bytes, characters: int = 10_000, mimetype: str = "") -> object:
    return await ConfinedReader().read(SharedFile("F1", name, mimetype, len(data)), data, characters)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
async def test_a_text_is_read_in_each_encoding_that_tools_write(encoding: str) -> None:
    assert await read("notes.md", "naïve café".encode(encoding)) == FileText("naïve café")


async def test_a_text_longer_than_there_is_room_for_is_cut_and_says_so() -> None:
    assert await read("big.csv", b"a" * 200_000, characters=500) == FileText("a" * 500, cut=True)


async def test_what_is_no_text_is_none_whatever_its_name() -> None:
    assert await read("notes.txt", b"\x00\x01\x02 binary") is Unread.BROKEN


async def test_a_file_with_nothing_in_it_says_nothing() -> None:
    assert await read("notes.txt", b" \n") is Unread.EMPTY


async def test_a_pdf_is_read_page_by_page() -> None:
    assert await read("a.pdf", pdf("The first page", "The second")) == FileText(
        "[page 1]\nThe first page\n\n[page 2]\nThe second"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf("secret", password="let me in"), Unread.PROTECTED),
        (pdf("", ""), Unread.EMPTY),
        (b"%PDF-1.7\nnothing more", Unread.BROKEN),
        (b"<html>please sign in</html>", Unread.BROKEN),
    ],
)
async def test_a_pdf_that_cannot_be_read_says_why(data: bytes, reason: Unread) -> None:
    assert await read("a.pdf", data) is reason


async def test_what_a_pdf_says_is_text_that_every_service_takes() -> None:
    assert await read("a.pdf", pdf_of_no_letters()) == FileText("[page 1]\n\N{REPLACEMENT CHARACTER}C")


async def test_a_word_file_keeps_its_headings_lists_and_tables() -> None:
    assert await read("report.docx", word()) == FileText(
        "# The report\n\n# Figures\n\nAll of them rose.\n\n- apples\n\n"
        "| fruit | kilos |\n| --- | --- |\n| pears \\| figs | 12 |"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"PK\x03\x04 broken", Unread.BROKEN), (b"\xd0\xcf\x11\xe0 locked", Unread.PROTECTED)],
)
async def test_a_word_file_that_cannot_be_read_says_why(data: bytes, reason: Unread) -> None:
    assert await read("report.docx", data) is reason


async def test_a_picture_is_made_no_larger_than_a_model_sees_it() -> None:
    seen = await read("photo.jpg", picture((4_000, 3_000), "JPEG"))
    assert isinstance(seen, Picture)
    assert (seen.mimetype, seen.width, seen.height) == ("image/jpeg", 1_024, 768)
    with Image.open(BytesIO(seen.data)) as opened:
        assert opened.size == (1_024, 768)


async def test_a_small_picture_keeps_its_size_and_its_transparency() -> None:
    seen = await read("logo.png", picture((64, 32), mode="RGBA"))
    assert isinstance(seen, Picture)
    assert (seen.mimetype, seen.width, seen.height) == ("image/png", 64, 32)


async def test_a_picture_is_turned_upright_and_loses_what_the_camera_noted() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "somebody's camera"
    seen = await read("photo.jpg", picture((80, 40), "JPEG", exif=exif))
    assert isinstance(seen, Picture)
    assert (seen.width, seen.height) == (40, 80)
    assert b"somebody" not in seen.data


def bomb() -> bytes:
    """A picture of a few bytes that would fill 30 GB."""
    data = picture((1, 1))
    head = b"IHDR" + (90_000).to_bytes(4, "big") * 2 + bytes([8, 6, 0, 0, 0])
    return data[:12] + head + zlib.crc32(head).to_bytes(4, "big") + data[33:]


@pytest.mark.parametrize(("make", "reason"), [(bomb, Unread.TOO_HARD), (lambda: b"GIF89a", Unread.BROKEN)])
async def test_a_hostile_picture_is_refused(make: Callable[[], bytes], reason: Unread) -> None:
    assert await read("photo.png", make()) is reason


async def test_other_kinds_start_no_process() -> None:
    assert await read("film.mp4", b"", mimetype="video/mp4") is Unread.KIND


async def test_a_file_that_takes_too_long_is_given_up() -> None:
    data = pdf("a) Tj (" * 1_000_000)
    reader = ConfinedReader(seconds=1)
    assert await reader.read(SharedFile("F1", "slow.pdf", "", len(data)), data, 10) is Unread.TOO_HARD


async def test_a_reading_that_nobody_waits_for_any_more_leaves_no_process() -> None:
    before = _children()
    reading = asyncio.create_task(read("a.pdf", pdf(*["many words"] * 200)))
    while _children() == before:  # noqa: ASYNC110 - a process that begins sets no event
        await asyncio.sleep(0)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert _children() == before


def _children() -> set[str]:
    with open(f"/proc/self/task/{os.getpid()}/children") as listed:
        return set(listed.read().split())
