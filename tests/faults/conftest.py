"""A stage for each database, kept for a whole file: starting a bot is what takes the time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.place import DATABASES, Place
from tests.faults.stage import Stage


@pytest.fixture(scope="module", params=DATABASES)
def place(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Place:
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    folder = tmp_path_factory.mktemp("faults")
    return Place(request.param, folder, migrated_file=migrated_file, server=server)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(place: Place) -> AsyncIterator[Stage]:
    async with place.stage() as it:
        yield it
