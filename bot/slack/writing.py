"""What the messages of one reply share: where they go, whose turn they are, how they are found again."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.chat.threads import Place, ThreadKey, Us
from bot.chat.turns import Turn
from bot.errors import LeaseLost, SlackUnwilling
from bot.slack.blocks import Block
from bot.slack.calls import Calls
from bot.slack.history import replies_since
from bot.slack.pages import BLOCK_PAGES, STREAM_PAGES, PageLimits
from bot.slack.thinking import Thinking

EVENT_TYPE = "confab_turn"
"""The metadata of every message that Confab leaves in a thread.

One without it, newer than the question of an open turn, is taken for that turn's stream: whatever else comes
to write in threads has to carry metadata, too.
"""

_FALLBACK = 3_000  # Slack recommends at most 4,000 and refuses more in chat.update
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """What Slack does not promise about streams and the operator may have to move; times in seconds.

    A stream was seen to die after five minutes. A start that would have to wait longer than `start_wait`
    for its rate gives way to a message that is edited.
    """

    stream_pages: PageLimits = STREAM_PAGES
    block_pages: PageLimits = BLOCK_PAGES
    life: float = 240.0
    start_wait: float = 2.0


@dataclass(slots=True)
class Writing:
    """One reply's way to Slack. `known` has the ts of every message that a row of the turn names.

    `stopped` is called where Slack says that somebody stopped a message; `meanwhile` is what stands
    under one that is being written and can carry blocks. `drop` hears of what is about to be deleted, as
    Slack tells of that as of any deletion, or is gone; it gives False where people had deleted that. It
    `lost_sight` of a message where a write that had no answer left nothing to be found, or Slack let nobody
    look for it: it may stand there, or come yet.
    """

    calls: Calls
    us: Us
    turn: Turn
    keep: Callable[[str], Awaitable[None]]
    limits: StreamLimits = StreamLimits()
    username: str | None = None
    icon: str | None = None
    clock: Callable[[], float] = time.monotonic
    known: set[str] = field(default_factory=set)
    abandoned: bool = False
    lost_sight: bool = False
    thinking: Thinking | None = None
    stopped: Callable[[], None] = lambda: None
    drop: Callable[[str], Awaitable[bool]] | None = None
    meanwhile: Callable[[], Sequence[Block]] = tuple

    @property
    def thread(self) -> ThreadKey:
        """The thread that the reply goes into."""
        return self.turn.thread

    @property
    def in_channel(self) -> bool:
        """Whether others than the asker may be reading."""
        return self.turn.place is Place.CHANNEL

    async def clear_the_way(self) -> None:
        """To be awaited before every write: what says that an answer will come must not come after it."""
        if self.thinking is not None:
            await self.thinking.end(at_once=self.abandoned)

    def streams(self, *, live: bool) -> None:
        """A stream of this reply has started, or has ended in order."""
        if self.thinking is not None:
            self.thinking.streams(live=live)

    async def rest(self) -> None:
        """Nothing more is written; whoever looks sees that Confab waits for the next question."""
        if self.thinking is not None and self.turn.held() and not self.abandoned:
            await self.thinking.rest()

    def require_held(self, method: str) -> None:
        """To be asked right before every write.

        Raises:
            LeaseLost: the turn may be somebody else's by now, such as after this process was frozen.
            SlackUnwilling: this reply was abandoned.
        """
        if not self.turn.held():
            raise LeaseLost
        if self.abandoned:
            raise SlackUnwilling(method, "abandoned")

    def recipient(self) -> dict[str, str]:
        """Who sees the stream live: mandatory in channels (Slack: chat.startStream)."""
        if not self.in_channel:
            return {}
        return {
            "recipient_user_id": self.turn.recipient_id,
            "recipient_team_id": self.turn.recipient_team_id or self.us.team_id,
        }

    def metadata(self, number: int) -> dict[str, object]:
        """Names the turn and which of its messages this is."""
        return {"event_type": EVENT_TYPE, "event_payload": {"turn": self.turn.id, "part": number}}

    async def named(self, ts: str) -> None:
        """A message of this reply has its ts; raises whatever `keep` does."""
        if ts not in self.known:
            self.known.add(ts)
            await self.keep(ts)

    async def lost_write(self, number: int | None = None) -> str | None:
        """The message of a write whose answer was lost, if it happened: newer than all that is known.

        With a `number` it was posted as that part; without, it is a stream, which has no number yet.
        """
        newest = max(self.known, default="0")
        self.lost_sight, before = True, self.lost_sight
        found = [ts for ts in await self.lost(number) if ts > newest]
        self.lost_sight = before or not found
        return found[-1] if found else None

    async def lost(self, number: int | None = None) -> tuple[str, ...]:
        """Messages of ours in the thread, newer than the question, that no row names and no other turn owns.

        A look at the thread that Slack refuses finds nothing; one that Slack is too busy for, or whose answer
        stays away, raises, as nobody knows then what stands there.
        """
        newest = max((question.ts for question in self.turn.questions), default="0")
        try:
            found = await replies_since(self.calls, self.thread, newest)
        except SlackUnwilling as refused:
            if refused.passing:
                raise
            return ()
        return tuple(
            str(entry["ts"])
            for entry in found
            if str(entry.get("ts", "0")) > newest and self._is_lost(entry, number)
        )

    def _is_lost(self, entry: Mapping[str, Any], number: int | None) -> bool:
        ours = entry.get("bot_id") == self.us.bot_id or entry.get("user") == self.us.user_id
        if not ours or entry.get("ts") in self.known | self.turn.others:
            return False
        metadata = entry.get("metadata") or {}
        if not metadata:
            return number is None  # a stream has none before its stop; what is posted has it at once
        payload = metadata.get("event_payload") or {}
        return (
            metadata.get("event_type") == EVENT_TYPE
            and payload.get("turn") == self.turn.id
            and (number is None or payload.get("part") == number)
        )

    def face(self) -> dict[str, object]:
        """Under whose name and icon a message is posted; Confab's own where nothing is said."""
        return {"username": self.username, "icon_emoji": self.icon}

    def body(self, text: str, number: int, blocks: Sequence[Block]) -> dict[str, object]:
        """The arguments that make a message show these blocks, which say this Markdown."""
        return {
            "text": fallback(text),
            "blocks": list(blocks),
            "metadata": self.metadata(number),
        }


def fallback(text: str) -> str:
    """The text for notifications and screen readers, where Markdown is not read and nothing may be live."""
    escaped = "".join(_ESCAPES.get(character, character) for character in text[:_FALLBACK])
    return escaped if len(escaped) <= _FALLBACK else escaped[: escaped.rfind("&", 0, _FALLBACK)]
