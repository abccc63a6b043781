"""Who may come in, and what every response carries: Azure's key check, request ids and rate headers."""

import hmac
from uuid import uuid4

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.playground.model import refusal

#: The header by which a caller names its own request; Azure's services echo it.
CALLERS_ID = "x-ms-client-request-id"
#: The header by which Azure names a request in its logs.
SERVICES_ID = "apim-request-id"

# One prompt of a full context window is some megabytes; aiohttp's own limit is one.
_LARGEST_BODY = 32 * 1024 * 1024
_REQUEST_ID = web.RequestKey("service_request_id", str)


def application(key: str, *, host_paths: tuple[str, ...] = ()) -> web.Application:
    """An empty application behind Azure's door.

    Paths under `host_paths` ask for no key: they belong to the playground itself, not to Azure's protocol.
    """
    app = web.Application(middlewares=[_door(key, host_paths)], client_max_size=_LARGEST_BODY)
    app.on_response_prepare.append(_sign)
    return app


def request_id(request: web.Request) -> str:
    """The id under which this request is answered (`apim-request-id`)."""
    return request[_REQUEST_ID]


def callers_id(request: web.Request) -> str:
    """The id that the caller gave its request, else the service's own."""
    return request.headers.get(CALLERS_ID) or request_id(request)


def _door(key: str, host_paths: tuple[str, ...]) -> Middleware:
    @web.middleware
    async def door(request: web.Request, handler: Handler) -> web.StreamResponse:
        request[_REQUEST_ID] = str(uuid4())
        ours = request.path.startswith(host_paths) if host_paths else False
        if not ours and not _holds(request, key):
            return refusal.wrong_key().response()
        try:
            return await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return refusal.no_resource().response()

    return door


def _holds(request: web.Request, key: str) -> bool:
    given = request.headers.get("api-key")
    if given is None:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return False
    return hmac.compare_digest(given.strip().encode(), key.encode())


async def _sign(request: web.Request, response: web.StreamResponse) -> None:
    response.headers[SERVICES_ID] = request_id(request)
    if named := request.headers.get(CALLERS_ID):
        response.headers[CALLERS_ID] = named
    response.headers["x-ms-region"] = "Loopback"
    for what, limit in (("requests", 1_000), ("tokens", 1_000_000)):
        response.headers[f"x-ratelimit-limit-{what}"] = str(limit)
        response.headers[f"x-ratelimit-remaining-{what}"] = str(limit - 1)
