"""The few words that SQLite and PostgreSQL say differently."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Double, Table, bindparam, cast, extract, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.database.engine import SQLITE

WAKE_UPS = "confab_turns"
"""PostgreSQL's channel; what is sent is the team whose turn waits."""

WOKEN = select(func.pg_notify(WAKE_UPS, bindparam("woken")))
UNIX_EPOCH = 2_440_587.5
"""1970, as SQLite counts its days."""

ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("what"), 0)))


def insert(backend: str, table: Table[Any]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what a conflict means; both dialects spell it alike."""
    return sqlite.insert(table) if backend == SQLITE else postgresql.insert(table)


def wake_up(backend: str) -> tuple[ColumnElement[Any], ...]:
    """What a RETURNING adds to wake the processes of the team `woken` at the commit, at no cost of its own.

    SQLite has nothing like it: there the processes only poll.
    """
    return () if backend == SQLITE else (func.pg_notify(WAKE_UPS, bindparam("woken")),)


def wake(connection: Connection, team_id: str) -> None:
    """Wake the team's processes at the commit, where the database can."""
    if connection.dialect.name != SQLITE:
        connection.execute(WOKEN, {"woken": team_id})


def moment(backend: str) -> ColumnElement[float]:
    """Now, by the database's clock: seconds since 1970."""
    if backend == SQLITE:
        return (func.julianday("now") - UNIX_EPOCH) * 86_400.0
    return cast(extract("epoch", func.clock_timestamp()), Double)


def one_at_a_time(connection: Connection, what: str) -> None:
    """Wait until no other transaction does the same, and keep the others waiting until the commit.

    In SQLite a transaction that may write is always alone.
    """
    if connection.dialect.name != SQLITE:
        connection.execute(ALONE, {"what": what})
