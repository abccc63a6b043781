"""The only place that calls Slack's Web API: in rate, never blindly twice, errors made ours."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackUnwilling
from bot.slack.governor import Governor

Response: TypeAlias = Mapping[str, Any]

_TRIES = 6
UNREACHABLE = "unreachable"
"""The code of a call that never reached Slack, and did not happen."""

_RETRY_AFTER = 10.0  # where Slack names no wait
_LONGEST_HOLD = 600.0
# Slack: with these "some aspect of the operation may have succeeded".
_MAY_HAVE_HAPPENED = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})


class ResponseLost(SlackUnwilling):
    """The call may have happened or not: its answer never came. A write must not be repeated blindly."""

    outcome = "response_lost"

    def __init__(self, method: str) -> None:
        super().__init__(method, "response_lost")


class RateLimited(SlackUnwilling):
    """Slack answered 429 and took nothing; the governor holds the method until it may be called again."""

    outcome = "rate_limited"

    def __init__(self, method: str, wait: float) -> None:
        super().__init__(method, "ratelimited")
        self.wait = wait


class Calls:
    """Calls of one workspace, through its governor.

    The client must come with `retry_handlers=[]`: the SDK's own repeat a write whose response was lost.
    """

    def __init__(self, client: AsyncWebClient, governor: Governor) -> None:
        self._client = client
        self.governor = governor

    async def write(
        self, method: str, *, channel: str | None = None, final: bool = False, **arguments: object
    ) -> Response:
        """Call a method in its turn, again after a 429 or where Slack could not be reached at all.

        Raises:
            ResponseLost: it may have happened.
            SlackUnwilling: Slack refused, or stayed busy or out of reach.
        """
        if channel is not None:
            arguments["channel"] = channel
        return await self._governed(method, channel, arguments, final=final, reads=False)

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
        # None of these errors is chained: the SDK's hold the request, and that holds what people wrote.
        try:
            response = await self._client.api_call(method, **body)
        except SlackApiError as refused:
            raise self._refusal(method, refused.response) from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise SlackUnwilling(method, UNREACHABLE) from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise ResponseLost(method) from None
        return response.data if isinstance(response.data, dict) else {}

    async def _governed(
        self, method: str, channel: str | None, arguments: Mapping[str, object], *, final: bool, reads: bool
    ) -> Response:
        for attempt in range(_TRIES):
            await self.governor.turn(method, channel, final=final)
            try:
                return await self.once(method, arguments, reads=reads)
            except RateLimited:
                continue
            except SlackUnwilling as refused:
                if refused.code != UNREACHABLE or attempt == _TRIES - 1:
                    raise
                await self.governor.sleep(0.25 * 2**attempt)
        raise SlackUnwilling(method, "ratelimited")

    def _refusal(self, method: str, response: Any) -> SlackUnwilling:
        status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
        data = getattr(response, "data", None)
        code = str(data.get("error", "")) if isinstance(data, dict) else ""
        if status == 429 or code in ("ratelimited", "rate_limited"):
            wait = _seconds(response.headers.get("Retry-After"))
            self.governor.hold(method, wait)
            return RateLimited(method, wait)
        if status >= 500 or code in _MAY_HAVE_HAPPENED:
            return ResponseLost(method)
        return SlackUnwilling(method, code or f"status {status}")


def _seconds(header: str | None) -> float:
    try:
        return min(max(float(header or _RETRY_AFTER), 0.1), _LONGEST_HOLD)
    except ValueError:
        return _RETRY_AFTER
