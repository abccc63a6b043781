"""The whole Confab by its front door: a real event in, a real reply out, on the strict stand-ins."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import Confab, Ends, opened
from bot.playground.model import ScriptedAzure
from bot.playground.workspace import Channel, Message, Shown, Workspace
from bot.playground.workspace.serving import RunningWorkspace
from bot.settings import Settings
from bot.tokens import known_encodings

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
PATIENCE = 60.0


@dataclass
class Scene:
    """One workspace, one scripted Azure, one database; Confab is opened as often as a test wants."""

    running: RunningWorkspace
    azure: ScriptedAzure
    environ: dict[str, str]

    @property
    def slack(self) -> Workspace:
        return self.running.workspace

    def settings(self, **changes: str) -> Settings:
        return Settings.read(self.environ | changes, known_encodings())

    @asynccontextmanager
    async def confab(self, **changes: str) -> AsyncIterator[Confab]:
        async with opened(self.settings(**changes), Ends(removed=lambda: None, deaf=lambda: None)) as confab:
            yield confab

    def thread(self, root: Message) -> tuple[Shown, ...]:
        return self.slack.see(root.channel, root.ts)

    def ours(self, root: Message) -> list[Shown]:
        """All of Confab's that stands in that thread, for one person or for all, streaming or not."""
        return [each for each in self.thread(root) if each.author == self.slack.confab.id]

    def answers(self, root: Message) -> list[str]:
        """What Confab has said to all in that thread by now; what still streams is left out."""
        return [each.text for each in self.ours(root) if not each.streaming and not each.ephemeral]

    async def growing(self, root: Message) -> None:
        """Wait for the first words of an answer that still streams."""
        await self.until(lambda: any(each.streaming and each.text for each in self.ours(root)))

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for the workspace to change until the condition holds."""
        async with asyncio.timeout(PATIENCE), self.slack.changes.subscribe() as changes:
            if condition():
                return
            async for _ in changes:
                if condition():
                    return

    async def answered(self, root: Message, times: int = 1) -> list[str]:
        """What Confab answered in that thread, once it has that many whole answers."""
        await self.until(lambda: len(self.answers(root)) >= times)
        return self.answers(root)

    def ask(self, text: str, channel: Channel | None = None, *, under: Message | None = None) -> Message:
        """Ada writes."""
        place = self.slack.general if channel is None else channel
        return self.slack.post(
            self.slack.ada, under.channel if under else place, text, thread_ts=under.ts if under else None
        )

    def asked(self, text: str) -> int:
        """How many requests to the model had it among what people said."""
        return sum(any(text in turn.text for turn in request.dialogue) for request in self.azure.requests)

    async def settled(self) -> None:
        """Wait until Confab has acknowledged everything that it was sent."""
        await self.until(lambda: all(parcel.settled.is_set() for parcel in self.slack.parcels))


def environ_for(running: RunningWorkspace, azure: ScriptedAzure, database_url: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": running.bot_token,
        "SLACK_APP_TOKEN": running.app_token,
        "SLACK_API_URL": running.api_url,
        "DATABASE_URL": database_url,
        "CONFAB_ADMINS": running.workspace.ada.id,
        "CONFAB_DRAIN_SECONDS": "1",
        "AZURE_OPENAI_ENDPOINT": azure.endpoint,
        "AZURE_OPENAI_API_KEY": azure.key,
        "AZURE_OPENAI_DEPLOYMENTS": "gpt-4o-mini, qwen3-8b:chatml:32768:qwen3.5",
    }
