"""The schema's versions. The migrations travel with the package; a checkout has them at its root."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import StatementError

import bot
from bot.database.engine import SQLITE, engine_for
from bot.database.faults import translated
from bot.errors import SchemaBehind

ONE_AT_A_TIME = 0x636F6E666162
"""Key of the advisory lock under which PostgreSQL is migrated."""


def upgrade(url: str) -> None:
    """Bring the database to this Confab's schema, all or nothing; of several at once, one does it.

    Raises `DatabaseDown` where it cannot be reached.
    """
    with _connected(url) as connection:
        if connection.dialect.name != SQLITE:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        command.upgrade(_config(connection), "head")


def current_and_head(url: str) -> tuple[str | None, str]:
    """The revision that the database has, None for an empty one, and the one that this Confab wants."""
    with _connected(url) as connection:
        return _current(connection), _head()


def require_current(url: str) -> None:
    """Raise `SchemaBehind` where the database is older than this Confab.

    A newer one is taken: migrations work with the version before, or replicas could not be replaced one by
    one.
    """
    found, wanted = current_and_head(url)
    if found is None or (found != wanted and _is_known(found)):
        raise SchemaBehind(found=found or "nothing", wanted=wanted)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = engine_for(url)
    try:
        with engine.begin() as connection:
            yield connection
    except StatementError as error:
        raise translated(error) from None
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrations() -> Path:
    package = Path(bot.__file__).parent
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _head() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _is_known(revision: str) -> bool:
    try:
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    except CommandError:
        return False
