from collections.abc import AsyncIterator

import pytest

from bot.database.access import Database
from tests.database.rooms import Room


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    database = Database(database_url)
    yield Room(database)
    await database.close()
