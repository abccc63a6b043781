import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.database.engine import engine_for
from bot.database.faults import translated
from bot.database.replica_table import replica
from bot.errors import DatabaseDown


def journal(url: str) -> str:
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            return str(connection.execute(text("PRAGMA journal_mode")).scalar_one())
    finally:
        engine.dispose()


def test_a_new_file_that_somebody_else_is_writing_to_is_waited_for(tmp_path: Path) -> None:
    where = tmp_path / "new.db"
    other = sqlite3.connect(where, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as threads:
        opened = threads.submit(journal, f"sqlite:///{where}")
        wait([opened], timeout=0.2)
        assert not opened.done()
        other.execute("COMMIT")
        assert opened.result(timeout=5) == "wal"
    other.close()


@pytest.mark.parametrize(("said", "noticed"), [("", "20000"), ("?tcp_user_timeout=5000", "5000")])
def test_a_dead_host_is_noticed_in_the_middle_of_a_statement_and_the_url_may_say_when(
    said: str, noticed: str
) -> None:
    engine = engine_for(f"postgresql://confab@database.example/confab{said}")
    _, arguments = engine.dialect.create_connect_args(engine.url)
    arguments.pop("context")  # psycopg's own; all others are libpq's
    assert conninfo_to_dict(**arguments)["tcp_user_timeout"] == noticed


def test_a_database_that_only_reads_for_now_is_one_that_is_away(database_url: str) -> None:
    """As after a failover, or where the server ran out of room."""
    engine = engine_for(database_url)
    reads_only = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET TRANSACTION READ ONLY"}
    with engine.connect() as connection:
        connection.exec_driver_sql(reads_only[engine.dialect.name])
        with pytest.raises(DBAPIError) as refused:
            connection.execute(replica.delete())
    engine.dispose()
    assert isinstance(translated(refused.value), DatabaseDown)
