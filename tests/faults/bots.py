"""Bots as processes: started as their operator does, and then frozen, told to stop or killed."""

import asyncio
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from tests.faults.nursery import Child, Nursery
from tests.scenarios.processes import surroundings

ROOT = Path(__file__).parents[2]
AS_OPERATORS_DO = ("-m", "bot", "run")


class Bot:
    """One process. What it logs goes into a file of its own."""

    def __init__(self, process: asyncio.subprocess.Process | Child, log: Path) -> None:
        self._process = process
        self.log = log
        self.started = time.monotonic()

    @classmethod
    async def start(
        cls,
        environ: Mapping[str, str],
        log: Path,
        program: tuple[str, ...] = AS_OPERATORS_DO,
        *,
        born_by: Nursery | None = None,
    ) -> "Bot":
        """Start one; it is not connected yet."""
        if born_by and program == AS_OPERATORS_DO:
            return cls(await born_by.bear(surroundings(environ), log), log)
        with log.open("ab") as said:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *program, env=surroundings(environ), stdout=said, stderr=said, cwd=ROOT
            )
        return cls(process, log)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process.returncode is None

    async def kill(self) -> None:
        """End it with no chance to say goodbye."""
        if self.runs:
            self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def collect(self) -> None:
        """Have a watched one collect its garbage, soon."""
        self._process.send_signal(signal.SIGUSR1)

    async def stop(self) -> tuple[int, float]:
        """Ask it to end: its exit code, and how many seconds it took."""
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(self._process.wait(), 120)
        return code, time.monotonic() - began

    def descriptors(self) -> int:
        """Open files and sockets."""
        return psutil.Process(self.pid).num_fds()

    def memory(self) -> int:
        """Resident bytes."""
        return int(psutil.Process(self.pid).memory_info().rss)
