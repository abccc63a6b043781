"""One engine for one database URL, set up the way that Confab's promises need."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from bot.database.urls import driven

SQLITE = "sqlite"
READS_ONLY = "confab_reads_only"
"""Execution option of a connection that will write nothing."""

THREADS = {SQLITE: 1, "postgresql": 5}
"""That write. SQLite takes one writer at a time anyway; a queue in front of it never meets its locks."""

BUSY_MS = 5_000
BUSY_PAUSE = 0.01
"""Seconds between two attempts at what SQLite does not wait for by itself."""

CONNECTED = {
    "application_name": "confab",
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
    "target_session_attrs": "read-write",
}
"""What libpq is told where the URL says nothing else; in seconds, `tcp_user_timeout` in milliseconds.

A dead host is noticed within a minute. Keep-alives see it only while nothing is under way: without the user
timeout, a statement that is never received would be sent again for a quarter of an hour. Of several hosts
the one that takes writes is taken, and a standby is as good as no database.
"""


def engine_for(url: str) -> Engine:
    """An engine that keeps parameters, and so what people wrote, out of its errors."""
    where = driven(url)
    size = THREADS[where.get_backend_name()]
    if where.get_backend_name() == SQLITE:
        engine = create_engine(where, hide_parameters=True, pool_size=size, max_overflow=0)
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        where.update_query_dict(
            {name: value for name, value in CONNECTED.items() if name not in where.query}
        ),
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,
    )
    event.listen(engine, "connect", _open_postgresql)
    return engine


def _open_sqlite(connection: Any, _: object) -> None:
    """WAL with FULL keeps what was committed through a kill and through a power cut."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    _write_ahead(connection, until=time.monotonic() + BUSY_MS / 1_000)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _write_ahead(connection: Any, until: float) -> None:
    """Of several that open a new file at once SQLite refuses all but one, and heeds no busy_timeout there."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that took its lock late could not wait for it: SQLite fails it at once."""
    if not connection.get_execution_options().get(READS_ONLY):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgresql(connection: Any, _: object) -> None:
    """A process that froze in the middle of a transaction must not hold its rows for long."""
    connection.execute("SET idle_in_transaction_session_timeout = '5s'")
    connection.commit()
