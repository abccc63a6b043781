"""Muted threads: what happened last counts, in whatever order it is heard, and one process says so."""

import asyncio

import pytest

from bot.database.quiet import StoredQuiet
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
