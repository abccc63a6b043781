"""The port for operators and their machines: /metrics, /healthz, /readyz."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack

from aiohttp import web

from bot.chat.ports.watch import QueueDepth
from bot.errors import ConfabError, OperatorFault
from bot.operations.metrics import Metrics

PATIENCE = 3.0
"""Seconds for a look into the database: whoever watches gives up after ten (Prometheus)."""

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"

Alive = Callable[[], bool]


class Doors:
    """Answers what is asked at the port.

    Args:
        metrics: what is counted.
        queue: looks into the database; what it raises says that the database is out of reach.
        parts: what has to work besides the database, by name.
    """

    def __init__(
        self, metrics: Metrics, queue: Callable[[], Awaitable[QueueDepth]], parts: Mapping[str, Alive]
    ) -> None:
        self._metrics = metrics
        self._queue = queue
        self._parts = parts

    async def open(self, stack: AsyncExitStack, host: str, port: int) -> int:
        """Listen until the stack unwinds; the port, which for 0 is any free one.

        Raises `OperatorFault` where the port cannot be had.
        """
        app = web.Application()
        app.router.add_get("/metrics", self._show_metrics)
        app.router.add_get("/healthz", self._health)
        app.router.add_get("/readyz", self._readiness)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise OperatorFault(f"CONFAB_OPERATIONS_PORT: {host}:{port} cannot be had: {why}") from None
        return int(runner.addresses[0][1])

    async def _show_metrics(self, _: web.Request) -> web.Response:
        page = self._metrics.page(await self._depth())
        return web.Response(body=page, headers={"Content-Type": PROMETHEUS})

    async def _health(self, _: web.Request) -> web.Response:
        """That it answers at all says that the event loop goes round."""
        return web.json_response({"alive": True})

    async def _readiness(self, _: web.Request) -> web.Response:
        works = {"database": await self._depth() is not None}
        works |= {name: alive() for name, alive in self._parts.items()}
        return web.json_response(works, status=200 if all(works.values()) else 503)

    async def _depth(self) -> QueueDepth | None:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._queue()
        except (ConfabError, TimeoutError):
            return None
