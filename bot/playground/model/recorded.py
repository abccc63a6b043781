"""What the last few hundred requests asked and were told, for the playground's page."""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from time import time
from typing import Any

from aiohttp import web

from bot.playground.model.refusal import Refusal, no_resource


class Outcome(StrEnum):
    """Where a request stands. `ABANDONED`: the client left; `CUT`: the answer broke off."""

    RUNNING = "running"
    ANSWERED = "answered"
    REFUSED = "refused"
    CUT = "cut"
    ABANDONED = "abandoned"


@dataclass(slots=True)
class Recorded:
    """One request and its answer as it grows. Times are seconds; `started_at` is since the epoch."""

    id: str
    request_id: str
    deployment: str
    operation: str
    body: Mapping[str, Any] = field(repr=False)
    clock: Callable[[], float] = field(default=time, repr=False)
    status: int | None = None
    outcome: Outcome = Outcome.RUNNING
    finish_reason: str | None = None
    usage: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = field(default=None, repr=False)
    started_at: float = field(init=False)
    first_token_after: float | None = None
    finished_after: float | None = None
    _pieces: list[str] = field(default_factory=list, repr=False)
    _unread: bytes = field(default=b"", repr=False)

    def __post_init__(self) -> None:
        self.started_at = self.clock()

    @property
    def text(self) -> str:
        """The answer as far as it has come."""
        return "".join(self._pieces)

    def heard(self, data: bytes) -> None:
        """Take in bytes of the answer's body as they pass: server-sent events, or one JSON document."""
        self._unread += data
        # A refused stream is answered with one plain document, which may span lines.
        if self.body.get("stream") and self.status == 200:
            *lines, self._unread = self._unread.split(b"\n")
            for line in filter(None, lines):
                self._take(line.removeprefix(b"data:"))

    def finish(self, outcome: Outcome) -> None:
        """The request is over. What was refused stays so."""
        self._take(self._unread)
        self._unread = b""
        refused = self.status is not None and self.status >= 400
        self.outcome = Outcome.REFUSED if refused else outcome
        self.finished_after = self.clock() - self.started_at

    def refuse(self, refused: Refusal) -> web.Response:
        """The request is over with `refused`; gives the response that says so."""
        self.status = refused.status
        self.error = refused.body.get("error")
        self.finish(Outcome.REFUSED)
        return refused.response()

    def _take(self, document: bytes) -> None:
        try:
            said = json.loads(document)
        except ValueError:
            return  # [DONE], nothing, or the stump of an answer that broke off
        if not isinstance(said, dict):
            return
        self.usage = said.get("usage") or self.usage
        self.error = said.get("error") or self.error
        for choice in (said.get("choices") or [])[:1]:
            self.finish_reason = choice.get("finish_reason") or self.finish_reason
            part = choice.get("delta") or choice.get("message") or {}
            if words := choice.get("text") or part.get("content"):
                if self.first_token_after is None:
                    self.first_token_after = self.clock() - self.started_at
                self._pieces.append(words)

    def as_json(self) -> dict[str, Any]:
        """Everything, with `prompt`: the ChatML itself where the request carried it."""
        return {
            "id": self.id,
            "request_id": self.request_id,
            "deployment": self.deployment,
            "operation": self.operation,
            "body": dict(self.body),
            "prompt": self.body.get("prompt"),
            "status": self.status,
            "outcome": self.outcome,
            "text": self.text,
            "finish_reason": self.finish_reason,
            "usage": self.usage,
            "error": self.error,
            "started_at": self.started_at,
            "first_token_after": self.first_token_after,
            "finished_after": self.finished_after,
        }


class Recordings:
    """The newest `keep` requests. A caller that repeats an id (a retry) is found at its last one."""

    def __init__(self, keep: int = 300) -> None:
        self._keep = keep
        self._by_request: OrderedDict[str, Recorded] = OrderedDict()

    def add(self, recorded: Recorded) -> Recorded:
        """Keep `recorded`, which may still grow, and drop the oldest past the limit."""
        self._by_request[recorded.request_id] = recorded
        while len(self._by_request) > self._keep:
            self._by_request.popitem(last=False)
        return recorded

    def all(self) -> list[Recorded]:
        """Oldest first."""
        return list(self._by_request.values())

    def find(self, name: str) -> Recorded | None:
        """By the caller's id or the service's own (`apim-request-id`)."""
        return next((each for each in reversed(self.all()) if name in {each.id, each.request_id}), None)

    def clear(self) -> None:
        """Forget all requests; those under way are not found again."""
        self._by_request.clear()

    def add_routes(self, app: web.Application) -> None:
        """`GET /recorded` (newest last) and `GET /recorded/{id}`."""
        app.router.add_get("/recorded", self._list)
        app.router.add_get("/recorded/{id}", self._one)

    async def _list(self, _: web.Request) -> web.Response:
        return web.json_response({"recorded": [each.as_json() for each in self.all()]})

    async def _one(self, request: web.Request) -> web.Response:
        found = self.find(request.match_info["id"])
        return web.json_response(found.as_json()) if found else no_resource().response()
