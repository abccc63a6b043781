"""The playground as people start it: `confab playground`, a process with processes of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

READY_WITHIN = 90.0  # seconds; a start takes five on an idle machine


@dataclass(frozen=True)
class Supervised:
    """A playground that is up."""

    process: subprocess.Popen[str]
    output: Path
    cwd: Path

    @property
    def said(self) -> str:
        return self.output.read_text()

    @property
    def address(self) -> str:
        found = re.search(r"^  (http://127\.0\.0\.1:\d+)$", self.said, re.MULTILINE)
        assert found is not None, self.said
        return found.group(1)

    @property
    def folder(self) -> Path:
        return max((self.cwd / ".playground").iterdir())

    @property
    def children(self) -> dict[str, psutil.Process]:
        """The processes by their name: page, model, bot."""
        living = [
            child
            for child in psutil.Process(self.process.pid).children()
            if child.status() != psutil.STATUS_ZOMBIE
        ]
        return {_name(child): child for child in living}

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(20)


def _name(child: psutil.Process) -> str:
    command = " ".join(child.cmdline())
    return next((name for name in ("page", "model") if f"bot.playground.{name}" in command), "bot")


@contextmanager
def started(cwd: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> Iterator[Supervised]:
    """Start it in that folder; it is gone when the block is left."""
    output = cwd / "output"
    with output.open("w") as file:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bot",
                "playground",
                *(arguments if "--port" in arguments else ("--port", "0", *arguments)),
            ],
            cwd=cwd,
            env={**_clean(os.environ), **(environ or {})},
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        yield Supervised(process, output, cwd)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def running(cwd: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> Iterator[Supervised]:
    """The same, waited for until it says its address."""
    with started(cwd, *arguments, environ=environ) as playground:
        until(lambda: "Ready after" in playground.said or playground.process.poll() is not None, READY_WITHIN)
        assert playground.process.poll() is None, playground.said
        yield playground


def _clean(environ: Mapping[str, str]) -> dict[str, str]:
    foreign = ("AZURE_OPENAI_", "SLACK_", "CONFAB_", "DATABASE_URL", "MODEL")
    return {name: value for name, value in environ.items() if not name.startswith(foreign)}


def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for another process to get there: nothing in this one can tell."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
