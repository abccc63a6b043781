"""The bots' database, looked at and meddled with from outside."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from bot.database.urls import driven

HOLDER = "SELECT t.owner FROM turn t JOIN message m ON m.turn_id = t.id WHERE m.ts = :ts AND m.role = 'user'"


class Books:
    """A connection of its own for every look, so that nothing here keeps a bot waiting by accident."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(driven(url), poolclass=NullPool)
        self.backend = self._engine.dialect.name

    async def value(self, query: str, **parameters: Any) -> Any:
        """The first column of the first row, None where there is none."""
        return await asyncio.to_thread(self._value, query, parameters)

    async def execute(self, *statements: str) -> None:
        """Carry out statements, each in a transaction."""
        await asyncio.to_thread(self._execute, statements)

    async def open_turns(self) -> int:
        """Turns about which somebody still has to do something."""
        return int(await self.value("SELECT count(*) FROM turn WHERE state IN ('waiting', 'running')"))

    async def has(self, ts: str) -> bool:
        """Whether a person's message is committed."""
        return bool(await self.value("SELECT count(*) FROM message WHERE ts = :ts AND role = 'user'", ts=ts))

    async def holder(self, ts: str) -> int | None:
        """The pid of the process that works on a message, None where nobody does."""
        owner = await self.value(HOLDER, ts=ts)
        return int(owner.split("/")[3]) if owner else None

    async def latest_beat(self) -> float:
        """When a bot last gave a sign of life, by the database's clock."""
        return float(await self.value("SELECT max(beat) FROM replica"))

    async def know_each_other(self, since: float, bots: int) -> bool:
        """Whether so many bots have counted the others after that heartbeat."""
        return bool(await self.value("SELECT count(*) FROM replica WHERE beat > :since", since=since) >= bots)

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Nobody else commits a message or a turn until the block is left; reading goes on."""
        connection = await asyncio.to_thread(self._lock)
        try:
            yield
        finally:
            await asyncio.to_thread(connection.close)

    async def is_free(self) -> bool:
        """Whether somebody else could write now; on PostgreSQL always."""
        if self.backend != "sqlite":
            return True
        try:
            connection = await asyncio.to_thread(self._lock, 200)
        except OperationalError:
            return False
        await asyncio.to_thread(connection.close)
        return True

    def _lock(self, patience: int = 30_000) -> Connection:
        connection = self._engine.connect()
        if self.backend == "sqlite":
            connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            _lock_tables(connection, time.monotonic() + patience / 1000)
        return connection

    def _value(self, query: str, parameters: dict[str, Any]) -> Any:
        with self._engine.connect() as connection:
            if self.backend == "sqlite":
                connection.exec_driver_sql("PRAGMA busy_timeout=30000")
            return connection.execute(text(query), parameters).scalar()

    def _execute(self, statements: tuple[str, ...]) -> None:
        for statement in statements:
            with self._engine.begin() as connection:
                if self.backend == "sqlite":
                    connection.exec_driver_sql("PRAGMA busy_timeout=30000")
                connection.exec_driver_sql(statement)


def _lock_tables(connection: Connection, until: float) -> None:
    """Take both tables or neither: who waits for the second with the first in hand deadlocks with a bot."""
    while True:
        try:
            connection.exec_driver_sql("LOCK TABLE message, turn IN EXCLUSIVE MODE NOWAIT")
        except OperationalError:
            connection.rollback()
            if time.monotonic() > until:
                raise
            time.sleep(0.005)
        else:
            return
