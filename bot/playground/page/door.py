"""Who may come in: only pages and programs on this machine."""

from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HERE = ("127.0.0.1", "localhost", "::1")
# Nothing is loaded from elsewhere, whatever a message says. NiceGUI's own scripts are inline.
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)


class LoopbackOnly:
    """Refuses requests that some other site's page sends, under a name or an origin of its own.

    The server listens on loopback alone, but every page in the person's browser can reach that too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it 403."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if _is_from_here(scope):
            await self._app(scope, receive, _with_policy(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("Only for pages of this machine.", 403)(scope, receive, send)


def _is_from_here(scope: Scope) -> bool:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if urlsplit(f"//{headers.get('host', '')}").hostname not in _HERE:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers["host"]


def _with_policy(send: Send) -> Send:
    async def sign(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [
                *message.get("headers", ()),
                (b"content-security-policy", _POLICY.encode()),
                (b"referrer-policy", b"no-referrer"),
            ]
        await send(message)

    return sign
