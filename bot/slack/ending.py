"""What Confab takes away in Slack when the thread that it stood in was ended."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.chat.messages import Amended, Deleted, Edited, ThreadEnded
from bot.chat.threads import Us
from bot.errors import SlackUnwilling
from bot.slack.beside import Beside
from bot.slack.calls import Calls
from bot.slack.history import entries

SETTLING = 2.0
"""Seconds in which the holder has noticed that the turn is gone, and its last call has come through."""

Amend: TypeAlias = Callable[[Edited | Deleted], Awaitable[Amended]]


class Endings:
    """The replica that hears of a deleted root removes the half answer, whoever was writing it."""

    def __init__(
        self,
        calls: Calls,
        us: Us,
        beside: Beside,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._calls = calls
        self._us = us
        self._sleep = sleep
        self._beside = beside

    def after(self, amend: Amend) -> Amend:
        """The verb given, which then also takes away what an answer had shown when it was ended."""

        async def amended(change: Edited | Deleted) -> Amended:
            found = await amend(change)
            if isinstance(found, ThreadEnded) and found.under_way:
                self._beside.start(self._remove(found))
            return found

        return amended

    async def _remove(self, ended: ThreadEnded) -> None:
        for ts in ended.half_answer:
            await self._delete(ended, ts)
        # A stream that Slack was just starting is known to nobody: its holder has lost the turn.
        await self._sleep(SETTLING)
        thread = ended.thread
        page = await self._calls.read(
            "conversations.replies",
            channel=thread.channel_id,
            ts=thread.root_ts,
            include_all_metadata=True,
            limit=200,
        )
        for entry in entries(page):
            if entry.get("bot_id") == self._us.bot_id and not entry.get("metadata"):
                await self._delete(ended, str(entry.get("ts")))

    async def _delete(self, ended: ThreadEnded, ts: str) -> None:
        try:
            await self._calls.write("chat.delete", channel=ended.thread.channel_id, final=True, ts=ts)
        except SlackUnwilling as refused:
            if refused.passing:
                raise
