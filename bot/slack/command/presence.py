"""Whether Confab is where somebody writes its command: Slack offers it in every channel."""

import asyncio

from bot.errors import SlackUnwilling
from bot.slack.calls import Calls

_PATIENCE = 1.2
_ELSEWHERE = frozenset({"channel_not_found", "not_in_channel", "missing_scope", "invalid_channel"})


class Presence:
    """Asks Slack; where Slack takes too long, Confab is taken to be there: a trigger lives three seconds."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def in_channel(self, channel_id: str) -> bool:
        """Whether Confab is a member, or it is a direct message with it."""
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await self._calls.read("conversations.info", channel=channel_id)
        except SlackUnwilling as refused:
            return refused.code not in _ELSEWHERE
        except TimeoutError:
            return True
        channel = found.get("channel")
        described = channel if isinstance(channel, dict) else {}
        return bool(described.get("is_im") or described.get("is_member"))
