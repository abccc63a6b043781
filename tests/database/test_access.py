import asyncio
import re
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database.access import Database
from bot.errors import ConfabError, DatabaseDown, OperatorFault
from tests.database.rooms import Room, question
from tests.postgresql import PostgreSQL

SECRET = "nobody may read this"


async def asked(database: Database, statement: str) -> object:
    """What the database answers outside of any verb of ours."""
    return await database.read(lambda connection: connection.scalar(text(statement)))


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


async def test_sqlite_keeps_what_it_has_promised_through_a_power_cut(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    assert [await asked(database, f"PRAGMA {pragma}") for pragma in pragmas] == ["wal", 2, 1, 5000]
    await database.close()


async def test_a_locked_file_is_waited_for(sqlite_url: str) -> None:
    room = Room(Database(sqlite_url))
    blocker = sqlite3.connect(file_of(sqlite_url), isolation_level=None, check_same_thread=False)
    blocker.execute("BEGIN IMMEDIATE")
    asyncio.get_running_loop().call_later(0.3, blocker.execute, "COMMIT")
    assert await room.conversations.store(question(1))
    blocker.close()
    await room.database.close()


async def test_reading_never_waits_for_a_writer(sqlite_url: str) -> None:
    room = Room(Database(sqlite_url))
    await room.store(question(1, mentioned=True))
    blocker = sqlite3.connect(file_of(sqlite_url), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    async with asyncio.timeout(1):
        assert await room.conversations.has_asked(question(1).thread, "U1")
    blocker.close()
    await room.database.close()


async def test_a_full_disk_takes_nothing_and_recovers(sqlite_url: str) -> None:
    database = Database(sqlite_url, patience=0.1)
    room = Room(database)
    await asked(database, "PRAGMA max_page_count=1")
    with pytest.raises(DatabaseDown, match="SQLITE_FULL"):
        await room.conversations.store(question(1, SECRET * 5_000))
    assert await room.turns.claim(1) == ()
    await asked(database, "PRAGMA max_page_count=100000")
    assert await room.conversations.store(question(1, SECRET * 5_000))
    assert await asked(database, "PRAGMA integrity_check") == "ok"
    await database.close()


async def test_cut_connections_are_not_noticed(postgresql: PostgreSQL, postgresql_url: str) -> None:
    room = Room(Database(postgresql_url))
    for number in range(5):
        await asyncio.gather(*(room.store(question(number * 10 + n)) for n in range(8)))
        postgresql.disconnect(postgresql_url)
    assert len((await room.claim()).questions) == 40
    await room.database.close()


async def test_a_transaction_that_was_cut_in_the_middle_is_done_again(
    postgresql: PostgreSQL, postgresql_url: str
) -> None:
    database = Database(postgresql_url)
    tries = []

    def verb(connection: object) -> int:
        tries.append(connection)
        if len(tries) == 1:
            postgresql.disconnect(postgresql_url)
        return connection.scalar(text("SELECT 7"))  # type: ignore[attr-defined, no-any-return]

    assert await database.write(verb) == 7
    assert len(tries) == 2
    await database.close()


@pytest.mark.parametrize(
    "url",
    ["postgresql://me:hunter2@127.0.0.1:1/none", "sqlite:////nowhere/at/all/confab.db"],
)
async def test_a_database_that_cannot_be_reached_is_down(url: str) -> None:
    database = Database(url, patience=0.2)
    began = time.monotonic()
    with pytest.raises(DatabaseDown) as caught:
        await Room(database).conversations.store(question(1, SECRET))
    assert time.monotonic() - began < 1
    assert "hunter2" not in f"{caught.value!r}{caught.value}"
    await database.close()


async def test_the_claim_whose_commit_was_heard_of_too_late_is_not_lost(
    postgresql: PostgreSQL, postgresql_url: str
) -> None:
    """The connection breaks after the commit took place and before its answer came."""
    room = Room(DeafOnce(postgresql_url))
    await room.store(question(1))
    assert isinstance(room.database, DeafOnce)
    room.database.deaf = True
    turn = await room.claim()
    assert turn.lease.attempt == 1
    assert not room.database.deaf
    await room.turns.renew(turn.lease)
    await room.database.close()


class DeafOnce(Database):
    """Commits once, and then hears a broken connection in place of the answer."""

    deaf = False

    def _patiently(self, engine, verb):  # type: ignore[no-untyped-def]
        if self.deaf:
            self.deaf = False
            tries: list[object] = []

            def twice(connection):  # type: ignore[no-untyped-def]
                if not tries:
                    tries.append(connection)
                    with engine.begin() as committed:
                        verb(committed)
                    connection.connection.dbapi_connection.close()
                    connection.execute(text("SELECT 1"))
                return verb(connection)

            return super()._patiently(engine, twice)
        return super()._patiently(engine, verb)


async def test_no_error_says_what_a_statement_carried(room: Room) -> None:
    await room.store(question(1, SECRET))
    statements = (
        f"INSERT INTO message (text) VALUES ('{SECRET}')",
        f"SELECT '{SECRET}' FROM nowhere",
        f"SELECT CAST('{SECRET}' AS INTEGER) + no_function('{SECRET}')",
    )
    for statement in statements:
        with pytest.raises(ConfabError) as caught:
            await asked(room.database, statement)
        assert isinstance(caught.value, OperatorFault)
        assert not re.search("nobody", f"{caught.value!r}{caught.value}{caught.value.detail}")
        assert caught.value.__suppress_context__


async def test_closing_waits_for_the_verbs_under_way(database_url: str) -> None:
    database = Database(database_url)
    stored = asyncio.create_task(Room(database).conversations.store(question(1)))
    await asyncio.sleep(0)
    await database.close()
    assert await stored
