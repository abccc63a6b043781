"""In front of llama.cpp: Azure's door, and a record of what passes. Bodies pass through unchanged."""

import json
from typing import Any

from aiohttp import ClientConnectionResetError, ClientError, ClientResponse, ClientSession, web

from bot.playground.model import refusal
from bot.playground.model.door import application, callers_id, request_id
from bot.playground.model.local.llama import Llama
from bot.playground.model.recorded import Outcome, Recorded, Recordings


class Front:
    """Passes chat and completions, on the v1 and on the dated routes, to one engine under one name."""

    def __init__(self, llama: Llama, session: ClientSession, recordings: Recordings, deployment: str) -> None:
        self._llama = llama
        self._session = session
        self._recordings = recordings
        self._deployment = deployment

    def application(self, key: str) -> web.Application:
        """The front's routes, for holders of `key`; `/recorded` is open to all on this machine."""
        app = application(key, host_paths=("/recorded",))
        operation = "{operation:chat/completions|completions}"
        app.router.add_post(f"/openai/v1/{operation}", self._v1)
        app.router.add_post(f"/openai/deployments/{{deployment}}/{operation}", self._dated)
        self._recordings.add_routes(app)
        return app

    async def _v1(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        return await self._answer(request, body, str(body.get("model")))

    async def _dated(self, request: web.Request) -> web.StreamResponse:
        if "api-version" not in request.query:
            return refusal.no_resource().response()
        return await self._answer(request, await _body(request), request.match_info["deployment"])

    async def _answer(
        self, request: web.Request, body: dict[str, Any], deployment: str
    ) -> web.StreamResponse:
        operation = request.match_info["operation"]
        recorded = self._recordings.add(
            Recorded(callers_id(request), request_id(request), deployment, operation, body)
        )
        if deployment != self._deployment:
            return recorded.refuse(refusal.no_deployment())
        try:
            async with self._session.post(
                f"{self._llama.address}/openai/v1/{operation}",
                data=await request.read(),
                headers={"Content-Type": "application/json", "Authorization": f"Bearer {self._llama.key}"},
            ) as upstream:
                return await _pass_on(upstream, request, recorded)
        except ClientError:
            return recorded.refuse(refusal.overloaded())
        finally:
            if recorded.outcome is Outcome.RUNNING:
                recorded.finish(Outcome.ABANDONED)


async def _pass_on(upstream: ClientResponse, request: web.Request, recorded: Recorded) -> web.StreamResponse:
    """Give the engine's answer as it comes.

    A client that leaves cancels this, which closes `upstream`. The engine notices when it next has something
    to say: it stops at the next token, but a prompt that it is still reading it reads to the end.
    """
    response = web.StreamResponse(status=upstream.status)
    response.content_type = upstream.content_type
    recorded.status = upstream.status
    try:
        await response.prepare(request)
        async for data in upstream.content.iter_any():
            recorded.heard(data)
            await response.write(data)
        recorded.finish(Outcome.ANSWERED)
        await response.write_eof()
    except ClientConnectionResetError:
        pass  # writing alone raises it: the client has left
    except ClientError:
        recorded.finish(Outcome.CUT)
        if request.transport:
            request.transport.abort()
    return response


async def _body(request: web.Request) -> dict[str, Any]:
    """The request's JSON object, or an empty one: llama.cpp says itself what it thinks of anything else."""
    try:
        body = json.loads(await request.read())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
