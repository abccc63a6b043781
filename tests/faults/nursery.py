"""Bots that are born with modules and vocabularies loaded: what takes most of each start is done once.

As a program it forks a bot for each line of JSON that it reads, and writes down who was born and who ended.
"""

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[2]


class Child:
    """One forked bot."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.ended = asyncio.Event()

    def send_signal(self, number: int) -> None:
        """As `asyncio.subprocess.Process` has it."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def wait(self) -> int:
        """Its exit code, negative for the signal that ended it."""
        await self.ended.wait()
        assert self.returncode is not None
        return self.returncode


class Nursery:
    """The parent of bots; give it to `Bot.start`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._children: dict[int, Child] = {}
        self._born: asyncio.Queue[Child] = asyncio.Queue()

    async def bear(self, environ: Mapping[str, str], log: Path) -> Child:
        """One more bot."""
        order = json.dumps({"environ": dict(environ), "log": str(log)})
        assert self._process.stdin
        self._process.stdin.write(order.encode() + b"\n")
        return await self._born.get()

    async def read(self) -> None:
        """Hear of births and ends, until there is nobody to tell of them."""
        assert self._process.stdout
        while line := await self._process.stdout.readline():
            told = json.loads(line)
            child = self._children.setdefault(told["pid"], Child(told["pid"]))
            if "code" in told:
                child.returncode = told["code"]
                child.ended.set()
            else:
                self._born.put_nowait(child)


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A nursery until the block is left; bots that still run then are the caller's to end before."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.nursery",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    it = Nursery(process)
    reading = asyncio.create_task(it.read())
    try:
        yield it
    finally:
        assert process.stdin
        process.stdin.close()
        await process.wait()
        await reading


def _tell(**what: Any) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def _reap(*_: object) -> None:
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            _tell(pid=ended[0], code=os.waitstatus_to_exitcode(ended[1]))


def _live(order: dict[str, Any]) -> int:
    """What `confab run` does, in an environment of its own."""
    from bot.__main__ import main  # noqa: PLC0415 - imported by the parent long ago

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with Path(order["log"]).open("ab") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    os.environ.clear()
    os.environ.update(order["environ"])
    return main(["run"])


def _bear_children() -> None:
    import_module("bot.app")
    import_module("bot.commands")
    for encoding in ("o200k_base", "qwen3.5"):
        import_module("bot.tokens").bundled(encoding)
    with TemporaryDirectory() as folder:
        import_module("bot.database.schema").upgrade(f"sqlite:///{folder}/loaded.db")
    gc.freeze()
    signal.signal(signal.SIGCHLD, _reap)
    for line in sys.stdin:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # a birth is told before an end
        pid = os.fork()
        if not pid:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            os._exit(_live(json.loads(line)))
        _tell(pid=pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


if __name__ == "__main__":
    _bear_children()
