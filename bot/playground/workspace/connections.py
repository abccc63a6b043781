"""Socket Mode's connections: single-use tickets, open sockets, and every way to lose one."""

import asyncio
import json
import random
import secrets
from collections.abc import Callable
from typing import Protocol
from urllib.parse import quote

from bot.playground.workspace.changes import Change, ChangeFeed
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import JSON


class Transport(Protocol):
    """The part of an asyncio transport with which a connection is cut or made deaf."""

    def abort(self) -> None:
        """Close at once, without a word."""

    def pause_reading(self) -> None:
        """Leave what arrives unread."""

    def resume_reading(self) -> None:
        """Read again."""


class Connection:
    """One open socket of the app. Frames leave in the order in which they were sent.

    `frames` is what the socket's own task writes out; None in it closes the socket in the ordinary way.
    """

    def __init__(self, transport: Transport | None) -> None:
        self.id = secrets.token_hex(8)
        self.frames: asyncio.Queue[str | None] = asyncio.Queue()
        self.is_leaving = False
        self.is_deaf = False
        self._transport = transport

    @property
    def takes_payloads(self) -> bool:
        """Whether Slack would still choose it; a deaf one it would, not knowing."""
        return not self.is_leaving

    def send(self, frame: JSON) -> None:
        """Send a frame; a deaf connection swallows it."""
        if not self.is_deaf:
            self.frames.put_nowait(json.dumps(frame))

    def close(self) -> None:
        """Close with the WebSocket's own goodbye."""
        self.is_leaving = True
        self.frames.put_nowait(None)

    def drop(self) -> None:
        """Cut the TCP connection without a goodbye; where the server shows no transport, close it."""
        self.is_leaving = True
        if self._transport is None:
            self.close()
        else:
            self._transport.abort()

    def go_deaf(self) -> None:
        """Stay open, but read nothing and say nothing: pings find no pong, payloads are lost."""
        self.is_deaf = True
        if self._transport is not None:
            self._transport.pause_reading()

    def recover(self) -> None:
        """Hear and speak again."""
        self.is_deaf = False
        if self._transport is not None:
            self._transport.resume_reading()


class Connections:
    """All sockets of the app, and the tickets with which new ones are opened.

    Args:
        app_id: named in the hello frame.
        clock: seconds since the epoch; tickets expire by it.
        chooser: picks the connection for a payload.
        limits: how many, and how long a ticket lives.
        changes: hears when one opens or closes.
    """

    def __init__(
        self,
        app_id: str,
        *,
        clock: Callable[[], float],
        chooser: random.Random,
        limits: Limits,
        changes: ChangeFeed,
    ) -> None:
        self._app_id = app_id
        self._clock = clock
        self._chooser = chooser
        self._limits = limits
        self._changes = changes
        self._tickets: dict[str, float] = {}
        self._open: list[Connection] = []
        self.opened = 0
        self.on_open: Callable[[Connection], None] = lambda _connection: None
        self.on_lost: Callable[[Connection], None] = lambda _connection: None

    @property
    def open(self) -> tuple[Connection, ...]:
        """The sockets that are connected now."""
        return tuple(self._open)

    def issue_url(self, base: str) -> str:
        """A fresh address to connect to, good for one connection and a short while."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = self._clock() + self._limits.ticket_life
        return f"{base}?ticket={quote(ticket)}&app_id={self._app_id}"

    def redeem(self, ticket: str) -> bool:
        """Whether the ticket opens a socket now; it never does a second time."""
        return self._tickets.pop(ticket, 0.0) >= self._clock()

    def add(self, connection: Connection) -> None:
        """Greet a new socket and let it take payloads, or turn it away past Slack's ten."""
        if len(self._open) >= self._limits.connections:
            connection.send({"type": "disconnect", "reason": "too_many_websockets"})
            connection.close()
            return
        self._open.append(connection)
        self.opened += 1
        connection.send(self._hello(connection))
        self._changes.tell(Change("connection"))
        self.on_open(connection)

    def remove(self, connection: Connection) -> None:
        """Forget a socket that is gone."""
        connection.is_leaving = True
        if connection in self._open:
            self._open.remove(connection)
            self._changes.tell(Change("connection"))
            self.on_lost(connection)

    def choose(self) -> Connection | None:
        """One of the sockets that take payloads, at random; None when there is none."""
        able = [connection for connection in self._open if connection.takes_payloads]
        return self._chooser.choice(able) if able else None

    def announce_disconnect(self, reason: str) -> None:
        """Send every socket a `disconnect` frame and close it after the grace, as Slack does.

        Args:
            reason: `warning` (it still gets payloads until it closes) or `refresh_requested`.
        """
        loop = asyncio.get_running_loop()
        for connection in self.open:
            connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": connection.id}})
            connection.is_leaving = reason != "warning"
            loop.call_later(self._limits.disconnect_grace, connection.close)

    def drop_all(self) -> int:
        """Cut every socket hard; says how many."""
        dropped = self.open
        for connection in dropped:
            connection.drop()
        return len(dropped)

    def go_deaf(self) -> None:
        """Make every socket that is open now a black hole."""
        for connection in self._open:
            connection.go_deaf()

    def recover(self) -> None:
        """End the black holes."""
        for connection in self._open:
            connection.recover()

    def _hello(self, connection: Connection) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {
                "host": f"applink-{connection.id}",
                "build_number": 1,
                "approximate_connection_time": 18_060,
            },
            "connection_info": {"app_id": self._app_id},
        }
