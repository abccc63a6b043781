"""What one person sees of a message at this moment."""

import time
from dataclasses import dataclass, field

from bot.playground.workspace import Message, StreamState
from bot.playground.workspace.messages import JSON


@dataclass(frozen=True, slots=True)
class Seen:
    """A message through one person's eyes. `text` is empty where blocks take its place."""

    text: str = field(repr=False)
    is_markdown: bool
    blocks: tuple[JSON, ...] = field(repr=False)
    is_live: bool = False
    broke_off: bool = False


def seen_by(viewer: str, message: Message) -> Seen:
    """How that person, by id, sees the message.

    While a message streams into a channel its recipient alone reads along; others have its first piece.
    """
    stream = message.stream
    if stream is None:
        text = "" if message.blocks else message.text
        return Seen(text, message.markdown, message.blocks)
    if stream.is_live and stream.recipient not in (None, viewer):
        return Seen(stream.first, is_markdown=True, blocks=(), is_live=True)
    return Seen(
        message.text,
        is_markdown=True,
        blocks=message.blocks,
        is_live=stream.is_live,
        broke_off=stream.state is StreamState.ERRORED,
    )


def is_shown(viewer: str, message: Message) -> bool:
    """Whether that person sees the message at all."""
    return message.ephemeral_to in (None, viewer)


def clock_time(ts: str) -> str:
    """The time of day of a timestamp, as `14:05`."""
    return time.strftime("%H:%M", time.localtime(float(ts)))


def follows_on(message: Message, before: Message | None) -> bool:
    """Whether it continues what its author just said, so that the name need not stand there again."""
    return (
        before is not None
        and before.user == message.user
        and before.face == message.face
        and not before.is_tombstone
        and not message.is_tombstone
        and (before.ephemeral_to is None) == (message.ephemeral_to is None)
        and float(message.ts) - float(before.ts) < 300
    )
