"""What Confab takes away in Slack when the thread that it stood in was ended."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias

from bot.chat.messages import Amended, Deleted, Edited, ThreadEnded
from bot.chat.threads import Us, ts_order
from bot.errors import SlackUnwilling
from bot.slack.beside import Beside
from bot.slack.calls import Calls, ResponseLost
from bot.slack.history import replies_since

SETTLING = 2.0
"""Seconds in which the holder has noticed that the turn is gone, and its last call has come through."""

PAUSES = (SETTLING, 5.0, 30.0)
"""Seconds before each further round of deleting what Slack did not let go."""

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
                self._beside.start(self._remove(found, change.at if isinstance(change, Deleted) else ""))
            return found

        return amended

    async def _remove(self, ended: ThreadEnded, at: str) -> None:
        left = await self._delete(ended, ended.half_answer)
        for pause in PAUSES:
            await self._sleep(pause)
            # A stream that Slack was just starting is known to nobody: its holder has lost the turn.
            strays = await self._strays(ended, at)
            left = await self._delete(ended, {*left, *(strays or ())})
            if strays is not None and not left:
                return
        raise ResponseLost("chat.delete")

    async def _strays(self, ended: ThreadEnded, at: str) -> list[str] | None:
        """Messages of the half answer that no row names; None where Slack does not say for the moment.

        Whoever writes after the root was deleted may be answered there: what follows is none of it.
        """
        try:
            found = await replies_since(self._calls, ended.thread, ended.asked_ts)
        except SlackUnwilling as refused:
            return None if refused.passing else []
        strays = []
        for entry in found:
            ts, ours = str(entry.get("ts")), entry.get("bot_id") == self._us.bot_id
            if not ours and at and ts_order(ts) > ts_order(at):
                break
            older = ts_order(ts) <= ts_order(ended.asked_ts)
            if ours and not older and ts not in ended.others and not entry.get("metadata"):
                strays.append(ts)
        return strays

    async def _delete(self, ended: ThreadEnded, these: Iterable[str]) -> list[str]:
        """Delete each, whatever became of the one before; which are to be tried again."""
        left = []
        for ts in these:
            try:
                await self._calls.write("chat.delete", channel=ended.thread.channel_id, final=True, ts=ts)
            except SlackUnwilling as refused:
                if refused.passing:
                    left.append(ts)
        return left
