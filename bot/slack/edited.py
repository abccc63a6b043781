"""A part of a reply as an ordinary message: posted, then edited in place."""

from collections.abc import Mapping, Sequence

from bot.errors import SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.calls import RateLimited, ResponseLost
from bot.slack.plainer import UNSHOWABLE, Form, blocks_of
from bot.slack.writing import Writing

_TRIES = 3
_GONE = frozenset({"message_not_found"})
STOPPED_BY_USER = "stopped_by_user"
_ENDED = frozenset({"message_not_in_streaming_state", STOPPED_BY_USER})


class EditedPart:
    """One message in the thread that shows one page, in the end with a row of blocks under it.

    `shown` is what certainly stands there; None where nobody knows. A message that an earlier attempt left
    is `adopted`: if it is gone and nobody was heard to delete it, its page is posted anew. One that people
    deleted under our eyes stays gone.
    """

    def __init__(
        self, writing: Writing, number: int, *, ts: str | None = None, adopted: bool = False
    ) -> None:
        self.ts = ts
        self.shown: str | None = None
        self._under: tuple[Block, ...] = ()
        self._writing = writing
        self._number = number
        self._adopted = adopted
        self._gone = False
        self._form = Form.MARKDOWN

    @property
    def method(self) -> str:
        """The call that the next `show` makes; its turn is the caller's to take."""
        return "chat.update" if self.ts else "chat.postMessage"

    def stands(self, text: str, under: Sequence[Block] = ()) -> bool:
        """Whether the message shows that text, with those blocks, and nothing more is to come."""
        return self._gone or (self.shown == text and self._under == tuple(under))

    async def show(self, text: str) -> None:
        """Show an unfinished page, with one call.

        Raises:
            RateLimited: it did not happen; try again in turn.
            SlackUnwilling: Slack does not take it.
        """
        await self._put(text, self._writing.meanwhile(), final=False)

    async def settle(self, text: str, under: Sequence[Block] = ()) -> None:
        """Make the message stand as it is to stay.

        Raises:
            SlackUnwilling: Slack does not take it, or nobody knows whether it did.
        """
        for _ in range(_TRIES):
            await self._put(text, under, final=True)
            if self.stands(text, under):
                return
        raise ResponseLost(self.method)

    async def remove(self) -> None:
        """Take the message away: the reply turned out shorter than what an earlier attempt had shown."""
        if self.ts and not self._gone:
            if self._writing.drop is not None:
                await self._writing.drop(self.ts)
            try:
                await self._call("chat.delete", {"ts": self.ts}, final=True)
            except SlackUnwilling as refused:
                if refused.code not in _GONE:
                    raise

    async def _put(self, text: str, under: Sequence[Block], *, final: bool) -> None:
        if EditedPart.stands(self, text, under):
            return
        try:
            if self.ts is None:
                await self._post(text, under, final=final)
            else:
                await self._update(text, under, final=final)
        except SlackUnwilling as refused:
            plainer = self._form.next(text) if refused.code in UNSHOWABLE else None
            if plainer is None:
                raise
            self._form = plainer
            await self._put(text, under, final=final)

    async def _post(self, text: str, under: Sequence[Block], *, final: bool) -> None:
        writing = self._writing
        arguments: dict[str, object] = {
            **writing.body(text, self._number, blocks_of(text, self._form, under)),
            "thread_ts": writing.thread.root_ts,
            "unfurl_links": False,
            "unfurl_media": False,
            **writing.face(),
        }
        try:
            ts = await self._call("chat.postMessage", arguments, final=final)
        except RateLimited:
            raise
        except ResponseLost:
            found = await writing.lost_write(self._number)
            if found is None:
                return
            ts = found
        self.ts = ts
        self.shown, self._under = text, tuple(under)
        await writing.named(ts)

    async def _update(self, text: str, under: Sequence[Block], *, final: bool) -> None:
        arguments = {
            **self._writing.body(text, self._number, blocks_of(text, self._form, under)),
            "ts": self.ts,
            "parse": "none",
            "link_names": False,
        }
        self.shown, before = None, self.shown
        try:
            await self._call("chat.update", arguments, final=final)
        except RateLimited:
            self.shown = before
            raise
        except ResponseLost:
            return
        except SlackUnwilling as refused:
            await self._refused(refused)
            return
        self.shown, self._under = text, tuple(under)

    async def _refused(self, refused: SlackUnwilling) -> None:
        if refused.code == "streaming_state_conflict":
            await self.end_stream()
        elif refused.code in _GONE and self._adopted and await self._nobody_deleted():
            self.ts, self._adopted = None, False
        elif refused.code in _GONE:
            self._gone = True
        else:
            raise refused

    async def _nobody_deleted(self) -> bool:
        """Whether no deletion by people was heard of; one told of late is then none of the answer's."""
        return self.ts is None or self._writing.drop is None or await self._writing.drop(self.ts)

    async def end_stream(self, last: str = "", under: Sequence[Block] = ()) -> bool:
        """Stop the stream that this message may still be; only a stopped one can be edited or deleted.

        Whether Slack did, and took the last words and the blocks with it. Nobody knows where it raises.
        """
        arguments = {
            "ts": self.ts,
            "markdown_text": last or None,
            "blocks": list(under) or None,
            "metadata": self._writing.metadata(self._number),
        }
        try:
            await self._call("chat.stopStream", arguments, final=True)
        except SlackUnwilling as refused:
            if refused.code in _ENDED:
                return False
            # It may still stream. As Slack takes an edit of a stopped one only, an edit is to make sure.
            self.shown = None
            if last and refused.passing:
                raise
            if last:
                await self.end_stream()  # there may be no room for more words
            return False
        self._writing.streams(live=False)
        return True

    async def _call(self, method: str, arguments: Mapping[str, object], *, final: bool) -> str:
        await self._writing.clear_the_way()
        held = self._writing.require_held
        calls, channel = self._writing.calls, self._writing.thread.channel_id
        if final:
            response = await calls.write(method, channel=channel, final=True, allow=held, **arguments)
        else:
            held(method)
            response = await calls.once(method, {"channel": channel, **arguments})
        ts = response.get("ts") or arguments.get("ts")
        if not isinstance(ts, str):
            raise ResponseLost(method)
        return ts
