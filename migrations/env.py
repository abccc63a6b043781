"""How Alembic reaches the database: over a connection that it is handed, or, as a command, by itself."""

import os

from alembic import context
from sqlalchemy import Connection

from bot.database.engine import engine_for
from bot.database.tables import metadata
from bot.settings import database_url


def migrate(connection: Connection) -> None:
    """Run the migrations asked for as one transaction: a crash in the middle leaves the old schema whole."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        compare_type=True,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_as_a_command() -> None:
    """What `alembic upgrade head` and `alembic check` do, on DATABASE_URL."""
    engine = engine_for(database_url(os.environ))
    try:
        with engine.begin() as connection:
            migrate(connection)
    finally:
        engine.dispose()


if context.is_offline_mode():
    raise SystemExit("Confab's migrations run on a database, not into a file.")
if handed := context.config.attributes.get("connection"):
    migrate(handed)
else:
    migrate_as_a_command()
