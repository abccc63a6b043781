"""What people are called in Slack, remembered for some minutes: names are for showing, never for rights."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Mapping

from bot.errors import ConfabError, SlackUnwilling, described
from bot.slack.calls import Calls
from bot.slack.people import NOBODY, called

_log = logging.getLogger(__name__)

FRESH = 600.0
"""Seconds after which a name is asked for anew."""

MOST = 5_000
AT_ONCE = 20
"""Names asked for in one go (Slack: users.info is of tier 4, 100 a minute); more people stay unnamed."""

PATIENCE = 2.0
"""Seconds for all names of a turn; an answer does not wait longer for them."""


class SlackNames:
    """Implements `bot.chat.ports.Names`; a name that is fresh costs no call."""

    def __init__(
        self, calls: Calls, *, clock: Callable[[], float] = time.monotonic, patience: float = PATIENCE
    ) -> None:
        self._calls = calls
        self._clock = clock
        self._patience = patience
        self._known: dict[str, tuple[str, float]] = {}

    async def names_of(self, people: Collection[str]) -> Mapping[str, str]:
        """Display names by id; whoever Slack does not name is left out."""
        now = self._clock()
        stale = [id_ for id_ in people if now - self._known.get(id_, ("", float("-inf")))[1] >= FRESH]
        try:
            async with asyncio.timeout(self._patience):
                await asyncio.gather(*(self._ask(id_) for id_ in stale[:AT_ONCE]))
        except TimeoutError:
            _log.debug("names were not said in time")
        return {id_: self._known[id_][0] for id_ in people if self._known.get(id_, ("",))[0]}

    async def _ask(self, person_id: str) -> None:
        """A name that Slack does not say now stays the one that was known."""
        try:
            user = (await self._calls.read("users.info", user=person_id)).get("user")
        except ConfabError as error:
            if not (isinstance(error, SlackUnwilling) and error.code in NOBODY):
                _log.debug("a name was not said: %s", described(error))
                return
            user = None
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[person_id] = (called(user) if isinstance(user, Mapping) else "", self._clock())
