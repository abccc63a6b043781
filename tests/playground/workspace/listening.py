"""A small Bolt app on the workspace, and ways to wait for what it hears."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import RunningWorkspace


async def until(true: Callable[[], bool], within: float = 60.0) -> None:
    """Wait for something that other tasks bring about."""
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110 - what is awaited has no event to wait for
            await asyncio.sleep(0.005)


@dataclass
class Heard:
    """The events that a Bolt app got, with the headers of retries."""

    events: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    retries: list[str | None] = field(default_factory=list)

    def kinds(self) -> list[str]:
        return [str(event["type"]) for event in self.events]


@asynccontextmanager
async def bolt_app(running: RunningWorkspace, heard: Heard) -> AsyncIterator[AsyncApp]:
    """A real Bolt app over Socket Mode that hears every event there is and acknowledges each."""
    client = AsyncWebClient(running.bot_token, base_url=running.api_url)
    app = AsyncApp(client=client, ignoring_self_events_enabled=False)

    async def hear(event: dict[str, Any], body: dict[str, Any], request: Any) -> None:
        heard.events.append(event)
        heard.bodies.append(body)
        heard.retries.append((request.headers.get("x-slack-retry-num") or [None])[0])

    for kind in ("app_mention", "message", "app_home_opened", "reaction_added", "member_joined_channel"):
        app.event(kind)(hear)
    handler = AsyncSocketModeHandler(app, running.app_token, ping_interval=0.4)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt has no types there
    try:
        yield app
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call] # nor there
        await handler.client.aiohttp_client_session.close()


@dataclass
class RawSocket:
    """A Socket Mode client that does exactly what a test says."""

    socket: aiohttp.ClientWebSocketResponse

    async def frame(self) -> dict[str, Any]:
        async with asyncio.timeout(60):
            return dict(await self.socket.receive_json())

    async def acknowledge(self, envelope: dict[str, Any], payload: dict[str, Any] | None = None) -> None:
        answer: dict[str, Any] = {"envelope_id": envelope["envelope_id"]}
        await self.socket.send_json(answer | ({"payload": payload} if payload else {}))

    async def until_closed(self) -> int | None:
        async with asyncio.timeout(60):
            while not self.socket.closed:
                await self.socket.receive()
        return self.socket.close_code


@asynccontextmanager
async def raw_socket(running: RunningWorkspace, *, hello: bool = True) -> AsyncIterator[RawSocket]:
    """One open socket that has heard its hello."""
    answer = await AsyncWebClient(base_url=running.api_url).apps_connections_open(app_token=running.app_token)
    async with aiohttp.ClientSession() as session, session.ws_connect(answer["url"]) as socket:
        raw = RawSocket(socket)
        if hello:
            assert (await raw.frame())["type"] == "hello"
        yield raw
