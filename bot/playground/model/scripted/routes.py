"""The stand-in's side of HTTP: Azure's two routes, each for both operations."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.playground.model import refusal
from bot.playground.model.door import application, callers_id, request_id
from bot.playground.model.recorded import Recorded
from bot.playground.model.refusal import Refusal
from bot.playground.model.scripted.asked import Asked, turns_of
from bot.playground.model.scripted.control import Control
from bot.playground.model.scripted.deployments import Deployment, Operation
from bot.playground.model.scripted.rules import is_api_version, verdict
from bot.playground.model.scripted.server import ScriptedAzure
from bot.playground.model.scripted.shapes import Shape
from bot.playground.model.scripted.speaking import Speaker

Body = Mapping[str, Any]

_CREDENTIALS = frozenset({"api-key", "authorization"})


class Routes:
    """Takes requests apart, has the service's rules judge them, and lets the rest be answered."""

    def __init__(self, azure: ScriptedAzure) -> None:
        self._azure = azure

    def application(self) -> web.Application:
        """Azure's routes behind its door, with `/recorded` and `/control` beside it."""
        app = application(self._azure.key, host_paths=("/recorded", "/control"))
        operation = "{operation:chat/completions|completions}"
        app.router.add_post(f"/openai/v1/{operation}", self._on_v1)
        app.router.add_post(f"/openai/deployments/{{deployment}}/{operation}", self._on_dated)
        self._azure.recordings.add_routes(app)
        Control(self._azure).add_routes(app)
        return app

    async def _on_v1(self, request: web.Request) -> web.StreamResponse:
        body = await _json_object(request)
        return await self._respond(request, body, body.get("model"), None)

    async def _on_dated(self, request: web.Request) -> web.StreamResponse:
        version = request.query.get("api-version", "")
        if not is_api_version(version):
            return refusal.no_resource().response()
        body = await _json_object(request)
        return await self._respond(request, body, request.match_info["deployment"], version)

    async def _respond(
        self, request: web.Request, body: Body, name: object, version: str | None
    ) -> web.StreamResponse:
        operation = Operation(request.match_info["operation"])
        deployment = self._azure.deployment(name)
        judged = verdict(operation, name, deployment, body)
        turns, flaw = ((), None) if isinstance(judged, Refusal) else turns_of(operation, body)
        headers = {k.lower(): v for k, v in request.headers.items() if k.lower() not in _CREDENTIALS}
        asked = Asked(callers_id(request), operation, str(name or ""), version, body, headers, turns, flaw)
        recorded = self._azure.recordings.add(
            Recorded(asked.id, request_id(request), asked.deployment, operation, body, self._azure.clock)
        )
        with self._azure.answering(asked):
            if isinstance(judged, Refusal):
                return recorded.refuse(judged)
            return await self._answer(request, asked, judged, recorded)

    async def _answer(
        self, request: web.Request, asked: Asked, deployment: Deployment, recorded: Recorded
    ) -> web.StreamResponse:
        azure = self._azure
        reply = self._unfit(asked, deployment) or azure.reply_to(asked)
        if isinstance(reply, Refusal):
            return recorded.refuse(reply)
        speaker = Speaker(
            request=request,
            answer=reply,
            shape=Shape(
                operation=asked.operation,
                deployment=deployment,
                number=len(azure.requests),
                created=int(azure.clock()),
                with_usage=asked.wants_usage,
            ),
            usage=azure.usage(asked, reply),
            recorded=recorded,
            released=azure.released,
            sleep=azure.sleep,
        )
        return await speaker.say(streamed=asked.streams)

    def _unfit(self, asked: Asked, deployment: Deployment) -> Refusal | None:
        """A prompt that is no ChatML although it looks like it, or that leaves no room for the answer."""
        if asked.flaw:
            # No model would say so: the stand-in does, that a test finds the forgery.
            return refusal.invalid(f"The prompt is not well-formed ChatML: {asked.flaw}.", param="prompt")
        prompt, maximum = self._azure.prompt_tokens(asked), asked.maximum or 0
        if prompt + maximum <= deployment.context:
            return None
        param = "messages" if asked.operation is Operation.CHAT else None
        return refusal.too_long(limit=deployment.context, prompt=prompt, maximum=maximum, param=param)


async def _json_object(request: web.Request) -> Body:
    """The request's JSON object; anything else is as good as an empty one, which the rules refuse."""
    try:
        body = json.loads(await request.read())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
