"""A stage for each database, kept for a whole file: starting a bot is what takes the time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.playground.workspace import Limits
from tests.faults.nursery import nursery
from tests.faults.place import DATABASES, Place
from tests.faults.stage import Stage

QUICK = Limits(retry_after=(0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0))
"""Slack waits minutes before it delivers again; no test has to."""


@pytest.fixture(scope="module", params=DATABASES)
def place(
    request: pytest.FixtureRequest, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Place:
    server = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    folder = tmp_path_factory.mktemp("faults")
    return Place(request.param, folder, migrated_file=migrated_file, server=server)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(place: Place) -> AsyncIterator[Stage]:
    async with nursery() as born_by, place.stage(limits=QUICK, born_by=born_by) as it:
        yield it
