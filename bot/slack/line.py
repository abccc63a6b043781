"""One websocket to Slack: its frames, its heartbeat, its end."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeAlias

import aiohttp
from aiohttp import WSMsgType
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.governor import Sleep

Frame: TypeAlias = dict[str, Any]

PING_EVERY = 2.0
SILENCE = 5.0
"""Seconds without a frame or a pong after which the line is taken for dead."""

_SECONDS_TO_DIAL = 5.0
_SECONDS_TO_HANG_UP = 1.0


class Line:
    """An open websocket; `run` reads it."""

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, clock: Callable[[], float], sleep: Sleep
    ) -> None:
        self._socket = socket
        self._clock = clock
        self._sleep = sleep
        self._heard = clock()

    @classmethod
    async def dial(cls, client: AsyncWebClient, url: str, clock: Callable[[], float], sleep: Sleep) -> "Line":
        """Open the websocket at that address, which Slack accepts once, the way the client goes to Slack.

        Raises:
            ConnectionError: it did not open. The address is in no message: it is a ticket.
        """
        if client.session is None:
            raise ValueError("a line needs the client's own session")
        hanging_up = aiohttp.ClientWSTimeout(ws_close=_SECONDS_TO_HANG_UP)
        try:
            async with asyncio.timeout(_SECONDS_TO_DIAL):
                socket = await client.session.ws_connect(
                    url,
                    autoping=False,
                    timeout=hanging_up,
                    max_msg_size=0,
                    proxy=client.proxy,
                    ssl=client.ssl or True,
                )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise ConnectionError(type(error).__name__) from None
        return cls(socket, clock, sleep)

    async def run(self, hear: Callable[[Frame], None]) -> None:
        """Give every frame to `hear` until the line is closed or dead."""
        beat = asyncio.create_task(self._beat())
        try:
            while (message := await self._socket.receive()).type not in (
                WSMsgType.CLOSE,
                WSMsgType.CLOSING,
                WSMsgType.CLOSED,
                WSMsgType.ERROR,
            ):
                self._heard = self._clock()
                if message.type is WSMsgType.PING:
                    await self._socket.pong(message.data)
                elif message.type is WSMsgType.TEXT and (frame := _read(message.data)) is not None:
                    hear(frame)
        except ConnectionError:
            return
        finally:
            beat.cancel()
            await self.hang_up()

    async def send(self, frame: Frame) -> None:
        """Send a frame; on a line that is gone nobody hears it, and Slack delivers what it answered again."""
        try:
            await self._socket.send_str(json.dumps(frame))
        except ConnectionError:
            return

    async def hang_up(self) -> None:
        """Close the line, politely if the other side still answers."""
        await self._socket.close()

    async def _beat(self) -> None:
        while True:
            await self._sleep(PING_EVERY)
            if self._clock() - self._heard > SILENCE:
                await self.hang_up()
                return
            try:
                await self._socket.ping()
            except ConnectionError:
                return


def _read(text: str) -> Frame | None:
    try:
        frame = json.loads(text)
    except ValueError:
        return None
    return frame if isinstance(frame, dict) else None
