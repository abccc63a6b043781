"""Something between Confab and the workspace that now and then answers in Slack's place, as a proxy may."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.slack.desk import Desk

_CARRIED = frozenset({"authorization", "content-type", "retry-after", "x-oauth-scopes"})


@dataclass(frozen=True, slots=True)
class Odd:
    """An answer in Slack's place; the call itself `reaches` Slack or does not."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    reaches: bool = True


class Garbler:
    """Hands every call on. What `instead` has for a method is answered first, one to a call."""

    def __init__(self, target: str) -> None:
        self.instead: dict[str, list[Odd]] = {}
        self._target = target

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        odd = next(iter(self.instead.get(method, ())), None)
        if odd is not None:
            self.instead[method].remove(odd)
        if odd is None or odd.reaches:
            answer = await self._handed_on(method, request)
        return answer if odd is None else _answered(odd)

    async def _handed_on(self, method: str, request: web.Request) -> web.Response:
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method,
                self._target + method,
                params=request.query,
                data=await request.read(),
                headers={name: value for name, value in request.headers.items() if name.lower() in _CARRIED},
            ) as answer,
        ):
            headers = {name: value for name, value in answer.headers.items() if name.lower() in _CARRIED}
            return web.Response(status=answer.status, body=await answer.read(), headers=headers)


def _answered(odd: Odd) -> web.Response:
    headers = {"Content-Type": "application/json", **odd.headers}
    return web.Response(status=odd.status, body=odd.body, headers=headers)


@asynccontextmanager
async def garbling(target: str) -> AsyncIterator[tuple[Garbler, str]]:
    """A garbler before that Web API, and the address to call it at."""
    garbler = Garbler(target)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", garbler.handle)
    async with TestServer(app) as server:
        yield garbler, str(server.make_url("/api/"))


@asynccontextmanager
async def garbled(desk: Desk) -> AsyncIterator[Garbler]:
    """All that the desk's Confab calls goes through a garbler."""
    async with garbling(desk.running.api_url) as (garbler, url):
        desk.ours.client.base_url = url
        yield garbler
