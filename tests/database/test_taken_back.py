"""Not for you and Stop are for who asked; what is taken back is that pair, and nothing that others said."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from bot.chat.opinions import StandingAnswer
from bot.chat.overheard import Overheard, Transcript
from bot.chat.turns import Answer, Turn
from bot.database.again import StoredAgain
from bot.database.opinions import StoredOpinions
from bot.database.rating_table import rating
from bot.database.stops import StoredStops
from bot.database.tables import conversation
from bot.database.version_table import answer_version
from tests.database.rooms import CHANNEL, TEAM, Room, opened, question, slack_ts, thread


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with opened(database_url) as room:
        yield room


@pytest.fixture
def opinions(room: Room) -> StoredOpinions:
    return StoredOpinions(room.database, room.clock)


async def late(room: Room) -> Turn:
    """Ada's question in a thread in which Grace had said something, with the first part of its answer."""
    await room.store(question(5, "So when?", author="UADA", mentioned=True))
    turn = await room.claim()
    heard = Transcript((Overheard(slack_ts(1), "UGRACE", "By the lake"),))
    turn = await room.conversations.overhear(turn, heard)
    await room.turns.add_reply_part(turn.lease, slack_ts(5.5))
    return turn


async def standing(opinions: StoredOpinions) -> StandingAnswer:
    found = await opinions.answer_at(TEAM, CHANNEL, slack_ts(5.5))
    assert found is not None
    return found


async def test_who_wrote_there_before_has_asked_nothing(room: Room, opinions: StoredOpinions) -> None:
    await late(room)
    running = await StoredStops(room.database).under_way(TEAM, CHANNEL, slack_ts(5.5))
    assert running is not None
    assert running.askers == {"UADA"}
    assert (await standing(opinions)).askers == {"UADA"}


async def test_what_others_said_there_is_not_taken_back_with_an_answer(
    room: Room, opinions: StoredOpinions
) -> None:
    await room.answer(await late(room))
    assert await opinions.retract(await standing(opinions), "UADA", slack_ts(6)) == (slack_ts(5.5),)
    assert await room.past() == ["By the lake"]


async def test_nothing_is_left_of_the_earlier_versions_of_what_is_taken_back(
    room: Room, opinions: StoredOpinions
) -> None:
    turn = await late(room)
    await room.answer(turn)
    assert await StoredAgain(room.database, room.clock).reopen(turn.id, "UADA") is None
    turn = await room.claim()
    await room.answer(turn, Answer("gpt", "No."))
    counted = select(func.count()).select_from(answer_version)
    assert await room.database.read(lambda connection: connection.scalar(counted)) == 1
    await opinions.retract(await standing(opinions), "UADA", slack_ts(6))
    assert await room.database.read(lambda connection: connection.scalar(counted)) == 0


async def test_messages_that_came_while_rights_were_asked_are_taken_back_too(
    room: Room, opinions: StoredOpinions
) -> None:
    turn = await late(room)
    await room.answer(turn)
    before = await standing(opinions)
    assert await StoredAgain(room.database, room.clock).reopen(turn.id, "UADA") is None
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(5.7))
    await room.answer(turn, Answer("gpt", "A longer one."))
    assert await opinions.retract(before, "UADA", slack_ts(6)) == (slack_ts(5.5), slack_ts(5.7))


async def test_a_word_that_comes_after_its_answer_went_is_not_kept(
    room: Room, opinions: StoredOpinions
) -> None:
    await room.answer(await late(room))
    found = await standing(opinions)
    await opinions.rate(found, "UADA", liked=False, version=1)
    await room.conversations.delete(TEAM, CHANNEL, slack_ts(5.5))
    assert not await opinions.add_word(found, "UADA", "it named me")
    words = select(rating.c.word)
    assert await room.database.read(lambda connection: connection.scalars(words).all()) == [""]


async def test_an_erased_chat_has_no_title(room: Room) -> None:
    await room.answer(await late(room))
    assert await room.conversations.entitle(thread(), "Ada's picnic")
    titles = select(conversation.c.title)
    await room.conversations.clear(thread(), erase=False)
    assert await room.database.read(lambda connection: connection.scalar(titles)) == "Ada's picnic"
    await room.conversations.clear(thread(), erase=True)
    assert await room.database.read(lambda connection: connection.scalar(titles)) is None
