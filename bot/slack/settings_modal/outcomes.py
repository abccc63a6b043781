"""What came of publishing and restoring: the view that says so, and who else hears of it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.chat.outcomes import (
    Gone,
    NotAllowed,
    OnTop,
    Overtaken,
    Publication,
    Published,
    Rebasing,
    Refused,
    Restoration,
    Stale,
)
from bot.chat.versions import DraftKey
from bot.slack.beside import Beside
from bot.slack.blocks import Block
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.draft_texts import NO_BASE, on_top_said
from bot.slack.settings_modal.root import notice_view
from bot.slack.settings_modal.views import Views

Announce: TypeAlias = Callable[[], Awaitable[object]]
"""Tells the channels that have yet to hear of it that a version was published."""


class Outcomes:
    """Views and notes after a version was published, or was not."""

    def __init__(self, views: Views, beside: Beside, announce: Announce) -> None:
        self._views = views
        self._beside = beside
        self._announce = announce

    async def published(self, key: DraftKey, done: Publication) -> Block:
        """The root after Publish."""
        self.tell(done)
        match done:
            case Published():
                note = texts.published_said(done.after.version)
            case NotAllowed():
                return notice_view(texts.lost(done.reason))
            case Refused():
                note = texts.faults_said(dict(done.fields))
            case Stale():
                note = texts.SHOWS_NEWEST
            case Overtaken():
                note = texts.not_published_over(done.newest.setup.version)
            case _:
                note = texts.NOTHING_TO_PUBLISH
        return await self._views.root(key, note=note)

    async def on_top(self, key: DraftKey, done: Rebasing) -> Block:
        """The root after a draft was put on top of a newer version."""
        match done:
            case OnTop():
                note = on_top_said(done.draft.setup.version, done.both)
            case NotAllowed():
                return notice_view(texts.lost(done.reason))
            case Stale():
                note = texts.SHOWS_NEWEST
            case Gone():
                note = NO_BASE
        return await self._views.root(key, note=note)

    def restored(self, done: Restoration) -> str:
        """What stands over the history after Restore."""
        match done:
            case Published():
                return texts.published_said(done.after.version)
            case NotAllowed():
                return texts.lost(done.reason)
            case Overtaken():
                return texts.RESTORE_OVERTAKEN
            case Gone():
                return texts.VERSION_GONE
            case _:
                return texts.NOTHING_TO_PUBLISH

    def tell(self, done: Publication | Restoration) -> None:
        """Let channels hear of what was published, beside everything else."""
        if isinstance(done, Published):
            self._beside.start(_told(self._announce()))


async def _told(announcement: Awaitable[object]) -> None:
    await announcement
