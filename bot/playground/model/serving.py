"""A server on one loopback port, for as long as a block lasts or until the process is told to stop."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from aiohttp import web


class Listening(Protocol):
    """What a running server can tell about itself."""

    @property
    def port(self) -> int:
        """The port that it took."""
        ...


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve `app`; port 0 takes a free one. Gives the port. Open answers are dropped at the end."""
    # A client that hangs up must end its handler, and so the work behind it: aiohttp's default lets it run.
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def serve_until_told(server: AbstractAsyncContextManager[Listening]) -> None:
    """Block until SIGTERM or SIGINT. The one line on stdout says that the server is ready, and where."""
    asyncio.run(_serve(server))


async def _serve(server: AbstractAsyncContextManager[Listening]) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, told.set)
    async with server as ready:
        sys.stdout.write(json.dumps({"ready": True, "port": ready.port}) + "\n")
        sys.stdout.flush()
        await told.wait()
