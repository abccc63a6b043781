"""How another process tells the stand-in what to say: loopback routes under `/control`, without a key.

An answer in JSON is a string, an object with the fields of `Answer`, or a refusal: `{"refusal": NAME, ...}`
with the name of a function in `refusal` and its arguments, or `{"status": ..., "body": ..., "headers": ...}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any

from aiohttp import web

from bot.playground.model import refusal
from bot.playground.model.refusal import Refusal
from bot.playground.model.scripted.answer import Answer, Ending, Reply
from bot.playground.model.scripted.asked import Asked
from bot.playground.model.scripted.server import ScriptedAzure

_REFUSALS: dict[str, Callable[..., Refusal]] = {
    each.__name__: each
    for each in (
        refusal.wrong_key,
        refusal.forbidden,
        refusal.no_deployment,
        refusal.no_resource,
        refusal.operation_not_supported,
        refusal.unrecognized_argument,
        refusal.unsupported_parameter,
        refusal.unsupported_value,
        refusal.filtered_prompt,
        refusal.too_long,
        refusal.rate_limited,
        refusal.server_error,
        refusal.overloaded,
    )
}
_FIELDS = frozenset(each.name for each in fields(Answer))


class Control:
    """The routes of one stand-in.

    `POST /control/answers` takes an answer or a list of them; `PUT /control/replies` an object of answers by
    question; `POST /control/release` frees what is stuck; `GET /control/requests` tells what was asked and
    how many answers are under way; `DELETE /control` forgets everything.
    """

    def __init__(self, azure: ScriptedAzure) -> None:
        self._azure = azure

    def add_routes(self, app: web.Application) -> None:
        """Put the routes into `app`, which must leave `/control` open."""
        app.router.add_post("/control/answers", self._answers)
        app.router.add_put("/control/replies", self._replies)
        app.router.add_post("/control/release", self._release)
        app.router.add_get("/control/requests", self._requests)
        app.router.add_delete("/control", self._forget)

    async def _answers(self, request: web.Request) -> web.Response:
        given = await request.json()
        try:
            replies = [reply_from(each) for each in (given if isinstance(given, list) else [given])]
        except (TypeError, ValueError) as wrong:
            return _not_understood(wrong)
        self._azure.answers.extend(replies)
        return web.json_response({"waiting": len(self._azure.answers)})

    async def _replies(self, request: web.Request) -> web.Response:
        try:
            self._azure.replies.update(
                {question: reply_from(each) for question, each in (await request.json()).items()}
            )
        except (TypeError, ValueError) as wrong:
            return _not_understood(wrong)
        return web.json_response({"kept": len(self._azure.replies)})

    async def _release(self, _: web.Request) -> web.Response:
        self._azure.release()
        return web.json_response({})

    async def _requests(self, _: web.Request) -> web.Response:
        asked = [_as_json(each) for each in self._azure.requests]
        return web.json_response({"requests": asked, "open_answers": self._azure.open_answers})

    async def _forget(self, _: web.Request) -> web.Response:
        self._azure.forget()
        return web.json_response({})


def reply_from(given: object) -> Reply:
    """A reply from its JSON.

    Raises:
        ValueError, TypeError: a field, a name or an argument that is not known.
    """
    if isinstance(given, str):
        return given
    if not isinstance(given, Mapping):
        raise TypeError("an answer is a string or an object")
    if "refusal" in given:
        arguments = {name: value for name, value in given.items() if name != "refusal"}
        if given["refusal"] not in _REFUSALS:
            raise ValueError(f"a refusal is one of {', '.join(_REFUSALS)}")
        return _REFUSALS[given["refusal"]](**arguments)
    if "status" in given:
        return Refusal(given["status"], given.get("body", {}), given.get("headers", {}))
    return _answer(dict(given))


def _answer(given: dict[str, Any]) -> Answer:
    if unknown := given.keys() - _FIELDS:
        raise ValueError(f"an answer has no {', '.join(sorted(unknown))}")
    if given.get("chunks") is not None:
        given["chunks"] = tuple(given["chunks"])
    return Answer(**{**given, "ends": Ending(given.get("ends", Ending.STOP))})


def _as_json(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.id,
        "operation": asked.operation,
        "deployment": asked.deployment,
        "api_version": asked.api_version,
        "body": asked.body,
        "headers": asked.headers,
        "turns": [asdict(each) for each in asked.turns],
        "flaw": asked.flaw,
    }


def _not_understood(wrong: Exception) -> web.Response:
    return web.json_response({"error": {"message": str(wrong)}}, status=400)
