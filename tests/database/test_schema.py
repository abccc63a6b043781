import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from bot.database.engine import engine_for
from bot.database.schema import current_and_head, require_current, upgrade
from bot.database.tables import metadata
from bot.errors import DatabaseDown, SchemaBehind

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with request.getfixturevalue("postgresql").empty() as url:
        yield url


def tables(url: str) -> set[str]:
    engine = engine_for(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def alembic(url: str, verb: str, *arguments: str) -> str:
    """An Alembic command, configured as the command line is."""
    said = StringIO()
    config = Config(toml_file=str(ROOT / "pyproject.toml"), stdout=said)
    engine = engine_for(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, verb)(config, *arguments)
    engine.dispose()
    return said.getvalue()


def test_an_empty_database_is_behind_until_it_is_migrated(empty_url: str) -> None:
    with pytest.raises(SchemaBehind, match="confab migrate"):
        require_current(empty_url)
    upgrade(empty_url)
    require_current(empty_url)
    assert tables(empty_url) == set(metadata.tables) | {"alembic_version"}


def test_migrating_twice_is_migrating_once(empty_url: str) -> None:
    upgrade(empty_url)
    upgrade(empty_url)
    current, head = current_and_head(empty_url)
    assert current == head


def test_the_migrations_make_the_tables_that_the_code_describes(empty_url: str) -> None:
    upgrade(empty_url)
    assert "No new upgrade operations" in alembic(empty_url, "check")


def test_every_migration_can_be_taken_back(empty_url: str) -> None:
    upgrade(empty_url)
    alembic(empty_url, "downgrade", "base")
    assert tables(empty_url) == {"alembic_version"}
    upgrade(empty_url)
    require_current(empty_url)


def test_a_migration_that_breaks_leaves_the_old_schema_whole(empty_url: str) -> None:
    engine = engine_for(empty_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE reply_part (mine INTEGER)"))
    engine.dispose()
    with pytest.raises(Exception, match="database"):
        upgrade(empty_url)
    assert tables(empty_url) == {"reply_part"}


def test_of_those_who_migrate_at_once_one_does_it(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(upgrade, [empty_url] * 4))
    require_current(empty_url)


def test_a_database_that_is_newer_than_this_confab_is_taken(empty_url: str) -> None:
    upgrade(empty_url)
    engine = engine_for(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    require_current(empty_url)


def test_a_database_that_cannot_be_reached_is_down() -> None:
    with pytest.raises(DatabaseDown):
        require_current("postgresql://me@127.0.0.1:1/none")


def test_the_alembic_command_finds_its_way_by_database_url(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'commanded.db'}"
    for arguments in (["upgrade", "head"], ["check"]):
        subprocess.run(
            [sys.executable, "-m", "alembic", *arguments],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": url},
            check=True,
            capture_output=True,
            timeout=60,
        )
    require_current(url)
