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

    async def with_us(self, channel_id: str, person_id: str) -> bool:
        """Whether Confab is a member, or this is the person's direct message with it."""
        try:
            async with asyncio.timeout(_PATIENCE):
                if channel_id.startswith("D"):
                    return await self._direct(person_id) == channel_id
                return await self._is_member(channel_id)
        except SlackUnwilling as refused:
            return refused.code not in _ELSEWHERE
        except TimeoutError:
            return True

    async def _direct(self, person_id: str) -> str:
        opened = await self._calls.write("conversations.open", users=person_id, final=True)
        return str(opened["channel"]["id"])

    async def _is_member(self, channel_id: str) -> bool:
        found = await self._calls.read("conversations.info", channel=channel_id)
        channel = found.get("channel")
        return isinstance(channel, dict) and channel.get("is_member") is True
