import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from sqlalchemy import text

from bot.database.engine import engine_for


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
