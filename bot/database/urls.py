"""Database URLs as people write them. A URL may hold a password, so none is ever quoted."""

from importlib.util import find_spec

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import MissingExtra, SettingsFaulty

EXAMPLES = "sqlite:///confab.db or postgresql://user:password@host/name"


def driven(url: str) -> URL:
    """The URL with the driver that Confab uses.

    Raises `SettingsFaulty` for what is no database of ours, `MissingExtra` where PostgreSQL's driver is not
    installed.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise _faulty("is not a database URL") from None
    match parsed.drivername.partition("+")[0]:
        case "sqlite":
            return _on_disk(parsed).set(drivername="sqlite+pysqlite")
        case "postgresql" | "postgres":
            if find_spec("psycopg") is None:
                raise MissingExtra(what="PostgreSQL", extra="postgresql")
            return parsed.set(drivername="postgresql+psycopg")
    raise _faulty("names a database that Confab does not speak")


def _on_disk(url: URL) -> URL:
    """SQLite in memory would forget what it has promised to keep."""
    if not url.database or url.database == ":memory:" or url.query.get("mode") == "memory":
        raise _faulty("must name a file")
    if url.query or "\0" in url.database:
        raise _faulty("takes a file's name and nothing more")
    if url.host or url.username:
        raise _faulty("needs three slashes before a relative path and four before an absolute one")
    return url


def _faulty(why: str) -> SettingsFaulty:
    return SettingsFaulty((f"DATABASE_URL {why}. Write {EXAMPLES}.",))
