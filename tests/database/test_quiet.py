"""Muted threads: what happened last counts, in whatever order it is heard, and one process says so."""

import asyncio

import pytest

from bot.chat.addressing import Ignored, Silence
from bot.chat.hearing import hear
from bot.chat.messages import Heard, Question
from bot.chat.threads import Place, Us
from bot.database.quiet import StoredQuiet
from bot.database.setups import StoredSetups
from tests.database.rooms import CHANNEL, TEAM, Room, opened, question, slack_ts, thread


@pytest.fixture
def quiet(room: Room) -> StoredQuiet:
    return StoredQuiet(room.database)


async def test_a_thread_is_quiet_from_the_mute_to_the_wake(quiet: StoredQuiet) -> None:
    assert not await quiet.is_quiet(thread())
    assert await quiet.hush(thread(), "U1", slack_ts(1))
    assert await quiet.is_quiet(thread())
    assert not await quiet.is_quiet(thread(7)), "every other thread goes on"
    assert not await quiet.is_quiet(thread(team="T2"))
    assert await quiet.wake(thread(), slack_ts(2))
    assert not await quiet.is_quiet(thread())


async def test_what_is_heard_late_changes_nothing(quiet: StoredQuiet) -> None:
    await quiet.hush(thread(), "U1", slack_ts(5))
    assert not await quiet.wake(thread(), slack_ts(4))
    assert await quiet.is_quiet(thread())
    assert await quiet.wake(thread(), slack_ts(6))
    assert not await quiet.hush(thread(), "U1", slack_ts(5)), "a redelivery"
    assert not await quiet.is_quiet(thread())


async def test_what_was_said_in_a_muted_thread_stays_among_people_whatever_changes_after(
    quiet: StoredQuiet,
) -> None:
    await quiet.hush(thread(), "U1", slack_ts(5))
    assert await quiet.is_quiet(thread(), slack_ts(6))
    await quiet.wake(thread(), slack_ts(8))
    assert await quiet.is_quiet(thread(), slack_ts(6)), "it was among people, whenever it is heard"
    assert not await quiet.is_quiet(thread(), slack_ts(9))
    await quiet.hush(thread(), "U1", slack_ts(11))
    assert await quiet.is_quiet(thread(), slack_ts(6)), "and so it was after another mute"


async def test_a_mention_makes_nothing_a_question_that_was_said_among_people_before_it(
    room: Room, quiet: StoredQuiet
) -> None:
    """Both may have waited for a database that was away, and the mention is stored first."""

    async def hears(number: int, text: str, *mentions: str) -> object:
        here = thread()
        us = Us(TEAM, "UCONFAB", "BCONFAB")
        heard = Heard(
            channel_id=here.channel_id,
            place=Place.DIRECT,
            ts=slack_ts(number),
            thread_ts=here.root_ts,
            author_id="UADA",
            bot_id=None,
            subtype=None,
            text=text,
            mentions=frozenset(mentions),
        )
        return await hear(heard, us, room.conversations, StoredSetups(room.database, lambda: 1.0), quiet)

    assert await hears(5, "mute") == Ignored(Silence.HUSHED)
    assert isinstance(await hears(8, "go on", "UCONFAB"), Question)
    assert await hears(7, "he is wrong") == Ignored(Silence.MUTED)
    assert isinstance(await hears(9, "and now?"), Question)


async def test_of_many_processes_one_says_that_it_is_quiet(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        stores = [StoredQuiet(room.database) for room in (one, other)] * 4
        let = await asyncio.gather(*(each.hush(thread(), "U1", slack_ts(1)) for each in stores))
        assert sorted(let) == [False] * 7 + [True]
        let = await asyncio.gather(*(each.wake(thread(), slack_ts(2)) for each in stores))
        assert sorted(let) == [False] * 7 + [True]


async def test_a_reaction_that_is_taken_off_wakes_what_that_person_muted(quiet: StoredQuiet) -> None:
    await quiet.hush(thread(), "U1", slack_ts(1))
    assert not await quiet.wake(thread(), slack_ts(2), by="U2")
    assert await quiet.wake(thread(), slack_ts(3), by="U1")


async def test_a_message_names_its_thread_by_question_answer_and_root(room: Room, quiet: StoredQuiet) -> None:
    await room.store(question(1))
    turn = await room.claim()
    await room.turns.add_reply_part(turn.lease, slack_ts(2))
    await room.answer(turn)
    for ts in (slack_ts(0), slack_ts(1), slack_ts(2)):
        assert await quiet.thread_of(TEAM, CHANNEL, ts) == thread()
    assert await quiet.thread_of(TEAM, CHANNEL, slack_ts(3)) is None
    assert await quiet.thread_of(TEAM, "C2", slack_ts(1)) is None
    assert await quiet.thread_of("T2", CHANNEL, slack_ts(1)) is None
