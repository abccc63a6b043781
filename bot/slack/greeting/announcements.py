"""Switches of persona, announced: right after somebody published one, and looked for all the time."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.chat.announcing import Announcing
from bot.chat.switches import Switch
from bot.errors import ConfabError, SlackUnwilling, described
from bot.slack.calls import UNREACHABLE
from bot.slack.greeting import texts
from bot.slack.greeting.saying import Saying, called

LOOK = 60.0
"""Seconds between two looks for what the command line published, or what had to wait."""

_NEVER_REACHED = frozenset({UNREACHABLE, "ratelimited"})

_log = logging.getLogger(__name__)


class Announcements:
    """Tells channels what `bot.chat.announcing` lets be told; each switch once at most, never twice."""

    def __init__(
        self,
        announcing: Announcing,
        saying: Saying,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._announcing = announcing
        self._saying = saying
        self._sleep = sleep

    async def keep_telling(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.tell()
            except ConfabError as error:
                _log.info("announcements wait: %s", described(error))
            await self._sleep(LOOK)

    async def tell(self) -> None:
        """Tell every channel what is due there."""
        for switch in await self._announcing.due():
            await self._tell(switch)

    async def _tell(self, switch: Switch) -> None:
        setup = await self._announcing.announce(switch)
        if setup is None:
            return
        usual = setup.version < 0
        try:
            text = texts.announcement(called(setup.persona), usual=usual)
            await self._saying.say(switch.channel_id, text, setup.persona)
        except SlackUnwilling as refused:
            # A channel that Confab has left, or that is archived, hears nothing; it is asked for once.
            if refused.code in _NEVER_REACHED:
                await self._announcing.not_told(switch)
            _log.info("no announcement: %s", described(refused))
