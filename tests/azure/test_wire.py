"""The wire below the openai client, between servers of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import encode_basic_auth, web

from bot.azure import Access, AzureModel
from bot.errors import ModelUnavailable
from tests.azure.conftest import QUICK, Naps, ask, request

ANSWER = b'data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
NOBODY = "http://nobody.invalid/v1"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture(autouse=True)
def no_proxy_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@asynccontextmanager
async def served(handler: Handler) -> AsyncIterator[str]:
    """The address of a server that answers whatever is asked of it, as a proxy would."""
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def answered(endpoint: str, naps: Naps, times: int = 1) -> list[str]:
    model = AzureModel(
        {"gpt-4o-mini": Access(endpoint, "key")}, limits=QUICK, clock=naps.clock, sleep=naps.sleep
    )
    try:
        return [(await ask(model, request())).text for _ in range(times)]
    finally:
        await model.aclose()


async def test_the_environments_proxy_is_asked_with_its_credentials(
    monkeypatch: pytest.MonkeyPatch, naps: Naps
) -> None:
    seen: list[web.Request] = []

    async def proxy(asked: web.Request) -> web.Response:
        seen.append(asked)
        return web.Response(body=ANSWER)

    async with served(proxy) as address:
        monkeypatch.setenv("http_proxy", f"http://ada:secret@{address}")
        assert await answered(NOBODY, naps) == ["Hello"]
    (asked,) = seen
    assert str(asked.url) == f"{NOBODY}/chat/completions"
    assert asked.headers["Proxy-Authorization"] == encode_basic_auth("ada", "secret")


@pytest.mark.parametrize("named", ["127.0.0.1", "*"])
async def test_what_no_proxy_names_is_asked_directly(
    monkeypatch: pytest.MonkeyPatch, naps: Naps, named: str
) -> None:
    async def azure(_: web.Request) -> web.Response:
        return web.Response(body=ANSWER)

    async with served(azure) as address:
        monkeypatch.setenv("http_proxy", NOBODY)
        monkeypatch.setenv("no_proxy", named)
        assert await answered(f"http://{address}/v1", naps) == ["Hello"]


async def test_a_proxy_that_is_not_there_is_no_silence_of_the_models(
    monkeypatch: pytest.MonkeyPatch, naps: Naps
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with pytest.raises(ModelUnavailable, match="from ProxyError"):
        await answered(NOBODY, naps)
    assert len(naps.taken) == 2


async def test_an_answer_that_was_read_to_its_end_leaves_its_connection_to_the_next(naps: Naps) -> None:
    connections: set[object] = set()

    async def azure(asked: web.Request) -> web.StreamResponse:
        connections.add(asked.transport)
        response = web.StreamResponse()
        await response.prepare(asked)
        await response.write(ANSWER)
        return response

    async with served(azure) as address:
        assert await answered(f"http://{address}/v1", naps, times=3) == ["Hello"] * 3
    assert len(connections) == 1
