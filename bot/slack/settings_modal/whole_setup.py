"""What buttons do that concern the setup as a whole: its draft, its versions, a trial, a comparison."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.chat.characters import number
from bot.chat.comparing import Candidate, Kind
from bot.chat.outcomes import NotAllowed, Published
from bot.chat.versions import DraftKey
from bot.slack.settings_modal import history, meanwhile, root, texts
from bot.slack.settings_modal.deeds import Deed
from bot.slack.settings_modal.outcomes import Outcomes
from bot.slack.settings_modal.stack import Stack
from bot.slack.settings_modal.views import Views

Verb: TypeAlias = Callable[[DraftKey, Deed], Awaitable[None]]

Code: TypeAlias = Callable[[DraftKey, str], Awaitable[object]]
"""Shows the draft as code in a view of its own, by a trigger; pushed where the trigger came from a modal."""

Try: TypeAlias = Callable[[str, str], Awaitable[str | NotAllowed]]
"""Opens a private thread for a person's draft of a channel; its address."""

Compare: TypeAlias = Callable[[DraftKey, str, Candidate], Awaitable[object]]
"""Pushes a comparison of what is published with something, by a trigger."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other rooms do with a setup."""

    code: Code
    trying: Try
    comparing: Compare


class WholeSetup:
    """One verb for each button of the root and of the history."""

    def __init__(self, stack: Stack, views: Views, outcomes: Outcomes, elsewhere: Elsewhere) -> None:
        self._stack = stack
        self._views = views
        self._outcomes = outcomes
        self._elsewhere = elsewhere

    def verbs(self) -> dict[str, Verb]:
        """Each by its button's `action_id`."""
        return {
            root.DISCARD: self._discard,
            meanwhile.KEEP_MINE: self._keep_mine,
            meanwhile.ON_TOP: self._on_top,
            root.CODE: self._show_code,
            root.TRY: self._begin_trial,
            root.COMPARE: self._compare_draft,
            history.COMPARE_WITH: self._compare_version,
            history.HOME: self._to_root,
            history.RESTORE: self._restore,
        }

    async def _discard(self, key: DraftKey, deed: Deed) -> None:
        await self._views.configuring.discard(key)
        await self._stack.update(deed.shown.id, await self._views.root(key, note=texts.DISCARDED))

    async def _keep_mine(self, key: DraftKey, deed: Deed) -> None:
        if (over := number(deed.value)) is None:
            return
        done = await self._views.publishing.publish(key, deed.shown.at.mark, over=over)
        await self._stack.update(deed.shown.id, await self._outcomes.published(key, done))

    async def _on_top(self, key: DraftKey, deed: Deed) -> None:
        done = await self._views.publishing.keep_on_top(key, deed.shown.at.mark)
        await self._stack.update(deed.shown.id, await self._outcomes.on_top(key, done))

    async def _show_code(self, key: DraftKey, deed: Deed) -> None:
        await self._elsewhere.code(key, deed.trigger_id)

    async def _begin_trial(self, key: DraftKey, deed: Deed) -> None:
        begun = await self._elsewhere.trying(key.person_id, key.channel_id)
        note = texts.lost(begun.reason) if isinstance(begun, NotAllowed) else texts.trial_begun(begun)
        await self._stack.update(deed.shown.id, await self._views.root(key, note=note))

    async def _compare_draft(self, key: DraftKey, deed: Deed) -> None:
        await self._elsewhere.comparing(key, deed.trigger_id, Candidate(Kind.DRAFT))

    async def _compare_version(self, key: DraftKey, deed: Deed) -> None:
        await self._elsewhere.comparing(key, deed.trigger_id, Candidate(Kind.VERSION, deed.value))

    async def _to_root(self, key: DraftKey, deed: Deed) -> None:
        await self._stack.update(deed.shown.id, await self._views.root(key))

    async def _restore(self, key: DraftKey, deed: Deed) -> None:
        if (version := number(deed.value)) is None:
            return
        at = deed.shown.at
        done = await self._views.publishing.restore(key, version, over=at.newest)
        self._outcomes.tell(done)
        note = self._outcomes.restored(done)
        view = await self._views.part("history", key, replace(at, page=0), note=note)
        await self._stack.update(deed.shown.id, view)
        if isinstance(done, Published):
            await self._stack.refresh_beneath(key, deed.shown)
