"""Try it: a private thread that runs a draft, as many turns as somebody wants, silent for the channel."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from bot.chat.grounds import Ground
from bot.chat.outcomes import NotAllowed
from bot.chat.ports.homes import Trials
from bot.chat.ports.setups import Drafts, Setups
from bot.chat.ports.standing import People
from bot.chat.rights import may_configure
from bot.chat.setup import Setup
from bot.chat.threads import ThreadKey
from bot.chat.turns import Turn
from bot.chat.versions import DraftKey
from bot.errors import ConfabError, TrialEnded


class TrialRooms(Protocol):
    """Where a trial takes place. Slack stands behind it."""

    async def open(self, draft: DraftKey, setup: Setup) -> ThreadKey:
        """Begin a thread in the person's direct message with Confab; who else writes there is nobody."""

    async def close(self, thread: ThreadKey) -> None:
        """Take back a thread that nobody has written in."""


@dataclass(frozen=True, slots=True)
class Trying:
    """The verbs of trials, and the port that decides what a turn stands on."""

    people: People
    setups: Setups
    drafts: Drafts
    trials: Trials

    async def begin(self, key: DraftKey, rooms: TrialRooms) -> ThreadKey | NotAllowed:
        """Open a trial of somebody's draft, if they may configure the channel."""
        published = await self._published(key)
        if isinstance(published, NotAllowed):
            return published
        thread = await rooms.open(key, await self._tried(key, published))
        try:
            await self.trials.begin(thread, key)
        except ConfabError:
            # Left standing it would look like a trial, and answer as a direct message does.
            with suppress(ConfabError):
                await rooms.close(thread)
            raise
        return thread

    async def of(self, turn: Turn) -> Ground:
        """A turn's ground; a draft is read as it is now, and the rights to it are asked for anew.

        Raises `TrialEnded` where the person may no longer configure the channel that they try.
        """
        thread = turn.thread
        key = turn.tries
        if key is None:
            setup = await self.setups.current(thread.team_id, thread.channel_id)
            return Ground(setup, thread.channel_id, setup.settings.daily_tokens)
        published = await self._published(key)
        if isinstance(published, NotAllowed):
            raise TrialEnded
        tried = await self._tried(key, published)
        # The cap that is published counts: a draft must not lift what holds for the channel.
        return Ground(tried, key.channel_id, published.settings.daily_tokens, key)

    async def _published(self, key: DraftKey) -> Setup | NotAllowed:
        """What the channel has, for somebody who may configure it."""
        current = await self.setups.current(key.team_id, key.channel_id)
        standing = await self.people.standing(key.team_id, key.channel_id, key.person_id)
        reason = may_configure(standing, current.access)
        return current if reason is None else NotAllowed(reason)

    async def _tried(self, key: DraftKey, published: Setup) -> Setup:
        """The draft, or what is published where the person has none."""
        draft = await self.drafts.of(key)
        return published if draft is None else draft.setup
