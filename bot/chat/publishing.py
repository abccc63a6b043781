"""Making a draft what the channel has, looking back at what it had, and bringing that back."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.chat.changes import changes
from bot.chat.checking import persona_faults, settings_faults
from bot.chat.configuring import right_to, usual_settings
from bot.chat.deployments import Deployment
from bot.chat.merging import merge
from bot.chat.outcomes import (
    Gone,
    HistoryEntry,
    HistoryPage,
    NotAllowed,
    OnTop,
    Overtaken,
    Publication,
    Published,
    Rebasing,
    Refused,
    Restoration,
    Stale,
    Unchanged,
)
from bot.chat.ports import Drafts, People, Setups
from bot.chat.rights import NoRight, may_read
from bot.chat.setup import Setup
from bot.chat.setup_export import write_setup
from bot.chat.versions import WORKSPACE, DraftKey, Version
from bot.errors import SetupOvertaken


class Publishing:
    """The published versions of a channel's setup, or of the workspace's default."""

    def __init__(
        self,
        *,
        setups: Setups,
        drafts: Drafts,
        people: People,
        deployments: Mapping[str, Deployment],
        default: str,
    ) -> None:
        self._setups = setups
        self._drafts = drafts
        self._people = people
        self._deployments = deployments
        self._default = default

    async def publish(self, key: DraftKey, seen: str | None, *, over: int | None = None) -> Publication:
        """Make the draft the channel's next version; it takes effect at the next turn, and the draft ends.

        `Overtaken` where somebody published after the draft was begun. Who has looked at that version and
        wants theirs all the same gives its number as `over`.
        """
        (right, current), draft = await asyncio.gather(self._right(key), self._drafts.of(key))
        if right is not None:
            return NotAllowed(right)
        if draft is None:
            return Unchanged(current)
        if seen not in (None, draft.mark):
            return Stale(draft)
        if faults := self._faults(draft.setup):
            return Refused(faults)
        if draft.setup.same_as(current):
            await self._drafts.discard(key, draft.revision)
            return Unchanged(current)
        base = draft.setup.version if over is None else over
        outcome = await self._publish(key, current, draft.setup, base)
        if isinstance(outcome, Published):
            await self._drafts.discard(key, draft.revision)
        return outcome

    async def keep_on_top(self, key: DraftKey, seen: str | None) -> Rebasing:
        """Let the draft begin from what is published now, with its own changes on top; nothing is published.

        `Gone` where there is no draft, or the version that it began from is not there any more.
        """
        (right, current), draft = await asyncio.gather(self._right(key), self._drafts.of(key))
        if right is not None:
            return NotAllowed(right)
        if draft is None:
            return Gone()
        if seen not in (None, draft.mark):
            return Stale(draft)
        base = await self._setups.version(key.team_id, key.channel_id, draft.setup.version)
        if base is None:
            return Gone()
        merged = merge(base.setup, draft.setup, current)
        kept = await self._drafts.save(replace(draft, setup=merged.setup))
        return OnTop(kept, merged.both) if kept else Stale(await self._drafts.of(key) or draft)

    async def restore(self, key: DraftKey, number: int, *, over: int) -> Restoration:
        """Publish an earlier version of this channel anew. `over` is the newest that the view showed."""
        (right, current), wanted = await asyncio.gather(
            self._right(key), self._setups.version(key.team_id, key.channel_id, number)
        )
        if right is not None:
            return NotAllowed(right)
        if wanted is None or number < 1:
            return Gone()
        if wanted.setup.same_as(current):
            return Unchanged(current)
        return await self._publish(key, current, wanted.setup, over, restored=number)

    async def reset_settings(self, key: DraftKey) -> Restoration:
        """Publish the usual settings, and nothing else, over what is published: ask before. Drafts stay."""
        (right, current), usual = await asyncio.gather(self._right(key), usual_settings(self._setups, key))
        if right is not None:
            return NotAllowed(right)
        reset = replace(current, settings=usual.settings)
        if reset.same_as(current):
            return Unchanged(current)
        return await self._publish(key, current, reset, current.version)

    async def history(
        self, key: DraftKey, *, before: int | None = None, limit: int = 10
    ) -> HistoryPage | NotAllowed:
        """The channel's versions, newest first, for every member; for the workspace's, its admins."""
        standing = await self._people.standing(key.team_id, key.channel_id, key.person_id)
        if key.channel_id == WORKSPACE:
            if (right := await self.right(key)) is not None:
                return NotAllowed(right)
        elif not standing.member:
            return NotAllowed(NoRight.NOT_MEMBER)
        found = await self._setups.history(key.team_id, key.channel_id, before=before, limit=limit + 1)
        shown = found[:limit]
        earlier = [*(each.setup for each in found[1:]), Setup()][: len(shown)]
        entries = tuple(
            HistoryEntry(version, changes(old, version.setup))
            for version, old in zip(shown, earlier, strict=True)
        )
        return HistoryPage(entries, shown[-1].setup.version if len(found) > limit else None)

    async def export(self, key: DraftKey, *, draft: bool = False) -> str | NotAllowed:
        """The published setup, or one's own draft, as the Azure playground's file: for who may read it."""
        standing, current = await asyncio.gather(
            self._people.standing(key.team_id, key.channel_id, key.person_id),
            self._setups.current(key.team_id, key.channel_id),
        )
        right = right_to(key, standing, current.access)
        if key.channel_id != WORKSPACE and not draft:
            right = may_read(standing, current.access)
        if right is not None:
            return NotAllowed(right)
        mine = await self._drafts.of(key) if draft else None
        return write_setup(mine.setup if mine else current, frozenset(self._deployments))

    async def right(self, key: DraftKey) -> NoRight | None:
        """None if this person may publish here now, else the reason why not."""
        return (await self._right(key))[0]

    async def _right(self, key: DraftKey) -> tuple[NoRight | None, Setup]:
        standing, current = await asyncio.gather(
            self._people.standing(key.team_id, key.channel_id, key.person_id),
            self._setups.current(key.team_id, key.channel_id),
        )
        return right_to(key, standing, current.access), current

    async def _publish(
        self, key: DraftKey, before: Setup, setup: Setup, over: int, restored: int | None = None
    ) -> Published | Overtaken | Unchanged:
        team, channel = key.team_id, key.channel_id
        try:
            number = await self._setups.publish(
                team, channel, setup, key.person_id, over=over, restored=restored
            )
        except SetupOvertaken as overtaken:
            newest = await self._setups.version(team, channel, overtaken.version)
            if newest is not None and newest.setup.same_as(setup):  # somebody pressed twice
                return Unchanged(newest.setup)
            return Overtaken(newest or Version(before, overtaken.by, 0.0))
        return Published(before, replace(setup, version=number))

    def _faults(self, setup: Setup) -> dict[str, str]:
        return persona_faults(setup.persona) | settings_faults(
            setup.settings, self._deployments, self._default
        )
