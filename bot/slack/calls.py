"""The only place that calls Slack's Web API: in rate, never blindly twice, errors made ours."""

import math
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.ports.watch import UNWATCHED, Watch
from bot.errors import SlackUnwilling
from bot.slack.governor import Governor

Response: TypeAlias = Mapping[str, Any]
Allow: TypeAlias = Callable[[str], None]
"""Asked of a method right before it is called; raises where the call must not be made any more."""


def _always(_method: str) -> None:
    """Nothing has to hold for the call."""


_TRIES = 6
UNREACHABLE = "unreachable"
"""The code of a call that never reached Slack, and did not happen."""

_RETRY_AFTER = 10.0  # where Slack names no wait
_LONGEST_HOLD = 600.0
_HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"
# What the SDK raises over a body that is no JSON object.
_UNREADABLE = (AttributeError, LookupError, RecursionError, ValueError)
# Slack: with these "some aspect of the operation may have succeeded".
_MAY_HAVE_HAPPENED = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})

_SHOWS_THE_SAME_TWICE = frozenset({"views.update", "views.publish"})


class ResponseLost(SlackUnwilling):
    """The call may have happened or not: no readable answer came. A write must not be repeated blindly."""

    outcome = "response_lost"

    def __init__(self, method: str) -> None:
        super().__init__(method, "response_lost")


class RateLimited(SlackUnwilling):
    """Slack answered 429 and took nothing; `wait` is how many seconds it wants silence."""

    outcome = "rate_limited"

    def __init__(self, method: str, wait: float) -> None:
        super().__init__(method, "ratelimited")
        self.wait = wait


async def called(client: AsyncWebClient, method: str, **body: Any) -> AsyncSlackResponse:
    """One call, at once; the data of what it returns is a mapping. `body` is as the SDK's `api_call` has it.

    Raises:
        RateLimited: it did not happen.
        ResponseLost: it may have happened.
        SlackUnwilling: Slack refused, or could not be reached.
    """
    # None of these errors is chained: the SDK's hold the request, and that holds what people wrote.
    try:
        response = await client.api_call(method, **body)
    except SlackApiError as refused:
        raise _refusal(method, refused.response) from None
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
        raise SlackUnwilling(method, UNREACHABLE) from None
    except (aiohttp.ClientError, TimeoutError, OSError, *_UNREADABLE):
        raise ResponseLost(method) from None
    if not isinstance(response.data, dict):
        raise ResponseLost(method)
    return response


class Calls:
    """Calls of one workspace, through its governor.

    The client must come with `retry_handlers=[]`: the SDK's own repeat a write whose response was lost.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        governor: Governor,
        *,
        clock: Callable[[], float] = time.monotonic,
        watch: Watch = UNWATCHED,
    ) -> None:
        self._client = client
        self.governor = governor
        self._clock = clock
        self._watch = watch

    async def write(
        self,
        method: str,
        *,
        channel: str | None = None,
        final: bool = False,
        allow: Allow = _always,
        **arguments: object,
    ) -> Response:
        """Call a method in its turn, again after a 429 or where Slack could not be reached at all.

        `allow` is asked before every attempt, once its turn has come: minutes may lie between them. A view is
        replaced by itself once more where the answer was lost: somebody is waiting in front of it.

        Raises:
            ResponseLost: it may have happened.
            SlackUnwilling: Slack refused, or stayed busy or out of reach.
            Exception: whatever `allow` raises.
        """
        if channel is not None:
            arguments["channel"] = channel
        try:
            return await self._governed(method, channel, arguments, final=final, reads=False, allow=allow)
        except ResponseLost:
            if method not in _SHOWS_THE_SAME_TWICE:
                raise
            return await self._governed(method, channel, arguments, final=final, reads=False, allow=allow)

    async def read(self, method: str, **arguments: object) -> Response:
        """Call a method that changes nothing; a lost answer is asked for again."""
        try:
            return await self._governed(method, None, arguments, final=True, reads=True)
        except ResponseLost:
            return await self._governed(method, None, arguments, final=True, reads=True)

    async def once(self, method: str, arguments: Mapping[str, object], *, reads: bool = False) -> Response:
        """One call, at once: whoever makes it has had its turn.

        Raises:
            RateLimited: it did not happen; `write` would have waited.
            ResponseLost: it may have happened.
            SlackUnwilling: Slack refused, or could not be reached.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        body: dict[str, Any] = {"http_verb": "GET", "params": given} if reads else {"json": given}
        began, outcome = self._clock(), "broken_off"
        try:
            response = await called(self._client, method, **body)
            outcome = "ok"
        except SlackUnwilling as refused:
            outcome = refused.outcome if refused.passing else "refused"
            if isinstance(refused, RateLimited):
                self.governor.hold(method, refused.wait)
            raise
        finally:
            self._watch.slack_called(method, outcome, self._clock() - began)
        return response.data if isinstance(response.data, dict) else {}

    async def _governed(
        self,
        method: str,
        channel: str | None,
        arguments: Mapping[str, object],
        *,
        final: bool,
        reads: bool,
        allow: Allow = _always,
    ) -> Response:
        for attempt in range(_TRIES):
            await self.governor.turn(method, channel, final=final)
            allow(method)
            try:
                return await self.once(method, arguments, reads=reads)
            except RateLimited:
                continue
            except SlackUnwilling as refused:
                if refused.code != UNREACHABLE or attempt == _TRIES - 1:
                    raise
                await self.governor.sleep(0.25 * 2**attempt)
        raise SlackUnwilling(method, "ratelimited")


def _refusal(method: str, response: Any) -> SlackUnwilling:
    """What an answer other than "ok" means; one without an error word is no answer of Slack's."""
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return RateLimited(method, _wait(response.headers))
    if status >= 500 or code in _MAY_HAVE_HAPPENED or (status < 300 and not code):
        return ResponseLost(method)
    return SlackUnwilling(method, code or f"status {status}")


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds that Slack wants silence; a date counts from the answer's own, whatever our clock says."""
    named = headers.get("Retry-After", "")
    try:
        seconds = _between(headers.get("Date", ""), named) if "," in named else float(named)
    except ValueError:
        return _RETRY_AFTER
    return min(max(seconds, 0.1), _LONGEST_HOLD) if math.isfinite(seconds) else _RETRY_AFTER


def _between(earlier: str, later: str) -> float:
    since, until = (datetime.strptime(each, _HTTP_DATE).replace(tzinfo=UTC) for each in (earlier, later))
    return (until - since).total_seconds()
