"""The workspace over HTTP and WebSocket: routes to mount into another app, or an app of their own."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.workspace.connections import Connection, Transport
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.web_api.door import Answer, Door
from bot.playground.workspace.web_api.responses import respond
from bot.playground.workspace.workspace import Workspace

TRANSPORT = "transport"  # where `ExposedTransport` puts a connection's transport in its scope's state


def workspace_routes(workspace: Workspace) -> list[BaseRoute]:
    """Slack's routes: `/api/<method>`, the sockets' `/link`, and what answers and files are sent to.

    The control API is not among them.
    """
    door = Door(workspace)

    async def call(request: Request) -> Response:
        arguments = await _arguments(request)
        token = _token(request, arguments)
        method = request.path_params["method"]
        answer = await door.call(method, token, arguments, _link_url(request, method))
        return await _respond(request, answer)

    async def link(socket: WebSocket) -> None:
        await _serve_socket(workspace, socket)

    async def answer(request: Request) -> Response:
        return await _response(workspace, request)

    async def upload(request: Request) -> Response:
        return await _upload(workspace, request)

    async def download(request: Request) -> Response:
        return _download(workspace, request)

    return [
        Route("/api/{method}", call, methods=["GET", "POST"]),
        Route("/upload/{ticket}", upload, methods=["POST"]),
        Route("/files/{file}/{secret}", download, methods=["GET"]),
        Route("/response/{ticket}", answer, methods=["POST"]),
        WebSocketRoute("/link", link),
    ]


def workspace_app(workspace: Workspace, *more: BaseRoute) -> Starlette:
    """An app that serves the workspace, and whatever routes are given besides."""
    return Starlette(routes=[*workspace_routes(workspace), *more])


def _link_url(request: Request, method: str) -> str:
    """Where sockets are opened: beside `/api/`, wherever the workspace is mounted."""
    url = request.url
    path = url.path.removesuffix(f"api/{method}") + "link"
    return f"{'wss' if url.scheme == 'https' else 'ws'}://{url.netloc}{path}"


async def _arguments(request: Request) -> dict[str, Any]:
    """What the caller gave, in the query and in a form or JSON body; an empty form value counts as absent."""
    arguments: dict[str, Any] = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            given = json.loads(body or b"{}")
        except ValueError:
            given = {}
        arguments |= given if isinstance(given, dict) else {}
    else:
        arguments |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return arguments


def _token(request: Request, arguments: dict[str, Any]) -> str | None:
    shown = request.headers.get("authorization", "")
    given = arguments.pop("token", None)
    return shown.removeprefix("Bearer ").strip() or (str(given) if given else None)


async def _response(workspace: Workspace, request: Request) -> Response:
    """What an app posts to a `response_url`: Slack says "ok", or 404 for an address that is no good."""
    try:
        body = json.loads(await request.body())
        respond(workspace, request.path_params["ticket"], body)
    except SlackError as refusal:
        status = 404 if refusal.code.endswith("_url") else 400
        return Response(json.dumps(refusal.body), status, media_type="application/json")
    except ValueError:
        return Response(json.dumps({"ok": False, "error": "invalid_payload"}), 400)
    return Response("ok")


async def _upload(workspace: Workspace, request: Request) -> Response:
    content = await request.body()
    taken = workspace.files.receive(request.path_params["ticket"], content, workspace.origin)
    return Response(f"OK - {len(content)}") if taken else Response("upload not found", 404)


def _download(workspace: Workspace, request: Request) -> Response:
    """A file's content, with a token that may read it; anybody else is sent to sign in, not told an error."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    stored = workspace.files.get(request.path_params["file"])
    reader = next((app for app in workspace.apps if token == app.bot_token), None)
    if stored is None or reader is None or not reader.may("files:read"):
        return Response(status_code=302, headers={"Location": "/"})
    return Response(stored.content, media_type=stored.file.mimetype)


async def _respond(request: Request, answer: Answer) -> Response:
    if answer.body is None:
        transport = transport_of(request.scope)
        if transport is not None:
            transport.abort()
            await asyncio.sleep(0)
        return Response(status_code=503)
    # ASCII, because a text with half a surrogate pair has no UTF-8.
    return Response(json.dumps(answer.body), answer.status, answer.headers, "application/json; charset=utf-8")


def transport_of(scope: Any) -> Transport | None:
    """The TCP connection of a request, where the server shows it."""
    found: Transport | None = scope.get("state", {}).get(TRANSPORT)
    return found


async def _serve_socket(workspace: Workspace, socket: WebSocket) -> None:
    if not workspace.connections.redeem(socket.query_params.get("ticket", "")):
        await socket.close()
        return
    await socket.accept()
    connection = Connection(transport_of(socket.scope))
    workspace.connections.add(connection)
    writer = asyncio.create_task(_write(socket, connection))
    try:
        while True:
            _hear(workspace, connection, await socket.receive_text())
    except (WebSocketDisconnect, KeyError):
        pass  # gone, or it spoke in bytes, which Slack's clients never do
    finally:
        writer.cancel()
        workspace.connections.remove(connection)


async def _write(socket: WebSocket, connection: Connection) -> None:
    while (frame := await connection.frames.get()) is not None:
        await socket.send_text(frame)
    await socket.close()


def _hear(workspace: Workspace, connection: Connection, frame: str) -> None:
    """An acknowledgement; a deaf connection misses it."""
    try:
        said = json.loads(frame)
    except ValueError:
        return
    if isinstance(said, dict) and not connection.is_deaf:
        workspace.delivery.acknowledge(str(said.get("envelope_id", "")), said.get("payload"))
