"""The few words that SQLite and PostgreSQL say differently."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func
from sqlalchemy.dialects import postgresql, sqlite

from bot.database.engine import SQLITE

WAKE_UPS = "confab_turns"
"""PostgreSQL's channel; what is sent is the team whose turn waits."""


def insert(connection: Connection, table: Table[Any]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what a conflict means; both dialects spell it alike."""
    return sqlite.insert(table) if connection.dialect.name == SQLITE else postgresql.insert(table)


def wake_up(connection: Connection, team_id: str) -> tuple[ColumnElement[Any], ...]:
    """What a RETURNING adds to wake other processes at the commit, with no statement of its own.

    SQLite has nothing like it: there the processes only poll.
    """
    return () if connection.dialect.name == SQLITE else (func.pg_notify(WAKE_UPS, team_id),)
