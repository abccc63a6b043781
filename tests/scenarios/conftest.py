from collections.abc import AsyncIterator, Iterator

import pytest

from bot.playground.model import running_scripted_azure
from bot.playground.workspace.serving import running_workspace
from tests.postgresql import PostgreSQL
from tests.scenarios.panel import Panel
from tests.scenarios.scene import MANIFEST, Scene, environ_for


@pytest.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    """On both databases."""
    async with running_workspace(MANIFEST) as running, running_scripted_azure() as azure:
        yield Scene(running, azure, environ_for(running, azure, database_url))


@pytest.fixture
async def small_scene(sqlite_url: str) -> AsyncIterator[Scene]:
    """On SQLite alone, where the database makes no difference."""
    async with running_workspace(MANIFEST) as running, running_scripted_azure() as azure:
        yield Scene(running, azure, environ_for(running, azure, sqlite_url))


@pytest.fixture
def empty_postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    with postgresql.empty() as url:
        yield url


@pytest.fixture
def ada(small_scene: Scene) -> Panel:
    return Panel(small_scene, small_scene.slack.ada)


@pytest.fixture
def grace(small_scene: Scene) -> Panel:
    return Panel(small_scene, small_scene.slack.grace)
