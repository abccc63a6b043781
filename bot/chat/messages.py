"""Messages as they arrive, and as a conversation keeps them."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.chat.threads import Place, ThreadKey


class Role(StrEnum):
    """Who speaks in a prompt: the three roles that ChatML documents."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said in a prompt, before any rendering."""

    role: Role
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message event from Slack, translated and not yet judged.

    `text` is what a model should read: Slack's encoding undone, Confab's own mention taken out.
    `opens_with` holds whom the message begins by mentioning, in order: ids of people and of user groups, or
    "here", "channel", "everyone".
    """

    channel_id: str
    place: Place
    ts: str
    thread_ts: str | None
    author_id: str | None
    bot_id: str | None
    subtype: str | None
    text: str = field(repr=False)
    opens_with: tuple[str, ...] = ()
    mentions: frozenset[str] = frozenset()
    author_team_id: str | None = None

    @property
    def in_thread(self) -> bool:
        """Whether it was written under another message; a root may carry its own ts as thread_ts."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class Edited:
    """A message whose text was changed in Slack; `author_id` wrote the message.

    `edited_ts` is the edit's own timestamp, empty where Slack named none: an older edit may arrive later.
    """

    channel_id: str
    ts: str
    author_id: str | None
    bot_id: str | None
    text: str = field(repr=False)
    edited_ts: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message that is gone from Slack, a root that became a tombstone included."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Question:
    """A message for Confab, on its way into the book. An empty text is a bare mention."""

    thread: ThreadKey
    place: Place
    ts: str
    author_id: str
    author_team_id: str | None
    mentioned: bool
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message. `tokens` is its ChatML size in `encoding`; None until it was counted.

    A deleted one keeps its place with an empty text, so that a redelivery cannot bring it back. `edited`, in
    an answer that is shown: its text is another one than was sent.
    """

    id: int
    role: Role
    author_id: str
    ts: str
    text: str = field(repr=False)
    tokens: int | None = None
    encoding: str | None = None
    deleted: bool = False
    edited: bool = False

    @property
    def utterance(self) -> Utterance:
        """The message as a prompt says it."""
        return Utterance(self.role, self.text)


@dataclass(frozen=True, slots=True)
class Past:
    """The last messages of a conversation, oldest first; `earlier` is how many came before them."""

    messages: tuple[Message, ...] = ()
    earlier: int = 0

    @property
    def total(self) -> int:
        """How many messages the conversation has in all."""
        return self.earlier + len(self.messages)
