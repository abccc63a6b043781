"""The connection to one workspace: who we are there, what was granted, and the way to call it."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.ports.watch import UNWATCHED, Watch
from bot.chat.threads import Us
from bot.errors import OperatorFault, SlackUnwilling
from bot.slack.bolt import bolt_app, quiet_logger
from bot.slack.calls import UNREACHABLE, Calls, RateLimited, ResponseLost, called
from bot.slack.files import Files
from bot.slack.governor import Governor, Sleep
from bot.slack.responding import Responses

SLACK = "https://slack.com/api/"

_SECONDS = 10
_TOKEN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that Confab is connected to. One HTTP session serves every call and every socket.

    `url` is where people see it in a browser; messages have their permalinks there.
    """

    us: Us
    team_name: str
    url: str
    scopes: frozenset[str]
    client: AsyncWebClient = field(repr=False)
    session: aiohttp.ClientSession = field(repr=False)
    calls: Calls = field(repr=False)

    @classmethod
    async def connect(
        cls,
        token: str,
        *,
        api_url: str = SLACK,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        watch: Watch = UNWATCHED,
    ) -> "Workspace":
        """Ask Slack once who we are.

        Args:
            token: the bot token.
            api_url: where the Web API is, with or without a final slash.
            clock: seconds; only differences count.
            sleep: waits that many seconds.
            watch: is told of every call, and how long it waited.

        Raises:
            OperatorFault: Slack does not take the token, or is out of reach.
        """
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_SECONDS))
        try:
            client = _client("SLACK_BOT_TOKEN", token, api_url, session)
            whoami = await _auth_test(client)
        except BaseException:
            await session.close()
            raise
        us = Us(
            team_id=str(whoami["team_id"]),
            user_id=str(whoami["user_id"]),
            bot_id=str(whoami["bot_id"]),
            name=str(whoami.get("user") or "Confab"),
        )
        granted = str(whoami.headers.get("x-oauth-scopes") or "").split(",")
        return cls(
            us=us,
            team_name=str(whoami.get("team") or us.team_id),
            url=str(whoami.get("url") or "https://slack.com/"),
            scopes=frozenset(scope.strip() for scope in granted if scope.strip()),
            client=client,
            session=session,
            calls=Calls(client, Governor(clock=clock, sleep=sleep, watch=watch), clock=clock, watch=watch),
        )

    def app(self) -> AsyncApp:
        """A Bolt app for this workspace; `bot.slack.listeners.register` gives it its listeners."""
        return bolt_app(self.client, self.us, self.scopes)

    def app_level(self, token: str) -> AsyncWebClient:
        """A client with the app-level token, for Socket Mode; `OperatorFault` where it cannot be one."""
        return _client("SLACK_APP_TOKEN", token, self.client.base_url, self.session)

    def files(self) -> Files:
        """The workspace's files: those that people handed in, and those for their direct messages."""
        return Files(
            self.calls,
            self.session,
            self.client.token or "",
            scopes=self.scopes,
            api_url=self.client.base_url,
            pages=f"{self.url.rstrip('/')}/files/{self.us.user_id}",
        )

    def responses(self) -> Responses:
        """The way to answer presses in messages of which only one person knows."""
        return Responses(self.session, self.client.base_url)

    async def close(self) -> None:
        """Close the session, and with it whatever still uses it."""
        await self.session.close()


def _client(setting: str, token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    if not _TOKEN.fullmatch(token.strip()):
        raise OperatorFault(f"{setting} has a space or a line break in it, or is no token at all")
    return AsyncWebClient(
        token=token,
        base_url=api_url.rstrip("/") + "/",
        session=session,
        retry_handlers=[],
        logger=quiet_logger(),
        timeout=_SECONDS,
    )


async def _auth_test(client: AsyncWebClient) -> AsyncSlackResponse:
    try:
        whoami = await called(client, "auth.test")
    except SlackUnwilling as refused:
        raise OperatorFault(f"auth.test: {_why(refused, client.base_url)}") from None
    if not whoami.get("bot_id"):
        raise OperatorFault("auth.test: no bot; SLACK_BOT_TOKEN is a person's token, not the app's bot token")
    if not (whoami.get("team_id") and whoami.get("user_id")):
        raise OperatorFault(f"auth.test: {_why(ResponseLost('auth.test'), client.base_url)}")
    return whoami


def _why(refused: SlackUnwilling, address: str) -> str:
    """Only a word of Slack's own is about the token."""
    if isinstance(refused, RateLimited):
        return f"Slack is busy; try again in {refused.wait:g} seconds"
    if refused.code == UNREACHABLE:
        return f"is {address} within reach? See SLACK_API_URL."
    if isinstance(refused, ResponseLost) or refused.code.startswith("status "):
        return f"no readable answer; try again. If it stays so, is {address} Slack's? See SLACK_API_URL."
    return f"{refused.code}; is SLACK_BOT_TOKEN this workspace's bot token?"
