"""Databases for trials: each trial that wants its own gets its own, of the kind that is tried."""

import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path

from bot.playground.model import running_scripted_azure
from bot.playground.workspace import Limits
from bot.playground.workspace.serving import running_workspace
from tests.faults.gate import gate
from tests.faults.nursery import Nursery
from tests.faults.stage import Stage
from tests.postgresql import PostgreSQL
from tests.scenarios.scene import MANIFEST

DATABASES = ("sqlite", "postgresql")


class Place:
    """One kind of database. `migrated_file` is an SQLite file to copy, `server` a running PostgreSQL."""

    def __init__(
        self, database: str, folder: Path, *, migrated_file: Path, server: PostgreSQL | None
    ) -> None:
        self.database = database
        self.server = server
        self._folder = folder
        self._migrated_file = migrated_file
        self._numbers = count(1)

    @contextmanager
    def url(self, *, empty: bool = False) -> Iterator[str]:
        """A database of one's own: migrated, or without any table."""
        if self.server is not None:
            with self.server.empty() if empty else self.server.migrated() as url:
                yield url
            return
        file = self._folder / f"confab-{next(self._numbers)}.db"
        if not empty:
            shutil.copy(self._migrated_file, file)
        yield f"sqlite:///{file}"

    @asynccontextmanager
    async def stage(
        self, *, limits: Limits | None = None, empty: bool = False, born_by: Nursery | None = None
    ) -> AsyncIterator[Stage]:
        """A stage of one's own."""
        folder = self._folder / f"bots-{next(self._numbers)}"
        folder.mkdir()
        with self.url(empty=empty) as url:
            async with on_stage(url, folder, limits=limits, born_by=born_by) as stage:
                yield stage


@asynccontextmanager
async def on_stage(
    url: str, folder: Path, *, limits: Limits | None = None, born_by: Nursery | None = None
) -> AsyncIterator[Stage]:
    """A stage without a bot, on that database; every bot is gone when the block is left."""
    async with (
        running_workspace(MANIFEST, limits=limits) as running,
        running_scripted_azure() as azure,
        gate(azure.port) as front,
    ):
        stage = Stage(running, azure, front, url, folder, born_by=born_by)
        try:
            yield stage
        finally:
            for bot in stage.bots:
                await bot.kill()
