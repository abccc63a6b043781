"""Confab as its operator runs it: a process of its own, by the command line."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")


def surroundings(environ: Mapping[str, str]) -> dict[str, str]:
    """Nothing of this machine's own settings, but what a process needs to run."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | dict(environ)


async def confab(environ: Mapping[str, str], *arguments: str) -> tuple[int, str]:
    """Run a command to its end: the exit code, and all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=surroundings(environ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 180)
    assert process.returncode is not None
    return process.returncode, said.decode()


@asynccontextmanager
async def running_bot(
    environ: Mapping[str, str], *, log: Path = Path(os.devnull)
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`confab run` until the block is left, and killed then if it still runs."""
    with log.open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=surroundings(environ), stderr=said
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()
