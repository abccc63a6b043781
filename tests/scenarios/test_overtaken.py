"""A process ends before it could store a mention, and the next one hears the follow-up first."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.playground.model import running_scripted_azure
from bot.playground.workspace import Limits
from bot.playground.workspace.serving import running_workspace
from tests.faults.books import Books
from tests.scenarios.scene import MANIFEST, Scene, environ_for


@pytest.fixture
async def scene(sqlite_url: str) -> AsyncIterator[Scene]:
    """One whose Slack delivers again when the test says so."""
    never = Limits(retry_after=())
    async with running_workspace(MANIFEST, limits=never) as running, running_scripted_azure() as azure:
        yield Scene(running, azure, environ_for(running, azure, sqlite_url))


async def test_a_follow_up_that_was_nobodys_is_answered_once_its_mention_comes(scene: Scene) -> None:
    async with AsyncExitStack() as lock, scene.confab():
        await lock.enter_async_context(Books(scene.environ["DATABASE_URL"]).locked())
        root = scene.ask("@Confab first")
        mention = scene.slack.parcels[-1]
        await scene.settled()  # Slack has given it up for now
    async with scene.confab():
        scene.ask("second", under=root)
        await scene.settled()
        assert scene.azure.requests == []
        scene.slack.delivery.redeliver(mention)
        await scene.until(lambda: scene.asked("second") == 1)
