"""The way into the Web API: who calls, may they, how often, and what goes wrong on purpose."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.workspace.errors import RateLimitedError, SlackError
from bot.playground.workspace.faults import Moment
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.web_api import agents, chat, files, reading, streaming, views
from bot.playground.workspace.web_api.method import ApiCall, Method, origin_of
from bot.playground.workspace.workspace import Workspace


def _open_connection(call: ApiCall) -> JSON:
    """apps.connections.open."""
    if call.workspace.faults.refuses_connections:
        raise SlackError("internal_error")
    return {"url": call.workspace.connections.issue_url(call.base_url)}


METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        *chat.METHODS,
        *streaming.METHODS,
        *reading.METHODS,
        *agents.METHODS,
        *views.METHODS,
        *files.METHODS,
        Method("apps.connections.open", _open_connection, Tier.THREE, app_token=True),
    )
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: None as the body means that the connection is cut instead."""

    body: JSON | None = field(repr=False)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Door:
    """Answers Web API calls of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def call(self, name: str, token: str | None, arguments: dict[str, Any], base_url: str) -> Answer:
        """Answer one call.

        Args:
            name: the method, such as `chat.postMessage`.
            token: what the caller showed, if anything.
            arguments: by name, without the token.
            base_url: where sockets are opened, for `apps.connections.open`.
        """
        faults = self._workspace.faults
        app: Installation | None = None
        headers: dict[str, str] = {}
        try:
            faults.check_refused(name)
            method = METHODS.get(name)
            if method is None:
                raise SlackError("unknown_method", req_method=name)  # noqa: TRY301 - like any refusal
            app = self._admit(method, token)
            headers = self._scopes(method, app)
            call = ApiCall(self._workspace, app, arguments, base_url)
            self._workspace.origin = origin_of(base_url)
            if await faults.stand(name, Moment.BEFORE):
                return self._write(name, app, arguments, Answer(None))
            self._check(method, call)
            answer = Answer({"ok": True, **method.handler(call)}, headers=headers)
        except RateLimitedError as limited:
            answer = Answer(limited.body, 429, {**headers, "Retry-After": str(limited.retry_after)})
        except SlackError as refusal:
            answer = Answer(refusal.body, headers=headers)
        if await faults.stand(name, Moment.AFTER):
            answer = Answer(None)
        return self._write(name, app, arguments, answer)

    def _admit(self, method: Method, token: str | None) -> Installation:
        """The app whose token it is.

        Raises:
            SlackError: `not_authed`, `invalid_auth`, `not_allowed_token_type`.
        """
        if not token:
            raise SlackError("not_authed")
        for app in self._workspace.apps:
            if token in (app.bot_token, app.app_token):
                if (token == app.app_token) != method.app_token:
                    raise SlackError("not_allowed_token_type")
                return app
        raise SlackError("invalid_auth")

    def _check(self, method: Method, call: ApiCall) -> None:
        self._workspace.faults.check_trouble(method.name)
        call.need(*method.scopes)
        channel = str(call.arguments.get("channel", ""))
        wait = self._workspace.rates.wait(call.app.app_id, method.name, method.tier, channel)
        if wait:
            raise RateLimitedError(wait)
        method.check_arguments(call.arguments)

    def _scopes(self, method: Method, app: Installation) -> dict[str, str]:
        granted = "connections:write" if method.app_token else ",".join(app.scopes)
        return {"x-oauth-scopes": granted, "x-accepted-oauth-scopes": ",".join(method.scopes)}

    def _write(
        self, name: str, app: Installation | None, arguments: dict[str, Any], answer: Answer
    ) -> Answer:
        error = None if answer.body is None else answer.body.get("error")
        self._workspace.calls.write(
            name,
            app.app_id if app else None,
            arguments,
            self._workspace.clock(),
            status=answer.status,
            error=error,
            answered=answer.body is not None,
        )
        return answer
