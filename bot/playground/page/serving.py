"""The page and the workspace in one server."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.backstage import Backstage
from bot.playground.page.door import LoopbackOnly
from bot.playground.page.pictures import picture_route
from bot.playground.page.screen import Screen, follow_while_open
from bot.playground.page.visitors import first_channel, people_of
from bot.playground.page.world import World
from bot.playground.run_folder import RunFolder
from bot.playground.workspace import Workspace
from bot.playground.workspace.routes import workspace_routes
from bot.playground.workspace.serving import ExposedTransport

_HERE = Path(__file__).parent
_TRIED_PORTS = 100
_PAST_LAST = 65_536


def page_app(workspace: Workspace, folder: RunFolder) -> LoopbackOnly:
    """Slack's routes and the page beside them. NiceGUI has one page a process, so this is called once."""
    world = World.around(workspace, Backstage(folder, workspace.team.id))
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        routes=[*workspace_routes(workspace), picture_route(workspace)],
    )
    ui.menu_item.default_props("role=menuitem")
    ui.add_css(_HERE / "style.css", shared=True)
    for each in ("composer.js", "file_input.js", "links.js", "menu.js", "modal.js"):
        script = (_HERE / each).read_text(encoding="utf-8")
        ui.add_head_html(f"<script>{script}</script>", shared=True)

    @ui.page("/", title=texts.TITLE)
    def index(who: str = "", where: str = "", thread: str = "", tab: str = "messages") -> None:
        follow_while_open(_screen(world, who, where, thread or None, tab))

    @ui.page("/archives/{where}/{stamp}", title=texts.TITLE)
    def linked(where: str, stamp: str, who: str = "", thread_ts: str = "") -> None:
        ts = thread_ts or f"{stamp[1:-6]}.{stamp[-6:]}"
        follow_while_open(_screen(world, who, where, ts, "messages"))

    @ui.page("/archives/{where}", title=texts.TITLE)
    def entered(where: str, who: str = "") -> None:
        follow_while_open(_screen(world, who, where, None, "messages"))

    ui.run_with(
        app,
        favicon=_HERE / "favicon.svg",
        language="en-US",
        reconnect_timeout=10.0,
        tailwind=False,
        show_welcome_message=False,
    )
    return LoopbackOnly(app)


def _screen(world: World, who: str, where: str, thread: str | None, tab: str) -> Screen:
    """The screen that an address asks for, as far as there is such a place."""
    workspace = world.workspace
    people = {person.name: person for person in people_of(workspace)}
    person = people.get(who, workspace.ada)
    channel = workspace.direct(person) if where == "confab" else workspace.team.find_channel(where)
    if channel is None or not channel.has(person.id):
        channel = workspace.xbox_support
    channel = workspace.team.channel(channel if channel.has(person.id) else first_channel(workspace, person))
    return Screen(world, person, channel, thread, tab)


def listen(port: int) -> socket.socket:
    """A socket on loopback at that port, or at the next one that is free. Port 0 takes any.

    Raises:
        OSError: a hundred ports in a row are taken, or all up to the last one.
    """
    for each in range(port, min(port + _TRIED_PORTS, _PAST_LAST)) if port else (0,):
        try:
            return socket.create_server(("127.0.0.1", each))
        except OSError as taken:
            last = taken
    raise last


class PageServer(uvicorn.Server):
    """uvicorn without a hand on the process's signals: its main function has that."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


def server(app: LoopbackOnly) -> PageServer:
    """The server for that app, quiet but for what goes wrong."""
    return PageServer(
        uvicorn.Config(
            app, http=ExposedTransport, log_level="warning", lifespan="on", timeout_graceful_shutdown=1
        )
    )
