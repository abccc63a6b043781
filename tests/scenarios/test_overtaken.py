"""The follow-up is heard before the mention that makes it one, or before the word that wakes its thread."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.playground.model import running_scripted_azure
from bot.playground.workspace import Limits, Message
from bot.playground.workspace.serving import running_workspace
from tests.faults.books import Books
from tests.scenarios.scene import MANIFEST, Scene, environ_for


@pytest.fixture
async def scene(sqlite_url: str) -> AsyncIterator[Scene]:
    """One whose Slack delivers again when the test says so."""
    never = Limits(retry_after=())
    async with running_workspace(MANIFEST, limits=never) as running, running_scripted_azure() as azure:
        yield Scene(running, azure, environ_for(running, azure, sqlite_url))


def late(scene: Scene, text: str, seconds: float, under: Message | None = None) -> Message:
    """Ada writes; its events are so long on their way."""
    scene.slack.delivery.delay = (seconds, seconds)
    said = scene.ask(text, under=under)
    scene.slack.delivery.delay = (0.0, 0.0)
    return said


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


@pytest.mark.parametrize("seconds", [0.5, 1.5, 3.0])
async def test_a_follow_up_is_answered_however_late_its_mention_comes(scene: Scene, seconds: float) -> None:
    async with scene.confab():
        root = late(scene, "@Confab first", seconds)
        scene.ask("second", under=root)
        await scene.until(lambda: scene.asked("second") == 1)


@pytest.mark.parametrize("word", ["unmute", "@Confab unmute", "@Confab hello again"])
async def test_what_follows_a_late_waking_is_answered(scene: Scene, word: str) -> None:
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await scene.answered(root)
        scene.ask("mute", under=root)
        await scene.answered(root, 2)
        late(scene, word, 3.0, under=root)
        scene.ask("second", under=root)
        await scene.until(lambda: scene.asked("second") == 1)
