"""Telling Confab's admins what only they can mend."""

import asyncio
import logging
from collections.abc import Sequence

from bot.chat.ports import Clock
from bot.errors import described
from bot.slack.calls import Calls
from bot.slack.texts import alarm
from bot.slack.writing import fallback

_log = logging.getLogger(__name__)

HOUR = 3_600.0
_LAST_WORDS = 3.0


class Admins:
    """Implements `bot.chat.ports.Alarm`: a direct message to each admin, at most hourly for each kind."""

    def __init__(self, calls: Calls, people: Sequence[str], *, clock: Clock) -> None:
        self._calls = calls
        self._people = tuple(people)
        self._clock = clock
        self._told: dict[str, float] = {}
        self._telling: set[asyncio.Task[None]] = set()

    def ring(self, kind: str, detail: str) -> None:
        """Begin to tell them, and return: nobody's answer waits for it. The log hears it at once."""
        now = self._clock()
        if now - self._told.get(kind, float("-inf")) < HOUR:
            return
        self._told[kind] = now
        _log.error("%s: %s", kind, detail)
        telling = asyncio.create_task(self._tell_all(kind, detail))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def close(self) -> None:
        """Give what is being told a few seconds, then drop it."""
        if self._telling:
            _, late = await asyncio.wait(self._telling, timeout=_LAST_WORDS)
            for telling in late:
                telling.cancel()

    async def _tell_all(self, kind: str, detail: str) -> None:
        reached = [await self._tell(person, alarm(kind, detail)) for person in self._people]
        if self._people and not any(reached):
            self._told.pop(kind, None)

    async def _tell(self, person: str, text: str) -> bool:
        try:
            opened = await self._calls.write("conversations.open", users=person)
            await self._calls.write(
                "chat.postMessage",
                channel=str(opened["channel"]["id"]),
                final=True,
                text=fallback(text),
                unfurl_links=False,
                unfurl_media=False,
            )
        except Exception as error:  # noqa: BLE001 - an alarm that fails must not add to the trouble
            _log.warning("an admin could not be told: %s", described(error))
            return False
        return True
