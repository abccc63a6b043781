"""What is written in a channel, and the life of a streamed message."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

JSON = dict[str, Any]


class StreamState(Enum):
    """A streamed message runs until it is stopped, or until Slack gives it up."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    ERRORED = "errored"


@dataclass(frozen=True, slots=True)
class Stream:
    """The streaming side of a message.

    `first` is what people other than the recipient see until the end. `mode` is the argument that carried the
    first text (`markdown_text` or `chunks`), which every later call has to use too.
    """

    state: StreamState
    started: float
    recipient: str | None
    first: str = field(default="", repr=False)
    mode: str | None = None
    stopped_by_user: bool = False
    tasks: tuple[JSON, ...] = field(default=(), repr=False)
    plan: str | None = field(default=None, repr=False)

    @property
    def is_live(self) -> bool:
        """Whether it still takes text."""
        return self.state is StreamState.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class File:
    """A file shared with a message, or put into a modal. Its content, if any, is in `Workspace.files`.

    `alt` says what a picture shows.
    """

    id: str
    name: str
    mimetype: str
    size: int
    url: str = ""
    title: str = ""
    owner: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """One emoji on a message and who put it there."""

    name: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """The name and icon that a message carries instead of its app's own."""

    name: str | None = None
    emoji: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the workspace keeps it.

    `text` is in Slack's encoding (`<@U..>`, `&amp;`), or standard Markdown where `markdown` is set.
    `thread_ts` is set on replies only. With `ephemeral_to` only that person sees it. `links_names` is set
    where Slack would also bring a bare `@channel` in the text to life.
    """

    channel: str
    ts: str
    user: str | None
    text: str = field(repr=False)
    thread_ts: str | None = None
    subtype: str | None = None
    blocks: tuple[JSON, ...] = field(default=(), repr=False)
    attachments: tuple[JSON, ...] = field(default=(), repr=False)
    metadata: JSON | None = field(default=None, repr=False)
    bot_id: str | None = None
    app_id: str | None = None
    face: Face | None = None
    files: tuple[File, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    edited_by: str | None = None
    edited_ts: str | None = None
    ephemeral_to: str | None = None
    markdown: bool = False
    links_names: bool = False
    stream: Stream | None = None
    client_msg_id: str | None = None
    inviter: str | None = None

    @property
    def root_ts(self) -> str:
        """The thread it stands in: its own ts unless it is a reply."""
        return self.thread_ts or self.ts

    @property
    def is_tombstone(self) -> bool:
        """Whether it only marks the place of a deleted message that has replies."""
        return self.subtype == "tombstone"

    @property
    def shows_in_channel(self) -> bool:
        """Whether it is seen outside its thread."""
        return self.thread_ts is None or self.subtype == "thread_broadcast"
