"""Envelopes: what Slack delivers through a socket, given to the Bolt app and acknowledged."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.chat.ports.watch import UNWATCHED, Watch
from bot.slack.line import Frame

_log = logging.getLogger(__name__)

Send: TypeAlias = Callable[[Frame], Awaitable[None]]

_LAST_ACKS = 3.0
_KINDS = frozenset({"events_api", "interactive", "slash_commands"})


class Envelopes:
    """Runs the app on each envelope in a task of its own; a slow one holds up nobody.

    An envelope is acknowledged when Bolt's answer is 200. One that Bolt cannot even read is acknowledged,
    too: it would not read better the next time.
    """

    def __init__(self, app: AsyncApp, watch: Watch = UNWATCHED) -> None:
        self._app = app
        self._watch = watch
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    def take(self, frame: Frame, send: Send) -> None:
        """Handle one frame that may be an envelope, and answer it with `send`.

        After `close` none is taken: Slack keeps them for whoever connects next.
        """
        envelope = frame.get("envelope_id")
        if self._closed or not isinstance(envelope, str):
            return
        task = asyncio.create_task(self._handle(frame, envelope, send))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Take nothing more; wait for what was taken, three seconds at most."""
        self._closed = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=_LAST_ACKS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _handle(self, frame: Frame, envelope: str, send: Send) -> None:
        try:
            request = SocketModeRequest.from_dict(frame)
            response = None if request is None else await run_async_bolt_app(self._app, request)
        except Exception as error:  # noqa: BLE001 - whatever a malformed payload does to Bolt
            _log.info("acknowledged an envelope that makes no sense: %s", type(error).__name__)
            response = None
        acked = response is None or response.status == 200
        if acked:
            await send({"envelope_id": envelope, **_payload(response)})
        kind = frame.get("type")
        self._watch.delivered(kind if isinstance(kind, str) and kind in _KINDS else "unknown", acked=acked)


def _payload(response: BoltResponse | None) -> Frame:
    """What Bolt's listeners answered with, such as the errors of a modal."""
    if response is None or not response.body:
        return {}
    if response.first_headers().get("content-type", "").startswith("application/json"):
        return {"payload": json.loads(response.body)}
    return {"payload": {"text": response.body}}
