"""What stands in Slack's threads, whoever wrote it. Slack stands behind it."""

from typing import Protocol

from bot.chat.overheard import Transcript
from bot.chat.threads import ThreadKey


class Threads(Protocol):
    """Reading what was not said to Confab; never on the way to an acknowledgement."""

    async def said(self, thread: ThreadKey, *, after: str = "", before: str = "") -> Transcript | None:
        """The newest messages between two ts, neither included; None where Slack does not hand them out.

        What Confab says beside its answers is left out, as are joins, topics and what was deleted.
        """
