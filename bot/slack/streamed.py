"""A part of a reply as one of Slack's streams: started, appended to, stopped; edited where it dies."""

from collections.abc import Sequence

from bot.errors import SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.calls import RateLimited, ResponseLost
from bot.slack.edited import STOPPED_BY_USER, EditedPart
from bot.slack.writing import Writing

_NEVER = frozenset(
    {
        "unknown_method",
        "not_allowed",
        "not_authorized",
        "missing_scope",
        "not_allowed_token_type",
        "method_deprecated",
        "feature_not_enabled",
        "team_access_not_granted",
    }
)
_NOWHERE = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "thread_not_found",
        "invalid_auth",
        "token_revoked",
        "account_inactive",
    }
)


class NoStream(Exception):
    """Slack does not stream this message; `ever` says that the workspace streams none at all."""

    def __init__(self, *, ever: bool) -> None:
        super().__init__()
        self.ever = ever


class StreamedPart(EditedPart):
    """One stream that shows one page.

    Whatever ends the stream early (age, length, a lost answer), the message stays and is edited from then on.
    """

    def __init__(self, writing: Writing, number: int) -> None:
        super().__init__(writing, number)
        self._live = False
        self._doubtful = False
        self._started = 0.0

    @property
    def method(self) -> str:
        """The call that the next `show` makes; its turn is the caller's to take."""
        if self.ts is None:
            return "chat.startStream"
        return "chat.appendStream" if self._appendable else "chat.update"

    @property
    def _appendable(self) -> bool:
        young = self._writing.clock() - self._started < self._writing.limits.life
        return self._live and young and not self._doubtful

    def stands(self, text: str, under: Sequence[Block] = ()) -> bool:
        """Whether the stream has ended with that text and those blocks."""
        return not self._live and super().stands(text, under)

    async def show(self, text: str) -> None:
        """Show an unfinished page, with one call.

        Raises:
            NoStream: nothing stands there; another kind of part is needed.
            RateLimited: it did not happen; try again in turn.
            SlackUnwilling: Slack does not take it.
        """
        if self.ts is None:
            await self._start(text)
        elif self._appendable and self.shown is not None and text.startswith(self.shown):
            await self._append(text)
        else:
            await self._end()
            await super().show(text)

    async def settle(self, text: str, under: Sequence[Block] = ()) -> None:
        """End the stream with its last words, or edit what it left."""
        if self._live and not self._doubtful and self.shown is not None and text.startswith(self.shown):
            await self._stop_with(text, under)
        if self._live:
            await self._end()
        await super().settle(text, under)

    async def _start(self, text: str) -> None:
        writing = self._writing
        arguments = {
            "thread_ts": writing.thread.root_ts,
            "markdown_text": text,
            **writing.face(),
            **writing.recipient(),
        }
        try:
            ts = await self._call("chat.startStream", arguments, final=False)
        except RateLimited:
            raise
        except ResponseLost:
            await self._look_for_start()
            return
        except SlackUnwilling as refused:
            if refused.code in _NOWHERE:
                raise
            raise NoStream(ever=refused.code in _NEVER) from None
        self.ts, self.shown = ts, text
        self._live, self._started = True, self._writing.clock()
        writing.streams(live=True)
        await writing.named(ts)

    async def _look_for_start(self) -> None:
        """A stream takes no metadata at its start: ours is the message that no row names."""
        found = await self._writing.lost_write()
        if found is None:
            raise NoStream(ever=False)
        self.ts = found
        self._live = self._doubtful = True
        self._writing.streams(live=True)
        await self._writing.named(found)

    async def _append(self, text: str) -> None:
        before = self.shown or ""
        try:
            await self._call(
                "chat.appendStream", {"ts": self.ts, "markdown_text": text[len(before) :]}, final=False
            )
        except RateLimited:
            raise
        except ResponseLost:
            self.shown, self._doubtful = None, True
        except SlackUnwilling as refused:
            self._refused_to_stream(refused)
        else:
            self.shown = text

    def _refused_to_stream(self, refused: SlackUnwilling) -> None:
        """What somebody stopped has ended, and can be edited; otherwise the stream may be live."""
        self._doubtful = True
        if refused.code == STOPPED_BY_USER:
            self._live = False
            self._writing.stopped()

    async def _stop_with(self, text: str, under: Sequence[Block]) -> None:
        """The last words and the row travel with the stop: one call less than appending them."""
        rest = text[len(self.shown or "") :]
        arguments = {
            "ts": self.ts,
            "markdown_text": rest or None,
            "blocks": list(under) or None,
            "metadata": self._writing.metadata(self._number),
        }
        try:
            await self._call("chat.stopStream", arguments, final=True)
        except ResponseLost:
            self.shown = text if not rest else None
            self._doubtful = True
        except SlackUnwilling as refused:
            self._refused_to_stream(refused)
        else:
            self.shown, self._under, self._live = text, tuple(under), False
            self._writing.streams(live=False)

    async def _end(self) -> None:
        if self._live:
            self._live = False
            await self.end_stream()
