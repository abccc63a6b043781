"""The workspace as a server of its own, on a free loopback port."""

import asyncio
import contextlib
import random
import socket
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.playground.workspace.control import control_routes
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.routes import TRANSPORT, workspace_app
from bot.playground.workspace.workspace import Workspace


class ExposedTransport(HttpToolsProtocol):
    """uvicorn's HTTP protocol, with the connection's transport in every scope's `state`.

    The workspace cuts connections and makes sockets deaf with it. Give it to uvicorn as `http=`.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's
        """Remember the transport before the first request comes, and let it answer at once.

        On a listener of our own asyncio leaves Nagle's algorithm on, which costs 40 ms a call.
        """
        super().connection_made(transport)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app_state = {**self.app_state, TRANSPORT: transport}


class LoopServer(uvicorn.Server):
    """uvicorn inside somebody else's loop: it leaves the process's signals alone and stops without a wait."""

    async def open(self, listener: socket.socket) -> None:
        """Start to listen."""
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup([listener])

    async def close(self) -> None:
        """Cut what is connected, end what runs, stop listening."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if running := set(self.server_state.tasks):
            _, stuck = await asyncio.wait(running, timeout=0.5)
            for task in stuck:
                task.cancel()


@dataclass(frozen=True, slots=True)
class RunningWorkspace:
    """A workspace that is being served. `api_url` ends with `/api/`, as the SDK's `base_url` has to."""

    workspace: Workspace
    url: str

    @property
    def api_url(self) -> str:
        """What `SLACK_API_URL` is set to."""
        return f"{self.url}/api/"

    @property
    def control_url(self) -> str:
        """Where the control API is, if it was asked for."""
        return f"{self.url}/control"

    @property
    def bot_token(self) -> str:
        """The app's bot token."""
        return self.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        """The app's app-level token."""
        return self.workspace.app.app_token


@contextlib.asynccontextmanager
async def serve_app(app: Any, port: int = 0) -> AsyncIterator[str]:
    """Serve an ASGI app on loopback for as long as the block lasts; says its address, without a final slash.

    Args:
        app: what to serve.
        port: where; 0 takes any free one.
    """
    listener = socket.create_server(("127.0.0.1", port))
    server = LoopServer(uvicorn.Config(app, http=ExposedTransport, log_config=None, lifespan="off"))
    await server.open(listener)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.close()


@contextlib.asynccontextmanager
async def running_workspace(
    manifest: Path | None = None,
    *,
    app: Installation | None = None,
    clock: Callable[[], float] = time.time,
    limits: Limits | None = None,
    chooser: random.Random | None = None,
    control: bool = False,
    port: int = 0,
) -> AsyncIterator[RunningWorkspace]:
    """A fresh workspace with the app installed, served in this loop until the block is left.

    Args:
        manifest: what to install the app from; or give the installation itself as `app`.
        app: the app, already installed.
        clock: the workspace's time, seconds since the epoch.
        limits: Slack's figures, for a test that shortens the waits.
        chooser: picks the socket for each payload.
        control: whether `/control/...` is served too.
        port: where; 0 takes any free one.
    """
    if app is None:
        if manifest is None:
            raise ValueError("Give a manifest or an installation.")
        app = Installation.from_manifest(manifest)
    workspace = Workspace(app, clock=clock, limits=limits, chooser=chooser)
    routes = control_routes(workspace) if control else []
    async with serve_app(workspace_app(workspace, *routes), port) as url:
        try:
            yield RunningWorkspace(workspace, url)
        finally:
            workspace.faults.clear()
            workspace.delivery.close()
