"""A bot of few words: it acknowledges what it hears and says what a test tells it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

JSON = dict[str, Any]


class StandIn:
    """Connected to a workspace by its tokens."""

    def __init__(self, web: AsyncWebClient) -> None:
        self.web = web
        self.envelopes: list[SocketModeRequest] = []
        self._arrived = asyncio.Condition()

    async def hear(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        async with self._arrived:
            self.envelopes.append(request)
            self._arrived.notify_all()

    async def heard(self, text: str) -> JSON:
        """The message event with that text, once it is there."""
        async with self._arrived, asyncio.timeout(60):
            await self._arrived.wait_for(lambda: self._find(text))
        return self._find(text)[0]

    async def pressed(self) -> JSON:
        """The payload of the first button that was pressed, once it is there."""
        async with self._arrived, asyncio.timeout(60):
            await self._arrived.wait_for(lambda: self._of("interactive"))
        return self._of("interactive")[0]

    async def start(self, question: JSON, text: str) -> str:
        """Begin to stream an answer under that message; gives its ts."""
        answer = await self.web.chat_startStream(
            channel=question["channel"],
            thread_ts=question.get("thread_ts") or question["ts"],
            recipient_user_id=question["user"],
            recipient_team_id=question["team"],
            markdown_text=text,
        )
        return str(answer["ts"])

    async def go_on(self, question: JSON, ts: str, text: str) -> None:
        await self.web.chat_appendStream(channel=question["channel"], ts=ts, markdown_text=text)

    async def stop(self, question: JSON, ts: str, **more: Any) -> None:
        await self.web.chat_stopStream(channel=question["channel"], ts=ts, **more)

    async def answer(self, question: JSON, text: str, **more: Any) -> str:
        """A whole answer in one message."""
        posted = await self.web.chat_postMessage(
            channel=question["channel"],
            thread_ts=question.get("thread_ts") or question["ts"],
            text=text,
            **more,
        )
        return str(posted["ts"])

    async def retried(self, text: str) -> SocketModeRequest:
        """The envelope that brought that message once more, when it is there."""
        async with self._arrived, asyncio.timeout(60):
            await self._arrived.wait_for(lambda: self._retries(text))
        return self._retries(text)[0]

    def _retries(self, text: str) -> list[SocketModeRequest]:
        return [
            each for each in self.envelopes if each.retry_attempt and text in each.payload["event"]["text"]
        ]

    def _find(self, text: str) -> list[JSON]:
        events = [payload["event"] for payload in self._of("events_api")]
        return [each for each in events if each["type"] == "message" and text in each.get("text", "")]

    def _of(self, kind: str) -> list[JSON]:
        return [envelope.payload for envelope in self.envelopes if envelope.type == kind]


@asynccontextmanager
async def standing_in(api_url: str, bot_token: str, app_token: str) -> AsyncIterator[StandIn]:
    """Connect to the workspace for as long as the block lasts."""
    bot = StandIn(AsyncWebClient(bot_token, base_url=api_url))
    client = SocketModeClient(app_token, web_client=AsyncWebClient(base_url=api_url))
    client.socket_mode_request_listeners.append(bot.hear)
    await client.connect()  # type: ignore[no-untyped-call]
    try:
        yield bot
    finally:
        await client.close()  # type: ignore[no-untyped-call]
