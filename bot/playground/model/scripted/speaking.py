"""Saying one answer over one connection: in pieces or whole, to its end or to where it breaks off."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from itertools import cycle

from aiohttp import ClientConnectionResetError, web

from bot.playground.model import refusal
from bot.playground.model.recorded import Outcome, Recorded
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer, Ending
from bot.playground.model.scripted.deployments import Filtering
from bot.playground.model.scripted.shapes import Json, Shape, Usage

Sleep = Callable[[float], Awaitable[object]]

_FINISHED = frozenset({Ending.STOP, Ending.LENGTH, Ending.CONTENT_FILTER})
_ERROR: Json = {"error": {"message": "The server had an error while processing your request.", "code": "500"}}
# Characters that the asynchronous filter lets pass before it speaks about them.
_FILTERS_LAG = 200
# Pieces without delay after which others on the same event loop get their turn.
_BREATH = 16


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says `answer` in `shape` to whoever sent `request`, noting what happens in `recorded`.

    Args:
        released: waits, where the answer is stuck, until somebody releases it.
        sleep: waits that many seconds.
    """

    request: web.Request
    answer: Answer
    shape: Shape
    usage: Usage
    recorded: Recorded
    released: Callable[[], Awaitable[object]]
    sleep: Sleep = asyncio.sleep

    async def say(self, *, streamed: bool) -> web.StreamResponse:
        """The response, sent as far as it goes. A client that leaves cancels this."""
        outcome = Outcome.ABANDONED
        try:
            response = await (self._stream() if streamed else self._whole())
        except ClientConnectionResetError:
            return web.Response()  # nobody is there to receive it
        else:
            outcome = Outcome.ANSWERED if self.answer.ends in _FINISHED else Outcome.CUT
            return response
        finally:
            self.recorded.finish(outcome)

    async def _stream(self) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        if not await self._begins(response):
            return response
        for event in self.shape.opening():
            await self._send(response, event)
        await self._send_pieces(response)
        if self.answer.ends in _FINISHED:
            await self._send(response, self.shape.ending(self.answer.ends, self.answer.filtered))
            if self.shape.with_usage:
                await self._send(response, self.shape.usage(self.usage))
            await response.write(b"data: [DONE]\n\n")
        elif self.answer.ends is Ending.ERROR:
            await self._send(response, _ERROR)
        self._break_off(streamed=True)
        return response

    async def _send_pieces(self, response: web.StreamResponse) -> None:
        lags = self.shape.deployment.filtering is Filtering.ASYNCHRONOUS
        checked = said = 0
        async for piece in self._pieces():
            await self._send(response, self.shape.piece(piece))
            said += len(piece)
            if lags and said - checked >= _FILTERS_LAG:
                await self._send(response, self.shape.annotation(checked, said))
                checked = said
        if lags and said > checked:
            await self._send(response, self.shape.annotation(checked, said))

    async def _whole(self) -> web.StreamResponse:
        text = "".join([piece async for piece in self._pieces()])
        if self.answer.ends is Ending.ERROR:
            self.recorded.status = 500
            return refusal.server_error().response()
        document = self.shape.whole(text, self.answer.ends, self.answer.filtered, self.usage)
        data = json.dumps(document).encode()
        response = web.StreamResponse(
            headers={"Content-Type": "application/json", "Content-Length": str(len(data))}
        )
        if await self._begins(response):
            data = data if self.answer.ends in _FINISHED else data[: len(data) // 2]
            self.recorded.heard(data)
            await response.write(data)
            self._break_off(streamed=False)
        return response

    async def _begins(self, response: web.StreamResponse) -> bool:
        """Send the status line, unless the answer is to break off before it."""
        if self.answer.stuck_after == BEFORE_HEADERS:
            await self.released()
        if self.answer.ends is Ending.UNANSWERED:
            self._break_off(streamed=True)
            return False
        self.recorded.status = 200
        await response.prepare(self.request)
        return True

    async def _pieces(self) -> AsyncIterator[str]:
        """The answer's pieces, each when its time has come."""
        answer = self.answer
        pieces: Iterable[str] = cycle(answer.pieces) if answer.ends is Ending.ENDLESS else answer.pieces
        said = 0
        for piece in pieces:
            if said == answer.stuck_after:
                await self.released()
            pause = answer.delay if said else answer.first_token_after
            if pause or said % _BREATH == 0:
                await self.sleep(pause)
            yield piece
            said += 1
        if answer.stuck_after is not None and answer.stuck_after >= said:
            await self.released()

    async def _send(self, response: web.StreamResponse, event: Json) -> None:
        data = b"data: " + json.dumps(event).encode() + b"\n\n"
        self.recorded.heard(data)
        await response.write(data)

    def _break_off(self, *, streamed: bool) -> None:
        """End the connection the way the answer asks for; most let it live on.

        A whole answer has a length to fall short of, so that one that is cut has to hang up.
        """
        transport = self.request.transport
        if transport is None:
            return
        if self.answer.ends in {Ending.RESET, Ending.UNANSWERED}:
            # Without lingering, closing a socket sends RST instead of FIN.
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        elif self.answer.ends is Ending.HANG_UP or (self.answer.ends is Ending.CUT and not streamed):
            transport.close()
