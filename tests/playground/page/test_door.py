import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.playground.page.door import LoopbackOnly
from bot.playground.workspace.serving import serve_app
from tests.playground.page.fetching import fetch


async def _hello(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "elsewhere.example"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_only_pages_of_this_machine_come_in(headers: dict[str, str], status: int) -> None:
    app = LoopbackOnly(Starlette(routes=[Route("/", _hello)]))
    async with serve_app(app) as url:
        assert (await fetch(url, headers)).status == status


async def test_the_pages_own_origin_comes_in(unused_tcp_port: int) -> None:
    app = LoopbackOnly(Starlette(routes=[Route("/", _hello)]))
    async with serve_app(app, unused_tcp_port) as url:
        assert (await fetch(url, {"Origin": url})).status == 200


async def test_every_answer_forbids_the_page_to_load_from_elsewhere() -> None:
    app = LoopbackOnly(Starlette(routes=[Route("/", _hello)]))
    async with serve_app(app) as url:
        policy = (await fetch(url)).headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
