"""What people say in a thread while the database takes nothing: as if it had only been slow."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.playground.model import running_scripted_azure
from bot.playground.workspace import Limits
from bot.playground.workspace.serving import running_workspace
from tests.faults.books import Books
from tests.scenarios.scene import MANIFEST, Scene, environ_for

LONGER_THAN_ANYBODYS_PATIENCE = 3.0
A_MOMENT = 0.1


@pytest.fixture
async def scene(database_url: str) -> AsyncIterator[Scene]:
    """One whose Slack delivers again within seconds."""
    soon = Limits(retry_after=(0.0, 4.0, 8.0))
    async with running_workspace(MANIFEST, limits=soon) as running, running_scripted_azure() as azure:
        yield Scene(running, azure, environ_for(running, azure, database_url))


@asynccontextmanager
async def locked(scene: Scene) -> AsyncIterator[None]:
    """Nothing can be stored until the block is left, and for a while after it."""
    async with Books(scene.environ["DATABASE_URL"]).locked():
        yield
        await asyncio.sleep(LONGER_THAN_ANYBODYS_PATIENCE)


async def test_a_follow_up_right_behind_its_mention_is_asked_once(scene: Scene) -> None:
    async with scene.confab():
        async with locked(scene):
            root = scene.ask("@Confab first")
            await asyncio.sleep(A_MOMENT)
            scene.ask("second", under=root)
        await scene.answered(root)
        await scene.until(lambda: scene.asked("second") > 0)
        await scene.settled()
    assert scene.asked("second") == 1


async def test_what_follows_a_mute_is_not_answered_and_the_mute_is_told(scene: Scene) -> None:
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await scene.answered(root)
        async with locked(scene):
            scene.ask("mute", under=root)
            await asyncio.sleep(A_MOMENT)
            scene.ask("talking among ourselves", under=root)
        _, notice = await scene.answered(root, 2)
        await scene.settled()
    assert "quiet" in notice
    assert scene.asked("talking among ourselves") == 0
