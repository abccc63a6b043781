"""The addresses that let an app answer an interaction where it may be no member."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import Message


@dataclass(slots=True)
class ResponseUrl:
    """One such address: for whom, where, and over which message, if it was one's button."""

    person: str
    channel: str
    expires: float
    source: Message | None = None
    uses: int = 0


class ResponseUrls:
    """Hands them out and counts their use: five answers in thirty minutes (Slack: handling interactions)."""

    def __init__(self, clock: Callable[[], float], limits: Limits) -> None:
        self._clock = clock
        self._limits = limits
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, person: str, channel: str, source: Message | None = None) -> str:
        """A fresh address, below the workspace's own."""
        ticket = secrets.token_urlsafe(18)
        expires = self._clock() + self._limits.response_url_life
        self._issued[ticket] = ResponseUrl(person, channel, expires, source)
        return f"/response/{ticket}"

    def use(self, ticket: str) -> ResponseUrl:
        """Take one of its five answers.

        Raises:
            SlackError: `invalid_url`, `expired_url` or `used_url`.
        """
        found = self._issued.get(ticket)
        if found is None:
            raise SlackError("invalid_url")
        if self._clock() > found.expires:
            raise SlackError("expired_url")
        if found.uses >= self._limits.response_url_uses:
            raise SlackError("used_url")
        found.uses += 1
        return found
