"""Try it: a private thread that runs a draft, as many turns as somebody wants, silent for the channel."""

from dataclasses import dataclass
from typing import Protocol

from bot.chat.outcomes import NotAllowed
from bot.chat.ports.homes import Trials
from bot.chat.ports.setups import Drafts, Setups
from bot.chat.ports.standing import People
from bot.chat.rights import may_configure
from bot.chat.setup import Setup
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import Turn
from bot.chat.versions import DraftKey
from bot.errors import TrialEnded


@dataclass(frozen=True, slots=True)
class Ground:
    """What a turn stands on: the setup that answers, and the channel whose daily tokens it takes.

    `trial` is the draft that a private thread tries; None is an ordinary turn.
    """

    setup: Setup
    channel_id: str
    trial: DraftKey | None = None


class TrialRooms(Protocol):
    """Where a trial takes place. Slack stands behind it."""

    async def open(self, draft: DraftKey, setup: Setup) -> ThreadKey:
        """Begin a thread in the person's direct message with Confab; who else writes there is nobody."""


@dataclass(frozen=True, slots=True)
class Trying:
    """The verbs of trials, and the port that decides what a turn stands on."""

    people: People
    setups: Setups
    drafts: Drafts
    trials: Trials

    async def begin(self, key: DraftKey, rooms: TrialRooms) -> ThreadKey | NotAllowed:
        """Open a trial of somebody's draft, if they may configure the channel."""
        setup = await self.setup(key)
        if isinstance(setup, NotAllowed):
            return setup
        thread = await rooms.open(key, setup)
        await self.trials.begin(thread, key)
        return thread

    async def of(self, turn: Turn) -> Ground:
        """A turn's ground; a draft is read as it is now, and the rights to it are asked for anew.

        Raises `TrialEnded` where the person may no longer configure the channel that they try.
        """
        thread = turn.thread
        key = await self.trials.of(thread) if turn.place is Place.DIRECT else None
        if key is None:
            return Ground(await self.setups.current(thread.team_id, thread.channel_id), thread.channel_id)
        setup = await self.setup(key)
        if isinstance(setup, NotAllowed):
            raise TrialEnded
        return Ground(setup, key.channel_id, key)

    async def setup(self, key: DraftKey) -> Setup | NotAllowed:
        """The draft, or what is published where the person has none, if they may configure the channel."""
        current = await self.setups.current(key.team_id, key.channel_id)
        standing = await self.people.standing(key.team_id, key.channel_id, key.person_id)
        if reason := may_configure(standing, current.access):
            return NotAllowed(reason)
        draft = await self.drafts.of(key)
        return current if draft is None else draft.setup
