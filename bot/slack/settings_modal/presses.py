"""What buttons and menus of the modal do. It is acknowledged already: their views are pushed and updated."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from bot.chat.characters import number
from bot.chat.outcomes import Done, Edit, NotAllowed, Opened, Refused, Stale
from bot.chat.versions import DraftKey
from bot.errors import ConfabError, SlackUnwilling
from bot.slack.calls import ResponseLost
from bot.slack.files import Files
from bot.slack.settings_modal import (
    assistant_setup,
    examples,
    file_texts,
    history,
    import_export,
    root,
    settings,
    texts,
    words,
)
from bot.slack.settings_modal.at import At
from bot.slack.settings_modal.deeds import Deed
from bot.slack.settings_modal.import_export import AsFile
from bot.slack.settings_modal.keeping import PART_OF, as_typed, keep
from bot.slack.settings_modal.root import notice_view
from bot.slack.settings_modal.stack import Stack
from bot.slack.settings_modal.telling import telling
from bot.slack.settings_modal.views import Views
from bot.slack.settings_modal.whole_setup import Verb, WholeSetup
from bot.slack.sorry import nothing_opened

_ON_EXAMPLE = re.compile(r"(edit|up|down|remove)\.(\d{1,4})")


class Presses:
    """One verb for each button; `handle` finds it."""

    def __init__(self, stack: Stack, views: Views, whole: WholeSetup, files: Files) -> None:
        self._stack = stack
        self._views = views
        self._whole = whole
        self._files = files

    async def handle(self, deed: Deed) -> None:
        """Do what the button says; where it fails, say so over the view."""
        try:
            await self._do(deed)
        except ConfabError as error:
            if not nothing_opened(error):
                await self._stack.push(deed, notice_view(texts.FAILED))
            raise

    async def _do(self, deed: Deed) -> None:
        key = self._views.key(deed.channel_id, deed.person_id)
        action = deed.action
        if action.startswith((f"{examples.TURN}.", f"{history.TURN}.")):
            await self._turn(key, deed)
        elif action.startswith(f"{root.OPEN}."):
            at = replace(At(deed.channel_id), newest=deed.shown.at.newest)
            await self._stack.push(deed, await self._views.part(deed.value, key, at))
        elif action.startswith(f"{words.READ}."):
            await self._stack.push(deed, await self._views.words(key, number(deed.value) or 0))
        elif verb := self._verbs().get(action):
            await verb(key, deed)

    def _verbs(self) -> Mapping[str, Verb]:
        return self._whole.verbs() | {
            assistant_setup.CHOOSE: self._choose,
            assistant_setup.TAKE: self._choose,
            assistant_setup.MORE_ROOM: self._make_room,
            assistant_setup.IMPORT: self._import,
            assistant_setup.EXPORT: self._export,
            examples.ADD: self._add_example,
            examples.ON_EXAMPLE: self._on_example,
            settings.DEPLOYMENT: self._kept_and_shown,
        }

    async def _turn(self, key: DraftKey, deed: Deed) -> None:
        if (page := number(deed.value)) is None:
            return
        part = "examples" if deed.action.startswith(examples.TURN) else "history"
        at = replace(deed.shown.at, page=max(page, 0))
        await self._stack.update(deed.shown.id, await self._views.part(part, key, at))

    async def _choose(self, key: DraftKey, deed: Deed) -> None:
        if deed.value:
            done = await self._views.configuring.choose_persona(key, deed.shown.at.mark, deed.value)
            await self._show(key, deed, done)

    async def _make_room(self, key: DraftKey, deed: Deed) -> None:
        done = await keep(self._views.configuring, key, deed)
        await self._show(key, deed, done, at=replace(deed.shown.at, fields=1))

    async def _kept_and_shown(self, key: DraftKey, deed: Deed) -> None:
        await self._show(key, deed, await keep(self._views.configuring, key, deed))

    async def _import(self, key: DraftKey, deed: Deed) -> None:
        at = await self._kept(key, deed)
        if at is not None:
            await self._stack.push(deed, import_export.import_view(at, reads_files=self._files.reads))

    async def _export(self, key: DraftKey, deed: Deed) -> None:
        at = await self._kept(key, deed)
        if at is None:
            return
        text = await self._views.publishing.export(key, draft=True)
        if isinstance(text, NotAllowed):
            await self._stack.push(deed, notice_view(texts.why_not(text.reason)))
            return
        if self._files.sends:
            await self._export_and_send(key, deed, at, text)
        else:
            await self._stack.push(deed, import_export.export_view(text, at, AsFile.NOT_GRANTED))

    async def _export_and_send(self, key: DraftKey, deed: Deed, at: At, text: str) -> None:
        """Show the setup, send its file, and say what came of that wherever the person looks."""
        try:
            view_id = await self._stack.push(deed, import_export.export_view(text, at, AsFile.ON_ITS_WAY))
        except ResponseLost:
            # The view may be there and say that the file is on its way; only without it nothing came.
            if await self._sent(key, text) is AsFile.SENT:
                return
            raise
        file = await self._sent(key, text)
        view = import_export.export_view(text, at, file)
        with suppress(SlackUnwilling):  # which is said in the view itself
            await self._stack.fill(view_id, view, failed=import_export.exported(file))

    async def _sent(self, key: DraftKey, text: str) -> AsFile:
        try:
            await self._files.send(key.person_id, import_export.FILE_NAME, text, file_texts.EXPORT_COMMENT)
        except SlackUnwilling:
            return AsFile.NOT_TAKEN
        return AsFile.SENT

    async def _add_example(self, key: DraftKey, deed: Deed) -> None:
        opened = await self._opened(key, deed)
        if opened is not None:
            at = replace(deed.shown.at, mark=opened.draft.mark, index=-1)
            await self._stack.push(deed, examples.example_view(examples.EMPTY, at))

    async def _on_example(self, key: DraftKey, deed: Deed) -> None:
        found = _ON_EXAMPLE.fullmatch(deed.value)
        if found is None:
            return
        verb, index = found[1], int(found[2])
        if verb == "edit":
            await self._edit_example(key, deed, index)
            return
        seen, configuring = deed.shown.at.mark, self._views.configuring
        if verb == "remove":
            done = await configuring.remove_example(key, seen, index)
        else:
            done = await configuring.move_example(key, seen, index, index + (1 if verb == "down" else -1))
        await self._show(key, deed, done)

    async def _edit_example(self, key: DraftKey, deed: Deed, index: int) -> None:
        opened = await self._opened(key, deed)
        if opened is None:
            return
        pairs = opened.draft.setup.persona.examples
        if opened.draft.mark != deed.shown.at.mark or index >= len(pairs):
            await self._show(key, deed, Stale(opened.draft))
            return
        at = replace(deed.shown.at, index=index)
        await self._stack.push(deed, telling(examples.example_view(pairs[index], at)))

    async def _opened(self, key: DraftKey, deed: Deed) -> Opened | None:
        """The draft, for somebody who may change it; others are told why they may not."""
        opened = await self._views.configuring.open(key)
        reason = opened.reason if isinstance(opened, NotAllowed) else opened.right
        if reason is None and isinstance(opened, Opened):
            return opened
        if reason is not None:
            await self._stack.push(deed, notice_view(texts.lost(reason)))
        return None

    async def _kept(self, key: DraftKey, deed: Deed) -> At | None:
        """Where we are once the fields are in the draft; None where they could not be taken."""
        done = await keep(self._views.configuring, key, deed)
        if isinstance(done, Done):
            return replace(deed.shown.at, mark=done.draft.mark)
        await self._show(key, deed, done)
        return None

    async def _show(self, key: DraftKey, deed: Deed, done: Edit | None, at: At | None = None) -> None:
        """The same view after a change, or with the reason why there was none; typed words stay in it."""
        shown, part = deed.shown, PART_OF.get(deed.shown.callback_id, "")
        opened = await self._views.configuring.open(key)
        if isinstance(done, NotAllowed) or isinstance(opened, NotAllowed):
            reason = done.reason if isinstance(done, NotAllowed) else None
            text = texts.lost(reason) if reason else texts.LOST_RIGHT
            await self._stack.update(shown.id, notice_view(text))
            return
        at = at or shown.at
        if isinstance(done, Refused | Stale):
            note = texts.STALE if isinstance(done, Stale) else texts.first_of(done.fields)
            setup, values = as_typed(opened, shown)
            view = await self._views.part_of(part, opened, at, setup=setup, values=values, note=note)
        else:
            view = await self._views.part_of(part, opened, at)
        await self._stack.update(shown.id, view)
        await self._stack.refresh_beneath(key, shown)
