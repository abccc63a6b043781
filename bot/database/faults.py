"""The driver's errors, made ours without a word of what a statement carried."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, StatementError

from bot.errors import ConfabError, DatabaseDown, OperatorFault

PASSING_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
CONFLICTS_SQLITE = frozenset({sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY})
PASSING_SQLSTATES = ("08", "40", "53", "55", "57", "58", "23505", "25006")
"""PostgreSQL's classes: connection, rollback, resources, wrong state, operator, system.

And two single states: a conflict, and a server that only reads.
"""


def translated(error: StatementError) -> ConfabError:
    """`DatabaseDown` for what may pass by itself, `OperatorFault` for what will not."""
    if not isinstance(error, DBAPIError):
        return OperatorFault(f"database: {type(error).__name__}")
    detail = f"database: {_named(error)}"
    if error.connection_invalidated or _passes(error):
        return DatabaseDown(detail)
    return OperatorFault(detail)


def _passes(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code in CONFLICTS_SQLITE or code & 0xFF in PASSING_SQLITE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # A server that cannot be reached gives no SQLSTATE.
        return isinstance(error, OperationalError | InterfaceError)
    return bool(state.startswith(PASSING_SQLSTATES))


def _named(error: DBAPIError) -> str:
    cause = error.orig
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    return f"{type(cause).__name__} {code}".strip()
