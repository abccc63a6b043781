"""The verbs of a person's home: what it shows of what is theirs, and how they arrange it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.chat.home import ChannelCard, Face, HomePage, paged
from bot.chat.panels import Panels
from bot.chat.ports.homes import Homes
from bot.chat.ports.setups import Setups
from bot.chat.ports.standing import KnownChannel, People
from bot.chat.rights import Standing, may_configure, may_configure_workspace
from bot.chat.setup import Access, Persona
from bot.chat.versions import WORKSPACE

CHANNELS_A_PAGE = 15
SESSIONS = 12


@dataclass(frozen=True, slots=True)
class AtHome:
    """One workspace's homes. All that a home shows is asked anew whenever it is opened."""

    team_id: str
    people: People
    homes: Homes
    setups: Setups

    async def page(self, person_id: str, number: int = 0, direct: str = "") -> HomePage:
        """A person's home with that page of their channels. `direct` is their direct message with Confab.

        Raises `SlackUnwilling` where Slack does not say what the person belongs to: then nothing is shown.
        """
        standing, channels, faces, sessions, tokens, panels = await asyncio.gather(
            self.people.standing(self.team_id, WORKSPACE, person_id),
            self.people.channels_of(person_id),
            self.homes.faces(self.team_id),
            self.homes.sessions(self.team_id, person_id),
            self.homes.spent(self.team_id, person_id),
            self.homes.panels(self.team_id, person_id),
        )
        usual = replace(faces.get(WORKSPACE, _PLAYGROUNDS), version=0)
        cards = tuple(
            ChannelCard(channel.id, faces.get(channel.id, usual))
            for channel in channels
            if channel.confab_is_in and _may(standing, channel, faces.get(channel.id, usual))
        )
        theirs = {channel.id for channel in channels}
        seen = [
            each
            for each in sessions
            if each.thread.channel_id in theirs or _is_direct(each.thread.channel_id)
        ]
        admin = may_configure_workspace(standing) is None
        mine = await self.setups.current(self.team_id, direct) if direct else None
        own = replace(standing, member=True)
        return HomePage(
            panels=panels,
            channels=paged(cards, number, CHANNELS_A_PAGE),
            sessions=tuple(seen[:SESSIONS]),
            tokens=tokens,
            defaults=await self.setups.current(self.team_id, WORKSPACE) if admin else None,
            mine=mine if mine and may_configure(own, mine.access) is None else None,
        )

    async def arrange(self, person_id: str, change: Callable[[Panels], Panels]) -> None:
        """Arrange a person's panels otherwise."""
        panels = await self.homes.panels(self.team_id, person_id)
        await self.homes.arrange(self.team_id, person_id, change(panels))


_PLAYGROUNDS = Face(Persona().name, Persona().icon, 0, Access())


def _may(standing: Standing, channel: KnownChannel, face: Face) -> bool:
    """Whether this person may set that channel up; `standing` is theirs in the workspace."""
    within = replace(standing, member=True, creator=channel.creator == standing.person_id)
    return may_configure(within, face.access) is None


def _is_direct(channel_id: str) -> bool:
    """Slack: the ids of direct messages begin with D; only their two people can be in them."""
    return channel_id.startswith("D")
