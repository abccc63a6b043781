"""What people do with an answer: the slow part, which no acknowledgement waits for.

A trigger opens a modal within three seconds, and who somebody is takes several calls: so each modal opens
at once, empty, and is filled when everything is known.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TypeAlias

from bot.chat.clearing import Cleared
from bot.chat.code_samples.call import Extent
from bot.chat.looking import Looking, Made
from bot.chat.raw_syntax import RawSyntax
from bot.chat.rights import NoRight
from bot.chat.versions import DraftKey
from bot.chat.view_code import Code
from bot.errors import ConfabError, SlackUnwilling
from bot.slack.answer_row import texts
from bot.slack.answer_row.about import About
from bot.slack.answer_row.clear_view import HOW, clear_view, erases
from bot.slack.answer_row.code_view import code_view, turned
from bot.slack.answer_row.enclosures import Enclosures
from bot.slack.answer_row.longer import MOST
from bot.slack.answer_row.more import Chosen, Doors, entry_of, offered
from bot.slack.answer_row.more_view import more_view, notice_view
from bot.slack.answer_row.raw_view import raw_file, raw_view
from bot.slack.answer_row.row import Choice
from bot.slack.blocks import Block
from bot.slack.calls import Calls
from bot.slack.direct import Directly
from bot.slack.files import Files
from bot.slack.filling import fill
from bot.slack.pressed import Pressed, Submitted
from bot.slack.texts import NOT_SHOWN

Content: TypeAlias = Callable[[], Awaitable[Block]]


class AnswerDeeds:
    """The verbs of the row, of its modals, and of the message shortcuts that do the same."""

    def __init__(
        self,
        looking: Looking,
        calls: Calls,
        directly: Directly,
        files: Files,
        doors: Doors,
    ) -> None:
        self._looking = looking
        self._calls = calls
        self._directly = directly
        self._enclosures = Enclosures(files)
        self._doors = doors

    async def choose(self, choice: Choice, pressed: Pressed) -> None:
        """Do what was chosen from the row, or from a message's own menu."""
        about = About.message(pressed)
        match choice:
            case Choice.CODE:
                await self._filled(
                    pressed.trigger_id, texts.CODE, partial(self._code, about, pressed.person_id)
                )
            case Choice.RAW:
                await self._filled(
                    pressed.trigger_id, texts.RAW, partial(self._raw, about, pressed.person_id)
                )
            case Choice.MORE:
                await self._filled(
                    pressed.trigger_id, texts.MORE_TITLE, partial(self._made, about, pressed.person_id)
                )
            case Choice.CLEAR:
                await self._open(pressed.trigger_id, clear_view(about))
            case Choice.SETTINGS:
                behind = partial(self._looking.behind, about.spot(pressed.person_id))
                await self._doors.settings(pressed.trigger_id, behind)

    async def enlarge(self, pressed: Pressed) -> None:
        """Open the settings of what answered there, with a larger maximum response proposed."""
        spot = About.message(pressed).spot(pressed.person_id)
        await self._doors.larger(pressed.trigger_id, partial(self._looking.behind, spot))

    async def show_code(self, key: DraftKey, trigger_id: str) -> None:
        """Open "View code" for what is published in a channel, before any conversation."""
        content = partial(self._code, About(key.channel_id), key.person_id)
        await self._filled(trigger_id, texts.CODE, content)

    async def push_code(self, key: DraftKey, trigger_id: str) -> None:
        """The same for somebody's draft, over the modal in which the trigger was given."""
        content = partial(self._code, About(key.channel_id, draft=True), key.person_id)
        await self._filled(trigger_id, texts.CODE, content, method="views.push")

    async def turn_tab(self, pressed: Pressed) -> None:
        """Show another language or extent in the modal; the tab that is open already does nothing."""
        about = About.decoded(pressed.about)
        if about is None or turned(about, pressed.action_id) == about:
            return
        content = partial(self._code, turned(about, pressed.action_id), pressed.person_id)
        await self._fill(pressed.view_id, texts.CODE, await self._told(texts.CODE, content))

    async def do_more(self, pressed: Pressed) -> None:
        """Let an action of "More" take the modal's place, if this person has it still."""
        about, entry = About.decoded(pressed.about), entry_of(self._doors.entries, pressed.action_id)
        if about is None or entry is None:
            return
        try:
            await self._show(pressed.view_id, notice_view(texts.MORE_TITLE, texts.ONE_MOMENT))
            made = await self._looking.made(about.spot(pressed.person_id))
            if not isinstance(made, Made):
                await self._show(pressed.view_id, _not_seen(texts.MORE_TITLE, made))
            elif not entry.applies(made):
                await self._show(pressed.view_id, notice_view(texts.MORE_TITLE, texts.NOT_ANY_MORE))
            else:
                trigger, view = pressed.trigger_id, pressed.view_id
                await entry.take_place(Chosen(about, made, pressed.person_id, trigger, view, pressed.at))
        except ConfabError:
            with suppress(SlackUnwilling):
                await self._show(pressed.view_id, notice_view(texts.MORE_TITLE, texts.FAILED))
            raise

    async def clear(self, submitted: Submitted) -> None:
        """Clear the chat that somebody confirmed to clear, and say so in its thread."""
        about = About.decoded(submitted.about)
        if about is not None:
            erase = erases(submitted.typed.get(HOW, ""))
            content = partial(self._cleared, about, submitted.person_id, erase=erase)
            await self._fill(submitted.view_id, texts.CLEAR, await self._told(texts.CLEAR, content))

    async def _code(self, about: About, person_id: str) -> Block:
        found: Code | NoRight | None
        if about.ts:
            found = await self._looking.code(about.spot(person_id))
        else:
            found = await self._looking.code_before(about.channel_id, person_id, draft=about.draft)
        if not isinstance(found, Code):
            return _not_seen(texts.CODE, found)
        sample = found.sample(about.language, about.extent)
        note = await self._enclosures.note(person_id, texts.FILE_NAMES[about.language], sample.text)
        return code_view(sample, about, [each for each in Extent if each in found.calls], note)

    async def _raw(self, about: About, person_id: str) -> Block:
        found = await self._looking.raw(about.spot(person_id))
        if not isinstance(found, RawSyntax):
            return _not_seen(texts.RAW, found)
        note = ""
        if len(found.text) > MOST:
            note = await self._enclosures.note(person_id, texts.RAW_FILE, raw_file(found))
        return raw_view(found, note)

    async def _made(self, about: About, person_id: str) -> Block:
        found = await self._looking.made(about.spot(person_id))
        if not isinstance(found, Made):
            return _not_seen(texts.MORE_TITLE, found)
        return more_view(found.shown, about, offered(self._doors.entries, found))

    async def _cleared(self, about: About, person_id: str, *, erase: bool) -> Block:
        spot = about.spot(person_id)
        done = await self._looking.clear(spot, erase=erase)
        if not isinstance(done, Cleared):
            return notice_view(texts.CLEAR, texts.refused(done, clearing=True))
        line = texts.cleared(person_id, done.messages, erased=done.erased)
        await self._directly.post(spot.channel_id, line, root_ts=self._looking.thread(spot).root_ts)
        return notice_view(texts.CLEAR, texts.CLEARED)

    async def _filled(
        self, trigger_id: str, title: str, content: Content, *, method: str = "views.open"
    ) -> None:
        """Open a modal at once, and fill it when its content is there."""
        view_id = await self._open(trigger_id, notice_view(title, texts.ONE_MOMENT), method)
        await self._fill(view_id, title, await self._told(title, content))

    async def _told(self, title: str, content: Content) -> Block:
        """The content, or that it failed: somebody is looking at an empty modal."""
        try:
            return await content()
        except ConfabError:
            return notice_view(title, texts.FAILED)

    async def _open(self, trigger_id: str, view: Block, method: str = "views.open") -> str:
        opened = await self._calls.write(method, trigger_id=trigger_id, view=view)
        return str((opened.get("view") or {}).get("id", ""))

    async def _fill(self, view_id: str, title: str, view: Block) -> None:
        await fill(self._calls, view_id, view, failed=notice_view(title, NOT_SHOWN))

    async def _show(self, view_id: str, view: Block) -> None:
        await self._calls.write("views.update", view_id=view_id, view=view)


def _not_seen(title: str, reason: NoRight | None) -> Block:
    return notice_view(title, texts.NOTHING_HERE if reason is None else texts.refused(reason))
