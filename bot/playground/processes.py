"""A process of the playground: started, listened to, ended, and never left behind."""

import asyncio
import ctypes
import json
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_LAST_LINES = 12


class ProcessFailed(Exception):
    """A process ended before its work was done; `last_words` are the last lines of its log."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"The {name} ended with exit code {code}.")
        self.name = name
        self.code = code
        self.log = log
        self.last_words = _last_lines(log)


@dataclass(slots=True)
class Child:
    """A running process. Its stderr goes to its log, and its stdout too unless it `reports`."""

    name: str
    log: Path
    process: asyncio.subprocess.Process = field(repr=False)

    @classmethod
    async def start(
        cls,
        name: str,
        command: Sequence[str],
        *,
        environ: Mapping[str, str],
        log: Path,
        reports: bool = False,
    ) -> "Child":
        """Start a process. It ends with this one, however this one ends.

        Args:
            name: what people call it.
            command: the program and its arguments.
            environ: its whole environment.
            log: where its output is added; its folder is where the process runs.
            reports: whether its stdout is read here, line by line.
        """
        with log.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=environ,
                cwd=log.parent,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE if reports else file,
                stderr=file,
                # Ctrl-C reaches a terminal's whole group: this way the children end in our order.
                start_new_session=True,
                preexec_fn=_ending_with(os.getpid()),
            )
        return cls(name, log, process)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    async def report(self) -> dict[str, Any]:
        """The next line that it reports.

        Raises:
            ProcessFailed: it ended instead.
        """
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        if not line:
            raise ProcessFailed(self.name, await self.process.wait(), self.log)
        reported: dict[str, Any] = json.loads(line)
        return reported

    async def finish(self) -> None:
        """Wait until its work is done.

        Raises:
            ProcessFailed: its exit code is not zero.
        """
        if code := await self.process.wait():
            raise ProcessFailed(self.name, code, self.log)

    async def end(self, grace: float) -> None:
        """Ask it to end, and after `grace` seconds make it. One that has ended already is fine."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), grace)
            except TimeoutError:
                self.kill()
                await self.process.wait()

    def kill(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            self.process.kill()


def _ending_with(parent: int) -> Callable[[], None]:
    """Let the kernel end a child when its parent dies, by whatever cause."""
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)  # the parent died between the fork and the line above

    return prepare


def _last_lines(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return "\n".join(text.splitlines()[-_LAST_LINES:])
