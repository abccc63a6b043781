"""The line that says that Confab is at it, while the model has not said a word."""

import asyncio
from collections.abc import Callable

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

_NEVER = frozenset(
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

    def __init__(self, calls: Calls, thread: ThreadKey, unwanted: Callable[[], None]) -> None:
        self._calls = calls
        self._thread = thread
        self._unwanted = unwanted
        self._showing: asyncio.Task[None] | None = None
        self._calling = False

    def begin(self) -> None:
        """Show the line in a moment; returns at once."""
        if self._showing is None:
            self._showing = asyncio.create_task(self._show())

    async def end(self) -> None:
        """Nothing of the line comes after this; to be called before whatever takes its place."""
        showing, self._showing = self._showing, None
        if showing is None or showing.done():
            return
        if self._calling:
            await asyncio.wait({showing}, timeout=LAST_CALL)
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)

    async def _show(self) -> None:
        governor = self._calls.governor
        await governor.sleep(PATIENCE)
        if governor.wait_for(METHOD) > 0:
            return
        await governor.turn(METHOD)
        self._calling = True
        where = {"channel_id": self._thread.channel_id, "thread_ts": self._thread.root_ts}
        try:
            await self._calls.once(METHOD, where | {"status": THINKING})
        except (RateLimited, ResponseLost):
            return
        except SlackUnwilling as refused:
            if refused.code in _NEVER:
                self._unwanted()
