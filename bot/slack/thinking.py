"""The line that says that Confab is at it, while the model has not said a word."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bot.chat.threads import ThreadKey
from bot.errors import SlackUnwilling
from bot.slack.calls import Calls, RateLimited, ResponseLost
from bot.slack.texts import THINKING

METHOD = "assistant.threads.setStatus"
"""Slack takes the line away by itself when the app posts in the thread, and after two minutes."""

PATIENCE = 0.1
"""Seconds for the model's first words; who answers at once need not say that it will."""

LAST_CALL = 1.0
"""Seconds that the answer waits for a call under way: a line that came after it would stay."""

NEVER = frozenset(
    {
        "unknown_method",
        "method_deprecated",
        "not_allowed",
        "not_authorized",
        "not_allowed_token_type",
        "missing_scope",
        "feature_not_enabled",
    }
)
"""What Slack says where it will say the same the next time."""


class Thinking:
    """The line of one reply: shown if the rates have room for it, and no part of the answer.

    `unwanted` is called where this workspace does not take such lines.
    """

    method = METHOD

    def __init__(self, calls: Calls, thread: ThreadKey, unwanted: Callable[[], None]) -> None:
        self._calls = calls
        self._thread = thread
        self._unwanted = unwanted
        self._patience = PATIENCE
        self._wanted = True
        self._showing: asyncio.Task[None] | None = None
        self._calling = False

    def begin(self, title: str = "") -> None:
        """Show the line in a moment; returns at once."""
        if self._showing is None:
            self._showing = asyncio.create_task(self._show(title))

    async def end(self, *, at_once: bool = False) -> None:
        """Nothing of the line comes after this; to be called before whatever takes its place.

        What was to come without patience still comes, unless it is `at_once`.
        """
        showing, self._showing = self._showing, None
        if showing is None or showing.done():
            return
        if self._calling or not (self._patience or at_once):
            await asyncio.wait({showing}, timeout=LAST_CALL)
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)

    def streams(self, *, live: bool) -> None:
        """A stream has started, or has ended in order; either takes the line away."""

    async def rest(self) -> None:
        """The answer stands; nothing is left to take away."""

    async def _show(self, title: str) -> None:
        await self._calls.governor.sleep(self._patience)
        await self.say(title)

    async def say(self, title: str = "") -> bool:
        """Say it now; False where the rates have no room for it."""
        governor = self._calls.governor
        if governor.wait_for(self.method) > 0:
            return False
        await governor.turn(self.method)
        self._calling = True
        try:
            await self._calls.once(self.method, self._arguments(title))
        except SlackUnwilling as refused:
            self._judge(refused)
        return True

    def _judge(self, refused: SlackUnwilling) -> None:
        if not isinstance(refused, (RateLimited, ResponseLost)) and refused.code in NEVER:
            self._wanted = False
            self._unwanted()

    def _where(self) -> dict[str, Any]:
        return {"channel_id": self._thread.channel_id, "thread_ts": self._thread.root_ts}

    def _arguments(self, _title: str) -> Mapping[str, object]:
        return self._where() | {"status": THINKING}
