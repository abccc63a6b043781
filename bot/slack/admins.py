"""Telling Confab's admins what only they can mend."""

import logging
from collections.abc import Sequence

from bot.chat.ports import Clock
from bot.errors import described
from bot.slack.calls import Calls
from bot.slack.texts import alarm
from bot.slack.writing import fallback

_log = logging.getLogger(__name__)

HOUR = 3_600.0


class Admins:
    """Implements `bot.chat.ports.Alarm`: a direct message to each admin, at most hourly for each kind."""

    def __init__(self, calls: Calls, people: Sequence[str], *, clock: Clock) -> None:
        self._calls = calls
        self._people = tuple(people)
        self._clock = clock
        self._told: dict[str, float] = {}

    async def raise_(self, kind: str, detail: str) -> None:
        """Tell them; the log hears it either way."""
        now = self._clock()
        if now - self._told.get(kind, float("-inf")) < HOUR:
            return
        self._told[kind] = now
        _log.error("%s: %s", kind, detail)
        reached = [await self._tell(person, alarm(kind, detail)) for person in self._people]
        if self._people and not any(reached):
            del self._told[kind]

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
