"""The wire below the openai client: aiohttp's, whose parser is compiled.

httpx2's own takes every HTTP chunk through a parser in Python and five generators. A model sends each token
in a chunk of its own, and so that was half of what an answer cost.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx2

# The first that fits says what went wrong in the words that the SDK knows.
_WORDS: tuple[tuple[type[Exception], type[httpx2.RequestError]], ...] = (
    (aiohttp.ConnectionTimeoutError, httpx2.ConnectTimeout),
    (aiohttp.ServerTimeoutError, httpx2.ReadTimeout),
    (aiohttp.ClientHttpProxyError, httpx2.ProxyError),
    (aiohttp.ClientProxyConnectionError, httpx2.ProxyError),
    (aiohttp.ClientConnectorError, httpx2.ConnectError),
    (aiohttp.NonHttpUrlClientError, httpx2.UnsupportedProtocol),
    (aiohttp.ClientError, httpx2.ReadError),
    (TimeoutError, httpx2.WriteTimeout),
    (OSError, httpx2.ReadError),
    (ValueError, httpx2.LocalProtocolError),
)


class Wire(httpx2.AsyncBaseTransport):
    """One pool of connections, opened at the first request; by way of the environment's proxy, if any."""

    def __init__(self, limits: httpx2.Limits) -> None:
        self._limits = limits
        self._tls = httpx2.create_ssl_context()
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its answer's body is read as it comes. Raises httpx2's errors alone."""
        waits = request.extensions["timeout"]
        timeout = aiohttp.ClientTimeout(
            total=None, connect=waits["pool"], sock_connect=waits["connect"], sock_read=waits["read"]
        )
        proxy, for_proxy = _proxy(request.url)
        # Without TLS the proxy reads the request itself; else it is told before.
        headers = [
            *request.headers.multi_items(),
            *(for_proxy.items() if request.url.scheme == "http" else ()),
        ]
        with _in_httpx2s_words(request):
            # aiohttp counts no silence while a request is being written.
            async with asyncio.timeout(waits["pool"] + waits["write"] + waits["read"]):
                response = await self._opened().request(
                    request.method,
                    str(request.url),
                    headers=headers,
                    data=await request.aread() or None,
                    allow_redirects=False,
                    timeout=timeout,
                    proxy=proxy,
                    proxy_headers=for_proxy,
                )
        return httpx2.Response(
            response.status, headers=response.raw_headers, stream=_Body(request, response), request=request
        )

    async def aclose(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._limits.max_connections or 0,
                keepalive_timeout=self._limits.keepalive_expiry,
                ssl=self._tls,
            )
            self._session = aiohttp.ClientSession(
                connector=connector, auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


class _Body(httpx2.AsyncByteStream):
    """All that the network brought since the last look, again and again."""

    def __init__(self, request: httpx2.Request, response: aiohttp.ClientResponse) -> None:
        self._request = request
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _in_httpx2s_words(self._request):
            while part := await self._response.content.readany():
                yield part

    async def aclose(self) -> None:
        """Close the connection, unless the body was read to its end: then it waits for another request."""
        self._response.close()


@contextmanager
def _in_httpx2s_words(request: httpx2.Request) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        for kind, words in _WORDS:
            if isinstance(error, kind):
                raise words(type(error).__name__, request=request) from error
        raise


def _proxy(url: httpx2.URL) -> tuple[str | None, dict[str, str]]:
    """As curl has it: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, and NO_PROXY; with what the proxy wants to hear."""
    known = getproxies()
    named = known.get(url.scheme) or known.get("all")
    if not named or proxy_bypass(url.host):
        return None, {}
    proxy = httpx2.URL(named if "://" in named else f"http://{named}")
    if not proxy.userinfo:
        return str(proxy), {}
    authorization = aiohttp.encode_basic_auth(proxy.username, proxy.password)
    return str(proxy.copy_with(userinfo=b"")), {"Proxy-Authorization": authorization}
