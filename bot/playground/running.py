"""The processes of one run, opened together and kept going."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.playground.processes import Child, ProcessFailed
from bot.playground.run_folder import ModelNote, RunFolder
from bot.playground.surroundings import XBOX_SETUP, Surroundings

_RESTART_AFTER = 1.0  # seconds; long enough to be seen on the page
_LONGEST_WAIT = 10.0
_SHORT_LIFE = 5.0
_BOTS_GRACE = 4.0
_GRACE = 2.0


class Playground:
    """Workspace and page, model, and bot. The first two stay; a bot that ends is started again."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._children: dict[str, Child] = {}
        self._bot_environ: Mapping[str, str] = {}
        self._sockets = asyncio.Event()
        self._is_changing = False
        self._reports: asyncio.Task[None] | None = None

    @property
    def folder(self) -> RunFolder:
        """Where this run keeps its things."""
        return self._surroundings.folder

    async def open(self, port: int) -> str:
        """Start everything; returns the page's address once the bot is connected.

        Raises:
            ProcessFailed: one of them could not start.
        """
        async with _one_failure(), asyncio.TaskGroup() as group:
            opening = group.create_task(self._open_page(port))
            model = group.create_task(self._open_model())
            group.create_task(self._migrate())
        workspace, page = opening.result()
        self._bot_environ = self._surroundings.for_bot(workspace, model.result())
        self._reports = asyncio.create_task(self._follow(page))
        async with _one_failure(), asyncio.TaskGroup() as group:
            group.create_task(self._import_setup(workspace["channel"]))
            group.create_task(self._first_bot())
        return f"http://127.0.0.1:{workspace['port']}"

    async def keep(self, *, reload: bool) -> None:
        """Keep the bot going for as long as the other processes do.

        Raises:
            ProcessFailed: one of those ended.
        """
        async with _one_failure(), asyncio.TaskGroup() as group:
            for name in self._children:
                group.create_task(self._keep_bot() if name == "bot" else self._must_stay(name))
            if reload:
                group.create_task(self._reload())

    async def close(self) -> None:
        """End all of them, the bot first, so that it can say goodbye to the others."""
        if self._reports is not None:
            self._reports.cancel()
        if bot := self._children.pop("bot", None):
            await bot.end(_BOTS_GRACE)
        await asyncio.gather(*(child.end(_GRACE) for child in self._children.values()))

    def kill(self) -> None:
        """End all of them at once."""
        for child in self._children.values():
            child.kill()

    async def _open_page(self, port: int) -> tuple[dict[str, Any], Child]:
        environ = self._surroundings.base()
        page = await self._start("page", self._surroundings.page(port), environ, reports=True)
        return await page.report(), page

    async def _open_model(self) -> int | None:
        if self._surroundings.azure_answers and not self._surroundings.scripted:
            return None
        environ = self._surroundings.for_model()
        model = await self._start("model", self._surroundings.model(), environ, reports=True)
        model_port = int((await model.report())["port"])
        self.folder.note_model(ModelNote(f"http://127.0.0.1:{model_port}", self._surroundings.written_by))
        return model_port

    async def _migrate(self) -> None:
        await self._carry_out("migration", self._surroundings.bot("migrate"), self._surroundings.base())

    async def _import_setup(self, channel: str) -> None:
        command = self._surroundings.bot("import", "--channel", channel, str(XBOX_SETUP))
        await self._carry_out("import", command, self._bot_environ)

    async def _first_bot(self) -> None:
        bot = await self._start_bot()
        ended = asyncio.create_task(bot.process.wait())
        connected = asyncio.create_task(self._sockets.wait())
        try:
            await asyncio.wait((ended, connected), return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                raise ProcessFailed("bot", ended.result(), bot.log)
        finally:
            ended.cancel()
            connected.cancel()

    async def _start_bot(self) -> Child:
        bot = await self._start("bot", self._surroundings.bot("run"), self._bot_environ)
        self.folder.note_bot(bot.pid)
        return bot

    async def _keep_bot(self) -> None:
        wait = _RESTART_AFTER
        while True:
            began = time.monotonic()
            await self._children["bot"].process.wait()
            if not self._is_changing:
                await asyncio.sleep(wait)
            short = time.monotonic() - began < _SHORT_LIFE + wait
            wait = min(2 * wait, _LONGEST_WAIT) if short else _RESTART_AFTER
            self._is_changing = False
            await self._start_bot()

    async def _must_stay(self, name: str) -> None:
        child = self._children[name]
        raise ProcessFailed(name, await child.process.wait(), child.log)

    async def _reload(self) -> None:
        from watchfiles import PythonFilter, awatch  # noqa: PLC0415 - only where it is asked for

        async for _changes in awatch(Path(__file__).parents[1], watch_filter=PythonFilter()):
            self._is_changing = True
            await self._children["bot"].end(_BOTS_GRACE)

    async def _follow(self, page: Child) -> None:
        with suppress(ProcessFailed):
            while True:
                report = await page.report()
                if report.get("sockets"):
                    self._sockets.set()

    async def _start(
        self, name: str, command: list[str], environ: Mapping[str, str], *, reports: bool = False
    ) -> Child:
        log = self.folder.log(name)
        child = await Child.start(name, command, environ=environ, log=log, reports=reports)
        self._children[name] = child
        return child

    async def _carry_out(self, name: str, command: list[str], environ: Mapping[str, str]) -> None:
        child = await self._start(name, command, environ)
        await child.finish()
        del self._children[name]


@asynccontextmanager
async def _one_failure() -> AsyncIterator[None]:
    """Of all that failed in a task group, raise the first."""
    try:
        yield
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None
