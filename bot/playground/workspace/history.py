"""The messages of all channels, in order, and the timestamps that name them."""

from collections.abc import Callable

from bot.playground.workspace.changes import Change, ChangeFeed
from bot.playground.workspace.messages import Message


class History:
    """Every message by channel and ts, with its threads.

    Args:
        clock: seconds since the epoch.
        changes: hears of every message that is added, replaced or removed.
    """

    def __init__(self, clock: Callable[[], float], changes: ChangeFeed) -> None:
        self._clock = clock
        self._changes = changes
        self._last_micros = 0
        self._messages: dict[tuple[str, str], Message] = {}
        self._threads: dict[tuple[str, str], list[str]] = {}
        self._channels: dict[str, list[str]] = {}

    def mint_ts(self) -> str:
        """A timestamp later than every one before, as Slack writes them: seconds, a point, six digits."""
        self._last_micros = max(int(self._clock() * 1_000_000), self._last_micros + 1)
        seconds, micros = divmod(self._last_micros, 1_000_000)
        return f"{seconds:010d}.{micros:06d}"

    def add(self, message: Message) -> Message:
        """Keep a new message."""
        self._messages[message.channel, message.ts] = message
        self._channels.setdefault(message.channel, []).append(message.ts)
        if message.thread_ts is not None:
            self._threads.setdefault((message.channel, message.thread_ts), []).append(message.ts)
        self._tell("message", message)
        return message

    def replace(self, message: Message) -> Message:
        """Keep a changed message in the place of the one with its ts."""
        self._messages[message.channel, message.ts] = message
        self._tell("message", message)
        return message

    def remove(self, message: Message) -> None:
        """Forget a message altogether."""
        del self._messages[message.channel, message.ts]
        self._channels[message.channel].remove(message.ts)
        if message.thread_ts is not None:
            self._threads[message.channel, message.thread_ts].remove(message.ts)
        self._tell("removed", message)

    def get(self, channel: str, ts: str) -> Message | None:
        """The message of that channel and ts."""
        return self._messages.get((channel, ts))

    def replies(self, channel: str, root_ts: str) -> tuple[Message, ...]:
        """The answers under that message that everybody may see, oldest first."""
        found = (self._messages[channel, ts] for ts in self._threads.get((channel, root_ts), ()))
        return tuple(message for message in found if message.ephemeral_to is None)

    def reply_count(self, channel: str, root_ts: str) -> int:
        """How many answers stand under that message."""
        return len(self.replies(channel, root_ts))

    def thread(self, channel: str, root_ts: str) -> tuple[Message, ...]:
        """A thread with its root, ephemeral messages included, oldest first."""
        root = self._messages.get((channel, root_ts))
        found = (self._messages[channel, ts] for ts in self._threads.get((channel, root_ts), ()))
        return ((root,) if root else ()) + tuple(found)

    def channel(self, channel: str) -> tuple[Message, ...]:
        """All messages of a channel, threads and ephemeral ones included, oldest first."""
        return tuple(self._messages[channel, ts] for ts in self._channels.get(channel, ()))

    def everything(self) -> tuple[Message, ...]:
        """All messages of all channels, in the order in which they came."""
        return tuple(self._messages.values())

    def _tell(self, what: str, message: Message) -> None:
        self._changes.tell(Change(what, message.channel, message.ts, message.thread_ts))
