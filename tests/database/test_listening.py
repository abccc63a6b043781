import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.database.listening import listen
from tests.database.rooms import TEAM, Room, opened, question, thread
from tests.postgresql import PostgreSQL


class Ear:
    """Hears wake-ups, and lets a test wait for the next one."""

    def __init__(self) -> None:
        self._heard = asyncio.Event()

    def wake(self) -> None:
        self._heard.set()

    async def next(self, within: float = 60.0) -> None:
        async with asyncio.timeout(within):
            await self._heard.wait()
        self._heard.clear()


@pytest.fixture
async def ear(postgresql_url: str) -> AsyncIterator[Ear]:
    ear = Ear()
    async with opened(postgresql_url) as room:
        listening = asyncio.create_task(listen(room.database, TEAM, ear.wake))
        await ear.next()
        yield ear
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening


@pytest.fixture
async def elsewhere(postgresql_url: str) -> AsyncIterator[Room]:
    """Another process on the same database."""
    async with opened(postgresql_url) as room:
        yield room


async def test_a_message_stored_elsewhere_wakes_this_process(ear: Ear, elsewhere: Room) -> None:
    await elsewhere.store(question(1))
    await ear.next()
    await elsewhere.store(question(2))
    await ear.next()


async def test_a_turn_that_is_handed_over_elsewhere_wakes_this_process(ear: Ear, elsewhere: Room) -> None:
    await elsewhere.store(question(1))
    await ear.next()
    turn = await elsewhere.claim()
    await elsewhere.turns.hand_back(turn.lease, spent=False)
    await ear.next()
    again = await elsewhere.claim()
    await elsewhere.turns.hand_back(again.lease, delay=2)
    with pytest.raises(TimeoutError):
        await ear.next(within=0.2)


async def test_another_teams_message_does_not(ear: Ear, elsewhere: Room) -> None:
    await elsewhere.store(question(1, within=thread(team="T2")))
    with pytest.raises(TimeoutError):
        await ear.next(within=0.2)


async def test_a_message_that_was_stored_before_does_not(ear: Ear, elsewhere: Room) -> None:
    await elsewhere.store(question(1))
    await ear.next()
    await elsewhere.conversations.store(question(1))
    with pytest.raises(TimeoutError):
        await ear.next(within=0.2)


async def test_listening_comes_back_after_the_database_was_away(
    ear: Ear, elsewhere: Room, postgresql: PostgreSQL, postgresql_url: str
) -> None:
    postgresql.disconnect(postgresql_url)
    await ear.next()
    await elsewhere.store(question(1))
    await ear.next()


async def test_sqlite_has_no_wake_ups(sqlite_url: str) -> None:
    async with opened(sqlite_url) as room:
        await listen(room.database, TEAM, lambda: None)
