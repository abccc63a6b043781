import asyncio
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot.database.access import Database
from bot.errors import ConfabError, DatabaseDown, OperatorFault
from tests.database.rooms import Room, opened, question
from tests.postgresql import PostgreSQL

Result = TypeVar("Result")
SECRET = "nobody may read this"


async def asked(room: Room, statement: str) -> object:
    """What the database answers outside of any verb of ours."""
    return await room.database.read(lambda connection: connection.scalar(text(statement)))


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


async def test_sqlite_keeps_what_it_has_promised_through_a_power_cut(sqlite_url: str) -> None:
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    async with opened(sqlite_url) as room:
        assert [await asked(room, f"PRAGMA {pragma}") for pragma in pragmas] == ["wal", 2, 1, 5000]


async def test_a_locked_file_is_waited_for(sqlite_url: str) -> None:
    blocker = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.3, blocker.execute, "COMMIT")
    async with opened(sqlite_url, patience=0.0) as room:
        assert await room.conversations.store(question(1))
    blocker.close()


async def test_reading_never_waits_for_a_writer(sqlite_url: str) -> None:
    async with opened(sqlite_url) as room:
        await room.store(question(1, mentioned=True))
        blocker = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(1):
            assert await room.conversations.has_asked(question(1).thread, "U1")
        blocker.close()


async def test_a_full_disk_takes_nothing_and_recovers(sqlite_url: str) -> None:
    async with opened(sqlite_url, patience=0.1) as room:
        await room.database.write(lambda connection: connection.scalar(text("PRAGMA max_page_count=1")))
        with pytest.raises(DatabaseDown, match="SQLITE_FULL"):
            await room.conversations.store(question(1, SECRET * 5_000))
        assert await room.turns.claim(1) == ()
        await room.database.write(lambda connection: connection.scalar(text("PRAGMA max_page_count=100000")))
        assert await room.conversations.store(question(1, SECRET * 5_000))
        assert await asked(room, "PRAGMA integrity_check") == "ok"


async def test_cut_connections_are_not_noticed(postgresql: PostgreSQL, postgresql_url: str) -> None:
    async with opened(postgresql_url) as room:
        for number in range(3):
            await asyncio.gather(*(room.store(question(number * 10 + n)) for n in range(8)))
            postgresql.disconnect(postgresql_url)
        assert len((await room.claim()).questions) == 24


async def test_a_transaction_that_was_cut_in_the_middle_is_done_again(
    postgresql: PostgreSQL, postgresql_url: str
) -> None:
    tries = []

    def verb(connection: Connection) -> object:
        tries.append(connection)
        if len(tries) == 1:
            postgresql.disconnect(postgresql_url)
        return connection.scalar(text("SELECT 7"))

    async with opened(postgresql_url) as room:
        assert await room.database.write(verb) == 7
    assert len(tries) == 2


@pytest.mark.parametrize(
    "url",
    ["postgresql://me:hunter2@127.0.0.1:1/none", "sqlite:////nowhere/at/all/confab.db"],
)
async def test_a_database_that_cannot_be_reached_is_down(url: str) -> None:
    began = time.monotonic()
    async with opened(url, patience=0.2) as room:
        with pytest.raises(DatabaseDown) as caught:
            await room.conversations.store(question(1, SECRET))
    assert time.monotonic() - began < 1
    assert "hunter2" not in f"{caught.value!r}{caught.value}"


class DeafOnce(Database):
    """Loses its connection after a commit took place, and before the word of it came back."""

    deaf = False

    async def write(self, verb: Callable[[Connection], Result], *, wakes: bool = False) -> Result:
        return await super().write(self._deafened(verb) if self.deaf else verb, wakes=wakes)

    def _deafened(self, verb: Callable[[Connection], Result]) -> Callable[[Connection], Result]:
        def heard(connection: Connection) -> Result:
            result = verb(connection)
            if self.deaf:
                self.deaf = False
                connection.commit()
                connection.invalidate()
                raise OperationalError("", {}, Exception(), connection_invalidated=True)
            return result

        return heard


async def test_a_claim_whose_commit_was_not_heard_of_is_not_lost(database_url: str) -> None:
    database = DeafOnce(database_url)
    room = Room(database)
    await room.store(question(1))
    database.deaf = True
    turn = await room.claim()
    assert (turn.lease.attempt, database.deaf) == (1, False)
    await room.turns.renew(turn.lease)
    await database.close()


async def test_no_error_says_what_a_statement_carried(room: Room) -> None:
    await room.store(question(1, SECRET))
    statements = (
        f"INSERT INTO message (text) VALUES ('{SECRET}')",
        f"SELECT '{SECRET}' FROM nowhere",
        f"SELECT CAST('{SECRET}' AS INTEGER) + no_function('{SECRET}')",
    )
    for statement in statements:
        with pytest.raises(ConfabError) as caught:
            await asked(room, statement)
        assert isinstance(caught.value, OperatorFault)
        assert not re.search("nobody", f"{caught.value!r}{caught.value}{caught.value.detail}")
        assert caught.value.__suppress_context__


async def test_closing_waits_for_the_verbs_under_way(database_url: str) -> None:
    database = Database(database_url)
    stored = asyncio.create_task(Room(database).conversations.store(question(1)))
    await asyncio.sleep(0)
    await database.close()
    assert await stored
