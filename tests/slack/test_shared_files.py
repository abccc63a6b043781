from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from bot.chat.shared_files import SharedFile, Unread
from bot.errors import SlackUnwilling
from bot.slack.shared_files import SlackSharedFiles
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time


def shared(d: Desk, largest: int = 100) -> SlackSharedFiles:
    return SlackSharedFiles(d.ours.files(), largest=largest)


def uploaded(d: Desk, content: bytes = b"hello") -> SharedFile:
    file = d.theirs.upload(d.theirs.ada, "notes.txt", content)
    return SharedFile(file.id, file.name, file.mimetype, file.size, file.url)


@in_virtual_time
async def test_a_file_is_fetched_from_where_the_message_says() -> None:
    async with desk() as d:
        assert await shared(d).fetch(uploaded(d, b"hello" * 20)) == b"hello" * 20


@in_virtual_time
async def test_a_file_that_a_message_only_names_is_looked_up() -> None:
    async with desk() as d:
        file = uploaded(d)
        assert await shared(d).fetch(SharedFile(file.id, file.name, "", 0)) == b"hello"


@in_virtual_time
async def test_no_more_is_fetched_than_a_file_may_have_whatever_it_says_of_its_size() -> None:
    async with desk() as d:
        file = uploaded(d, b"a" * 5_000)
        assert await shared(d).fetch(file) is Unread.TOO_LARGE
        liar = SharedFile(file.id, file.name, file.mimetype, 1, file.address)
        assert await shared(d).fetch(liar) is Unread.TOO_LARGE


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/files/F1",
        "http://files.slack.com/F1",
        "https://slack.com.evil.example/F1",
        "https://files.slack.com@evil.example/F1",
        "https://[broken",
        "file:///etc/passwd",
    ],
)
@in_virtual_time
async def test_the_token_goes_to_slack_alone(address: str) -> None:
    async with desk() as d:
        assert await shared(d).fetch(SharedFile("F1", "a.txt", "", 1, address)) is Unread.NOT_FETCHED


@in_virtual_time
async def test_what_else_listens_where_the_stand_in_does_has_no_token_either() -> None:
    async with desk() as d:
        file = uploaded(d)
        elsewhere = file.address.replace(str(urlsplit(file.address).port), "9")
        assert await shared(d).fetch(replace(file, address=elsewhere)) is Unread.NOT_FETCHED
        with pytest.raises(SlackUnwilling, match="elsewhere"):
            await d.ours.files().fetched(elsewhere, 100)


@in_virtual_time
async def test_a_page_that_asks_to_sign_in_is_not_taken_for_the_file() -> None:
    async with desk() as d:
        page = d.theirs.upload(d.theirs.ada, "page.html", b"<title>Sign in</title>")
        notes = SharedFile(page.id, "notes.txt", "text/plain", page.size, page.url)
        assert await shared(d).fetch(notes) is Unread.NOT_FETCHED
        assert await shared(d).fetch(replace(notes, name="page.html")) == b"<title>Sign in</title>"


@in_virtual_time
async def test_a_redirect_is_not_followed() -> None:
    async with desk() as d:
        file = uploaded(d)
        nowhere = SharedFile("F0", "a.txt", "", 1, file.address.replace(file.id, "F0NOBODY"))
        assert await shared(d).fetch(nowhere) is Unread.NOT_FETCHED
