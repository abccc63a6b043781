"""The verbs around an answer that is given again, within one team."""

import asyncio
from dataclasses import dataclass

from bot.chat.ports.again import Again
from bot.chat.ports.setups import Setups
from bot.chat.ports.standing import People
from bot.chat.regenerating import NotAgain, Replaceable
from bot.chat.rights import NoRight, may_stop

_PAUSES = (0.1, 0.3, 0.6, 1.0)


@dataclass(frozen=True, slots=True)
class Regenerating:
    """Whoever asked may have another answer, and whoever may configure."""

    team_id: str
    again: Again
    people: People
    setups: Setups

    async def regenerate(self, channel_id: str, ts: str, person_id: str) -> NotAgain | NoRight | None:
        """Let the answer that this Slack message is a part of be given again; None where it begins."""
        found = await self._found(channel_id, ts)
        if found is None:
            return NotAgain.GONE
        standing = await self.people.standing(self.team_id, channel_id, person_id)
        setup = await self.setups.current(self.team_id, channel_id)
        refused = may_stop(standing, setup.access, found.askers)
        return refused or await self._reopen(found.turn_id, person_id)

    async def _reopen(self, turn_id: int, person_id: str) -> NotAgain | None:
        """An answer has its buttons a moment before its turn is closed."""
        for pause in _PAUSES:
            refused = await self.again.reopen(turn_id, person_id)
            if refused is not NotAgain.UNDER_WAY:
                return refused
            await asyncio.sleep(pause)
        return await self.again.reopen(turn_id, person_id)

    async def _found(self, channel_id: str, ts: str) -> Replaceable | None:
        """An answer also stands there a moment before it is known to whom it belongs."""
        for pause in _PAUSES:
            found = await self.again.replaceable(self.team_id, channel_id, ts)
            if found is not None:
                return found
            await asyncio.sleep(pause)
        return None
