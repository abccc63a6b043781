"""One answer on its way into a thread: buffered here, shown as fast as Slack's rates allow."""

import asyncio
from collections.abc import Callable, Sequence

from bot.chat.characters import is_visible, legible
from bot.errors import AnswerEmpty, SlackUnwilling
from bot.slack.answer_row.row import answer_row, failed_row
from bot.slack.blocks import Block
from bot.slack.calls import UNREACHABLE, RateLimited
from bot.slack.edited import EditedPart
from bot.slack.fences import with_note
from bot.slack.first_words import are_worth_showing
from bot.slack.half import leave
from bot.slack.mentions import Neutraliser, neutralised
from bot.slack.pacing import Pacing
from bot.slack.pages import Page, pages, worded
from bot.slack.streamed import NoStream, StreamedPart
from bot.slack.takeover import sweep, take_back, take_over
from bot.slack.wide_tables import showable
from bot.slack.writing import Writing

_LAST_CALL = 1.0
_SETTLING = 0.25  # seconds in which an answer often ends; its row then needs no edit of its own


class ThreadReply:
    """Implements `bot.chat.ports.Reply`.

    One task does all the showing while the model is read. `streams_may_start` is asked before each stream:
    whether the workspace streams at all, and whether a start is free soon enough.

    The pages of the whole answer are what stands in the thread at the end, whatever happened on the way.
    """

    def __init__(
        self, writing: Writing, streams_may_start: Callable[[], bool], never_stream: Callable[[], None]
    ) -> None:
        self._writing = writing
        self._governor = writing.calls.governor
        self._streams_may_start = streams_may_start
        self._never_stream = never_stream
        self._limits = writing.limits.block_pages
        self._parts: list[EditedPart] | None = None
        self._neutraliser = Neutraliser()
        self._unread: list[str] = []
        self._said = ""
        self._showing: asyncio.Task[None] | None = None
        self._pause: asyncio.Task[None] | None = None
        self._more = asyncio.Event()
        self._end = asyncio.Event()
        self._pacing = Pacing(self._governor)
        self._flushed = float("-inf")
        self._words_shown = False

    def think(self, title: str = "") -> None:
        """Let people see that somebody is at it."""
        if self._writing.thinking is not None and self._showing is None:
            self._writing.thinking.begin(title)

    def write(self, text: str) -> None:
        """Take more of the answer; returns at once."""
        if self._end.is_set():
            return
        self._unread.append(text)
        self._more.set()
        if self._showing is None:
            self._showing = asyncio.create_task(self._show())

    async def finish(self, answer: str, *, note: str = "", cut: bool = False) -> None:
        """Let the whole answer stand in the thread; one that nobody could see gives way to a sentence.

        Raises:
            SlackUnwilling: Slack does not take it; whoever claims the turn next goes on from here.
        """
        await self._stop_showing()
        text = neutralised(legible(answer))
        if not is_visible(text):
            text = AnswerEmpty().sentence
        await self._settle(with_note(text, neutralised(note)) if note else text, answer_row(cut=cut))

    async def fail(
        self, sentence: str, *, redact: bool = False, offers_larger: bool = False, offers_again: bool = False
    ) -> None:
        """Let the sentence stand under what was shown, or alone; raises as `finish` does."""
        await self._stop_showing()
        self._take_in()
        said = self._said + self._neutraliser.end()
        under = said if self._words_shown and not redact else ""
        text = with_note(under, sentence) if under else sentence
        await self._settle(text, failed_row(larger=offers_larger, again=offers_again))

    async def leave(self, note: str) -> str | None:
        """Let what an earlier attempt showed stand as it is, under a note; raises as `finish` does."""
        await self._stop_showing()
        half = await leave(self._writing, note, answer_row())
        if half is not None:
            await self._writing.rest()
        return half

    async def withdraw(self) -> None:
        """Delete whatever an earlier attempt left in the thread; raises as `finish` does."""
        await take_back(self._writing)

    async def abandon(self) -> None:
        """End without another call; one under way gets a second, so that its message is not lost sight of."""
        self._end.set()
        self._writing.abandoned = True
        await self._writing.clear_the_way()
        if self._pause is not None:
            self._pause.cancel()
        if self._showing is not None:
            self._more.set()
            await asyncio.wait({self._showing}, timeout=_LAST_CALL)
            self._showing.cancel()
            await asyncio.gather(self._showing, return_exceptions=True)
        self._pacing.end()

    async def _show(self) -> None:
        """Show what is there, as often as the rates allow, until the reply ends."""
        while not self._end.is_set():
            await self._more.wait()
            self._more.clear()
            while not self._end.is_set() and await self._show_next():
                pass

    async def _show_next(self) -> bool:
        """Bring one message forward; False if there is nothing to show."""
        parts = await self._begin()
        for number, page, last in self._so_far():
            part = parts[number] if number < len(parts) else None
            if part is not None and (part.shown == page.text if last else part.stands(page.text)):
                continue
            if part is not None and not last:
                await part.settle(page.text)
                return True
            begins_in_public = part is None and last and self._writing.in_channel
            if begins_in_public and not are_worth_showing(page.text):
                return False
            return await self._show_page(number)
        return False

    async def _show_page(self, number: int) -> bool:
        """Wait for the turn of the next call, then show the page as it stands by then."""
        parts = await self._begin()
        if number == len(parts):
            parts.append(self._new_part(number))
        part = parts[number]
        if part.method == "chat.startStream" and not self._streams_may_start():
            part = parts[number] = EditedPart(self._writing, number)
        try:
            if not await self._ready(part):
                return False
            page = self._so_far()[number][1]
            await part.show(page.text)
        except RateLimited:
            return True
        except SlackUnwilling as refused:
            if refused.code != UNREACHABLE:
                raise
            await self._governor.sleep(_LAST_CALL)
            return True
        except NoStream as refused:
            if refused.ever:
                self._never_stream()
            parts[number] = EditedPart(self._writing, number)
            return True
        self._words_shown = True
        self._flushed = self._writing.clock()
        return True

    async def _ready(self, part: EditedPart) -> bool:
        """Wait until the call may go; False if the reply ended, which cuts no call under way short."""
        method = part.method
        self._pacing.by(method)
        self._pause = asyncio.create_task(self._await_turn(method))
        try:
            await asyncio.wait({self._pause})
        finally:
            self._pause.cancel()
        if self._pause.cancelled():
            return False
        self._pause.result()
        if ended := self._end.is_set():
            self._governor.unused(method, self._writing.thread.channel_id)
        return not ended

    async def _await_turn(self, method: str) -> None:
        pause = 0.0 if method.endswith("Stream") else _SETTLING
        if method in {"chat.appendStream", "chat.update"}:
            pause = max(pause, self._flushed + self._governor.spacing(method) - self._writing.clock())
        await self._governor.sleep(pause)
        if method == "chat.startStream" and not self._streams_may_start():
            raise NoStream(ever=False)  # others were faster: it would be long before this one's turn
        await self._governor.turn(method, self._writing.thread.channel_id)

    def _take_in(self) -> None:
        """What was written since the last look; once a flush, as a piece may be a single letter."""
        self._said += self._neutraliser.feed(legible("".join(self._unread)))
        self._unread.clear()

    def _so_far(self) -> list[tuple[int, Page, bool]]:
        self._take_in()
        found = worded(pages(showable(self._said, complete=False), self._limits, complete=False))
        return [(number, page, number == len(found) - 1) for number, page in enumerate(found)]

    async def _begin(self) -> list[EditedPart]:
        """The messages so far; at first those that an earlier attempt left."""
        if self._parts is None:
            self._parts = await take_over(self._writing)
            if not self._parts and self._streams_may_start():
                self._limits = self._writing.limits.stream_pages
        return self._parts

    def _new_part(self, number: int) -> EditedPart:
        streams = self._limits is self._writing.limits.stream_pages and self._streams_may_start()
        return StreamedPart(self._writing, number) if streams else EditedPart(self._writing, number)

    async def _stop_showing(self) -> None:
        """No more progress. What Slack did not take so far is tried again with the whole text."""
        self._end.set()
        self._more.set()
        if self._pause is not None:
            self._pause.cancel()
        if self._showing is not None:
            await asyncio.wait({self._showing})
            error = self._showing.exception()
            if error is not None and not isinstance(error, SlackUnwilling):
                raise error

    async def _settle(self, text: str, row: Sequence[Block]) -> None:
        """Make the pages of this text what stands in the thread, the row under the last of them."""
        try:
            parts = await self._begin() if self._parts is None else self._parts
            wanted = worded(pages(showable(text), self._limits))
            for number, page in enumerate(wanted):
                if number == len(parts):
                    parts.append(EditedPart(self._writing, number))
                await parts[number].settle(page.text, row if number == len(wanted) - 1 else ())
            for surplus in parts[len(wanted) :]:
                await surplus.remove()
            del parts[len(wanted) :]
            await sweep(self._writing)
            await self._writing.rest()
        finally:
            self._pacing.end()
