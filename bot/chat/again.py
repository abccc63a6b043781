"""The verbs around an answer that is given again, or goes on, within one team."""

import asyncio
from dataclasses import dataclass

from bot.chat.messages import Reworded
from bot.chat.ports.again import Again
from bot.chat.ports.opinions import Quiet
from bot.chat.ports.setups import Setups
from bot.chat.ports.standing import People
from bot.chat.regenerating import NotAgain, Replaceable
from bot.chat.rights import NoRight, may_stop

_PAUSES = (0.1, 0.3, 0.6, 1.0)


@dataclass(frozen=True, slots=True)
class Regenerating:
    """Whoever asked may have another answer, or more of one, and whoever may configure."""

    team_id: str
    again: Again
    people: People
    setups: Setups
    quiet: Quiet

    async def regenerate(
        self, channel_id: str, ts: str, person_id: str, *, goes_on: bool = False, at: str = ""
    ) -> NotAgain | NoRight | None:
        """Let a turn be answered again, or its answer go on; None where that begins.

        `ts` is a Slack message that is a part of the answer or of the sentence in its place, or a question.
        `at` is when it was wanted, as Slack says.
        """
        found = await self._found(channel_id, ts)
        if found is None:
            return NotAgain.GONE
        standing = await self.people.standing(self.team_id, channel_id, person_id)
        setup = await self.setups.current(self.team_id, channel_id)
        refused = may_stop(standing, setup.access, found.askers)
        return refused or await self._reopen(found.turn_id, person_id, goes_on=goes_on, at=at)

    async def may_offer(self, reworded: Reworded) -> bool:
        """Whether somebody who changed a question is to be asked if they want another answer."""
        return not await self.quiet.is_quiet(reworded.thread)

    async def _reopen(self, turn_id: int, person_id: str, *, goes_on: bool, at: str) -> NotAgain | None:
        """An answer has its buttons a moment before its turn is closed.

        Not so the one that another is to replace: who presses twice wants one.
        """
        for pause in _PAUSES:
            refused = await self.again.reopen(turn_id, person_id, goes_on=goes_on, at=at)
            if refused is not NotAgain.UNDER_WAY:
                return refused
            await asyncio.sleep(pause)
        return await self.again.reopen(turn_id, person_id, goes_on=goes_on, at=at)

    async def _found(self, channel_id: str, ts: str) -> Replaceable | None:
        """An answer also stands there a moment before it is known to whom it belongs."""
        for pause in _PAUSES:
            found = await self.again.replaceable(self.team_id, channel_id, ts)
            if found is not None:
                return found
            await asyncio.sleep(pause)
        return None
