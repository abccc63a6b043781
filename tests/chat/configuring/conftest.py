from collections.abc import AsyncIterator

import pytest

from tests.chat.configuring.desk import Desk, opened_desk


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    """On both databases, migrated."""
    async with opened_desk(database_url) as desk:
        yield desk


@pytest.fixture
async def small_desk(sqlite_url: str) -> AsyncIterator[Desk]:
    """On SQLite alone, where the database makes no difference."""
    async with opened_desk(sqlite_url) as desk:
        yield desk
