"""What a submitted view does. The answer to Slack says what becomes of the view, within three seconds."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.chat.outcomes import Done, Edit, NotAllowed, Refused, Stale
from bot.chat.versions import DraftKey
from bot.errors import ConfabError, described
from bot.slack.beside import Beside
from bot.slack.blocks import Block
from bot.slack.files import Files
from bot.slack.settings_modal import examples, file_texts, import_export, root, texts
from bot.slack.settings_modal.deeds import Deed
from bot.slack.settings_modal.keeping import PART_OF, as_typed, errors_of, keep
from bot.slack.settings_modal.outcomes import Outcomes
from bot.slack.settings_modal.root import notice_view
from bot.slack.settings_modal.stack import Stack
from bot.slack.settings_modal.views import Views

_log = logging.getLogger(__name__)

PATIENCE = 2.4
"""Seconds. Slack waits three for the answer, and tells the person of trouble when there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of the submitted view: it closes, shows errors at its fields, or shows something else."""

    errors: Mapping[str, str] = field(default_factory=dict)
    view: Block | None = field(default=None, repr=False)

    def arguments(self) -> dict[str, Any]:
        """As Bolt's `ack` takes it."""
        if self.errors:
            return {"response_action": "errors", "errors": dict(self.errors)}
        return {} if self.view is None else {"response_action": "update", "view": self.view}


class Submissions:
    """One verb for each view that can be submitted; `answer` finds it."""

    def __init__(self, stack: Stack, views: Views, outcomes: Outcomes, files: Files, beside: Beside) -> None:
        self._stack = stack
        self._views = views
        self._outcomes = outcomes
        self._files = files
        self._beside = beside

    async def answer(self, deed: Deed) -> Answer:
        """Do what the view is for; trouble is told in it, and what was typed stays."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._do(deed)
        except (ConfabError, TimeoutError) as error:
            _log.info("a submission was not carried out: %s", described(error))
            errors = deed.shown.typed.errors({"": texts.FAILED})
            return Answer(errors) if deed.shown.typed.blocks else Answer(view=notice_view(texts.FAILED))

    async def _do(self, deed: Deed) -> Answer:
        key = self._views.key(deed.channel_id, deed.person_id)
        if deed.shown.callback_id == root.CALLBACK:
            done = await self._views.publishing.publish(key, deed.shown.at.mark)
            return Answer(view=await self._outcomes.published(key, done))
        if deed.shown.callback_id == import_export.CALLBACK:
            return await self._import(key, deed)
        return await self._kept(key, deed, await keep(self._views.configuring, key, deed))

    async def _kept(self, key: DraftKey, deed: Deed, done: Edit | None) -> Answer:
        match done:
            case NotAllowed():
                return Answer(view=notice_view(texts.lost(done.reason)))
            case Refused():
                return Answer(errors_of(done.fields, deed.shown.typed))
            case Stale():
                return await self._stale(key, deed)
            case Done():
                return await self._done(key, deed)
        return Answer()

    async def _done(self, key: DraftKey, deed: Deed) -> Answer:
        """A part that lies over nothing becomes the root; any other closes, and what is under it is new."""
        if deed.shown.at.alone and deed.shown.id == deed.shown.root:
            return Answer(view=await self._views.root(key, note=texts.KEPT))
        self._beside.start(self._stack.refresh_beneath(key, deed.shown))
        return Answer()

    async def _stale(self, key: DraftKey, deed: Deed) -> Answer:
        """Nothing typed is lost, and nothing newer undone: the words stand there, to be kept once more."""
        part = PART_OF.get(deed.shown.callback_id)
        opened = await self._views.configuring.open(key)
        if isinstance(opened, NotAllowed):
            return Answer(view=notice_view(texts.lost(opened.reason)))
        at = deed.shown.at
        if deed.shown.callback_id == examples.ONE and at.index < 0:
            typed = examples.example_typed(deed.shown.typed)
            at = replace(at, mark=opened.draft.mark)
            return Answer(view=examples.example_view(typed, at, note=texts.STALE))
        if part is None:
            return Answer(deed.shown.typed.errors({"": texts.STALE_HERE}))
        setup, values = as_typed(opened, deed.shown)
        return Answer(
            view=await self._views.part_of(part, opened, at, setup=setup, values=values, note=texts.STALE)
        )

    async def _import(self, key: DraftKey, deed: Deed) -> Answer:
        fields = deed.shown.typed
        files, pasted = fields.several("file") or (), (fields.text("pasted") or "").strip()
        if not files and not pasted:
            return Answer(fields.errors({"pasted": file_texts.IMPORT_NOTHING}))
        where = "file" if files else "pasted"
        text = await self._files.text(files[0], largest=import_export.LARGEST) if files else pasted
        if text is None:
            return Answer(fields.errors({where: file_texts.NOT_A_SETUP}))
        done = await self._views.configuring.import_setup(key, deed.shown.at.mark, text)
        if isinstance(done, Refused):
            return Answer(fields.errors({where: next(iter(done.fields.values()))}))
        return await self._kept(key, deed, done)
