"""`confab playground`: the workspace with its page, a model and the bot, each a process of its own."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from bot.playground.processes import ProcessFailed
from bot.playground.run_folder import RunFolder
from bot.playground.running import Playground
from bot.playground.surroundings import Surroundings

_STARTING = "Starting Confab's playground ..."
_READY = """
  {address}

Open it in a browser. Ctrl-C ends the playground.
Ready after {seconds:.1f} s; logs and database are in {folder}
"""
_FAILED = """The playground cannot go on: the {name} ended (exit code {code}). The end of its log:

{last_words}

All of it is in {log}"""


def start(
    *,
    port: int = 3000,
    scripted: bool = False,
    reload: bool = False,
    environ: Mapping[str, str] | None = None,
) -> int:
    """Run the playground until Ctrl-C or SIGTERM. Exit codes: 0 after that, 1 if a process failed.

    Args:
        port: the first port to try for the page; 0 takes any.
        scripted: let a scripted stand-in answer instead of a model.
        reload: restart the bot whenever a file of its code changes.
        environ: the environment; that of this process if it is left out.
    """
    outer = os.environ if environ is None else environ
    cwd = Path.cwd()
    surroundings = Surroundings(RunFolder.fresh(cwd), outer, cwd, scripted)
    return asyncio.run(_run(Playground(surroundings), port, reload=reload))


async def _run(playground: Playground, port: int, *, reload: bool) -> int:
    told = _ending(playground)
    running = asyncio.create_task(_open_and_keep(playground, port, reload=reload))
    ending = asyncio.create_task(told.wait())
    try:
        await asyncio.wait((running, ending), return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
    except ProcessFailed as failed:
        print(  # noqa: T201 - this is a command line
            _FAILED.format(name=failed.name, code=failed.code, last_words=failed.last_words, log=failed.log)
        )
        return 1
    else:
        return 0
    finally:
        for task in (running, ending):
            task.cancel()
        await asyncio.gather(running, ending, return_exceptions=True)
        await playground.close()


async def _open_and_keep(playground: Playground, port: int, *, reload: bool) -> None:
    began = time.monotonic()
    print(_STARTING, flush=True)  # noqa: T201 - this is a command line
    address = await playground.open(port)
    seconds, folder = time.monotonic() - began, playground.folder.path
    print(_READY.format(address=address, seconds=seconds, folder=folder), flush=True)  # noqa: T201
    await playground.keep(reload=reload)


def _ending(playground: Playground) -> asyncio.Event:
    """Set by the first Ctrl-C or SIGTERM; the second ends everything at once."""
    told = asyncio.Event()

    def tell() -> None:
        if told.is_set():
            playground.kill()
        told.set()

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(each, tell)
    return told
