"""Answers as they were made. The database stands behind them."""

from typing import Protocol

from bot.chat.sent import ShownAnswer
from bot.chat.threads import ThreadKey


class Answers(Protocol):
    """What "View code" and "Show raw syntax" look at."""

    async def shown(self, team_id: str, channel_id: str, ts: str) -> ShownAnswer | None:
        """The answer that this Slack message is a part of.

        None where it is none of ours, ended in a failure, or is from before such things were kept.
        """

    async def latest(self, thread: ThreadKey) -> ShownAnswer | None:
        """The thread's last answer that the model still remembers, if there is one."""
