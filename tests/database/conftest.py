from collections.abc import AsyncIterator

import pytest

from tests.database.rooms import Room, opened


@pytest.fixture
async def room(database_url: str) -> AsyncIterator[Room]:
    async with opened(database_url) as room:
        yield room
