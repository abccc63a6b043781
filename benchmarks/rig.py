"""The processes of one run: the stand-ins on one core, the two bots on the other."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import psutil

from benchmarks.pace import Pace
from benchmarks.remembering import remember

PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")
SIDES = ("ours", "peer")
PATIENCE = 60.0
FAREWELL = 15.0
LONGEST = 180.0
"""Seconds for one question to the stand-ins, and for a bot to connect: nothing here takes half of it."""


@dataclass(slots=True)
class Side:
    """One bot and its workspace. `process` is what its CPU time is read from, `busy` what `lag` wrote."""

    name: str
    url: str
    environ: dict[str, str]
    session: aiohttp.ClientSession
    process: psutil.Process | None = None
    busy: Path | None = None

    async def ask(
        self,
        *places: tuple[str | None, str | None],
        text: str = "@Confab tell me something",
        patience: float = PATIENCE,
    ) -> dict[str, Any]:
        """Ask in all these places at once: (channel, thread), None for new ones."""
        wanted = [list(each) for each in (places or ((None, None),))]
        return await self.post("ask", places=wanted, text=text, patience=patience)

    async def post(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """One of the stand-ins' benchmark routes."""
        try:
            async with self.session.post(f"{self.url}/bench/{verb}", json=arguments) as answer:
                answer.raise_for_status()
                found: dict[str, Any] = await answer.json()
                return found
        except TimeoutError:
            raise RuntimeError(f"{self.name}: nothing came of {verb!r} within {LONGEST:.0f} s") from None

    def remember(self, root_ts: str, messages: int) -> None:
        """Let a thread of Confab's have so many more messages behind it; on SQLite."""
        remember(Path(self.environ["DATABASE_URL"].removeprefix("sqlite:///")), root_ts, messages)

    def busiest(self, since: int = 0) -> tuple[float, int]:
        """The longest time in which its loop came to nothing else, in seconds, and where the notes end."""
        notes = self.busy.read_text().split() if self.busy and self.busy.exists() else []
        return max(map(float, notes[since:]), default=0.0), len(notes)

    def cpu(self) -> float:
        """Seconds of CPU that the bot has used so far, all its threads together."""
        assert self.process is not None
        used = self.process.cpu_times()
        return float(used.user + used.system)


@dataclass(slots=True)
class Rig:
    """Both sides, on the same stand-ins. `turns` is how often each side is measured.

    `fresh` is another such rig, which Slack has not seen within the last minute.
    """

    ours: Side
    peer: Side
    turns: int
    warm_ups: int
    fresh: "Callable[[], AbstractAsyncContextManager[Rig]]"

    @property
    def sides(self) -> tuple[Side, Side]:
        """In the order in which they take turns."""
        return self.ours, self.peer

    async def pace(self, pace: Pace) -> None:
        """Set how fast the stand-ins are, for both."""
        await self.ours.post("paced", **asdict(pace))


@asynccontextmanager
async def rigged(
    turns: int,
    *,
    warm_ups: int = 3,
    database: str | None = None,
    profile: Path | None = None,
    watched: bool = False,
) -> AsyncIterator[Rig]:
    """Fresh stand-ins and fresh bots.

    `database` is a PostgreSQL URL; without it Confab gets a new SQLite file. `profile` is a file to which
    cProfile writes what Confab's event loop did; `watched`: somebody notes how long that loop is busy.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        session = await stack.enter_async_context(
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=LONGEST))
        )
        serving = await _started(stack, {}, "-m", "benchmarks.stand_ins", core=1, talks=True)
        assert serving.stdout is not None
        told: dict[str, dict[str, str]] = json.loads(await serving.stdout.readline())
        ours, peer_side = (Side(name, told[name]["url"], _environ(told[name]), session) for name in SIDES)
        ours.environ["DATABASE_URL"] = database or f"sqlite:///{folder}/bench.db"
        ours.busy = folder / "busy" if watched else None
        run = ("-m", "benchmarks.lag", str(ours.busy)) if watched else ("-m", "bot", "run")
        profiled = ("-m", "cProfile", "-o", str(profile)) if profile else ()
        ours.process = await _bot(stack, ours, *profiled, *run)
        peer_side.process = await _bot(stack, peer_side, "-m", "benchmarks.peer")
        yield Rig(ours, peer_side, turns, warm_ups, partial(rigged, turns, warm_ups=warm_ups))


async def _bot(stack: AsyncExitStack, side: Side, *arguments: str) -> psutil.Process:
    process = await _started(stack, side.environ, *arguments, core=0)
    until = asyncio.get_running_loop().time() + LONGEST / 2
    while not (await side.post("connected"))["sockets"]:
        if process.returncode is not None:
            raise RuntimeError(f"{side.name} ended with {process.returncode}")
        if asyncio.get_running_loop().time() > until:
            raise RuntimeError(f"{side.name} did not connect within {LONGEST / 2:.0f} s")
        await asyncio.sleep(0.05)
    return psutil.Process(process.pid)


async def _started(
    stack: AsyncExitStack, environ: Mapping[str, str], *arguments: str, core: int, talks: bool = False
) -> asyncio.subprocess.Process:
    """A Python process of our own, on that core where there are two, until the stack unwinds."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ} | dict(environ),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE if talks else asyncio.subprocess.DEVNULL,
        stderr=None if os.environ.get("BENCH_LOGS") else asyncio.subprocess.DEVNULL,
    )
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(process.pid, {cores[core % len(cores)]})

    async def end() -> None:
        if process.returncode is None:
            process.terminate()
        try:
            async with asyncio.timeout(FAREWELL):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    stack.push_async_callback(end)
    return process


def _environ(told: Mapping[str, str]) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": told["bot_token"],
        "SLACK_APP_TOKEN": told["app_token"],
        "SLACK_API_URL": f"{told['url']}/api/",
        "AZURE_OPENAI_ENDPOINT": told["azure"],
        "AZURE_OPENAI_API_KEY": told["azure_key"],
        "AZURE_OPENAI_DEPLOYMENTS": "gpt-4o-mini",
        "CONFAB_LOG_LEVEL": "WARNING",
    }
