"""That a channel's persona was switched: told at most every ten minutes, and not forgotten meanwhile.

Each version waits to be told from the transaction on that published it, whoever did so: somebody in Slack,
the command line, a change of what the whole workspace has. So no switch is lost with a process.
"""

from dataclasses import dataclass

from bot.chat.ports.homes import Tellings
from bot.chat.ports.setups import Setups
from bot.chat.setup import Setup
from bot.chat.switches import Switch, switched

SPACING = 600.0
"""Seconds between two announcements in one channel."""


@dataclass(frozen=True, slots=True)
class Announcing:
    """The verbs; of several processes that would announce the same, one is let."""

    team_id: str
    setups: Setups
    tellings: Tellings

    async def due(self) -> tuple[Switch, ...]:
        """What may be told now, by channel."""
        return await self.tellings.switches(self.team_id, spacing=SPACING)

    async def announce(self, switch: Switch) -> Setup | None:
        """The setup whose persona the channel is to hear of: the one that holds by now.

        None where it is who the channel knows already, where the channel does not want to hear of it, and
        where somebody else tells it or the setup changes at this moment.
        """
        current = await self.setups.current(self.team_id, switch.channel_id)
        known = await self.setups.version(self.team_id, switch.channel_id, switch.known)
        before = known.setup if known else Setup()
        if not current.settings.announces or not switched(before, current):
            await self.tellings.pass_over(self.team_id, switch)
            return None
        let = await self.tellings.may_announce(self.team_id, switch, spacing=SPACING)
        return current if let else None

    async def not_told(self, switch: Switch) -> None:
        """Announce it again later: nobody could be told."""
        await self.tellings.wait_again(self.team_id, switch)
