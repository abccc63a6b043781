"""A file that people delete from a message in Slack is deleted here, what was read of it included."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.chat.messages import Message
from bot.chat.shared_files import KeptFile, SharedFile
from tests.database.rooms import CHANNEL, TEAM, Room, opened, question, slack_ts


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with opened(database_url) as room:
        yield room


def file(number: int) -> SharedFile:
    return SharedFile(f"F{number}", f"notes{number}.txt", "text/plain", 9)


async def shared(room: Room, text: str) -> None:
    """A question with two files, answered once both were read."""
    await room.store(replace(question(1, text), files=(file(1), file(2))))
    turn = await room.claim()
    read = (KeptFile(file(1), text="one"), KeptFile(file(2), text="two"))
    await room.conversations.keep_files(turn.questions[0].id, read)
    await room.answer(turn)


async def remembered(room: Room) -> Message:
    await room.store(question(2, "now"))
    turn = await room.claim()
    return (await room.conversations.past(turn, 10)).messages[0]


async def edit(room: Room, text: str, *gone: str, edited_ts: str = "") -> None:
    assert await room.conversations.edit(TEAM, CHANNEL, slack_ts(1), text, edited_ts, gone_files=gone), (
        "a message of ours"
    )


async def test_what_was_read_of_a_deleted_file_is_forgotten(room: Room) -> None:
    await shared(room, "Read both")
    await edit(room, "Read both", "F1")
    found = await remembered(room)
    assert (found.text, found.tokens) == ("Read both", None)
    assert [each.text for each in found.files] == ["two"]


async def test_the_last_file_of_a_message_without_a_word_takes_the_message_along(room: Room) -> None:
    await shared(room, "(shared without a word)")
    await edit(room, "", "F1")
    await edit(room, "", "F2")
    assert (await remembered(room)).text == "Yes."


async def test_a_file_that_stays_keeps_a_message_without_a_word(room: Room) -> None:
    await shared(room, "(shared without a word)")
    await edit(room, "", "F2")
    found = await remembered(room)
    assert (found.text, [each.text for each in found.files]) == ("(shared without a word)", ["one"])


async def test_a_file_goes_whatever_edit_came_before(room: Room) -> None:
    await shared(room, "before")
    await edit(room, "after", edited_ts=slack_ts(9))
    await edit(room, "late", "F1", "F2", edited_ts=slack_ts(8))
    found = await remembered(room)
    assert (found.text, found.files) == ("after", ())
