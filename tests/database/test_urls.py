import re
import sys

import pytest

from bot.database.access import Database
from bot.database.urls import driven
from bot.errors import MissingExtra, SettingsFaulty


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("sqlite:///confab.db", "sqlite+pysqlite"),
        ("sqlite:////var/lib/confab.db", "sqlite+pysqlite"),
        ("sqlite+aiosqlite:///confab.db", "sqlite+pysqlite"),
        ("postgres://me@host/name", "postgresql+psycopg"),
        ("postgresql://me:secret@host/name?sslmode=require", "postgresql+psycopg"),
        ("postgresql+asyncpg://me@host/name", "postgresql+psycopg"),
    ],
)
def test_urls_are_taken_as_people_write_them(written: str, driver: str) -> None:
    assert driven(written).drivername == driver


@pytest.mark.parametrize(
    "written",
    [
        "",
        "confab.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "sqlite://confab.db",
        "mysql://me:hunter2@host/name",
        "postgresql://me:hunter2@host:port/name",
    ],
)
def test_what_is_no_database_of_ours_is_refused_without_being_quoted(written: str) -> None:
    with pytest.raises(SettingsFaulty) as caught:
        driven(written)
    assert "DATABASE_URL" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtra, match=re.escape("pip install 'confab[postgresql]'")):
        driven("postgresql://me@host/name")


def test_what_the_url_says_about_the_connection_stands() -> None:
    database = Database("postgresql://me:hunter2@host/name?connect_timeout=9")
    arguments = database.connect_arguments()
    assert (arguments["connect_timeout"], arguments["application_name"]) == ("9", "confab")
    assert "hunter2" not in repr(database)
