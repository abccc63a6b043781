"""Messages as they arrive, and as a conversation keeps them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.chat.shared_files import KeptFile, Picture, SharedFile
from bot.chat.threads import Place, ThreadKey

MessageKey: TypeAlias = tuple[str, str]
"""Channel and ts, which name a message within its workspace."""


class Role(StrEnum):
    """Who speaks in a prompt: the three roles that ChatML documents."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said in a prompt, before any rendering, with the pictures that go with it."""

    role: Role
    text: str = field(repr=False)
    pictures: tuple[Picture, ...] = ()


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
    files: tuple[SharedFile, ...] = ()

    @property
    def in_thread(self) -> bool:
        """Whether it was written under another message; a root may carry its own ts as thread_ts."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def root_ts(self) -> str:
        """The ts of the message whose thread it is in, or would begin: its own unless under another."""
        return self.thread_ts or self.ts


@dataclass(frozen=True, slots=True)
class Edited:
    """A message whose text was changed in Slack, or that lost files; `author_id` wrote the message.

    `edited_ts` is the edit's own timestamp, empty where Slack named none: an older edit may arrive later.
    `gone_files` are the ids of files that people deleted from it.
    """

    channel_id: str
    ts: str
    author_id: str | None
    bot_id: str | None
    text: str = field(repr=False)
    edited_ts: str = ""
    gone_files: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message that is gone from Slack, a root that became a tombstone included.

    `at` is when it was deleted, by Slack's clock; empty where Slack named no time.
    """

    channel_id: str
    ts: str
    at: str = ""


def key_of(message: Heard | Edited | Deleted) -> MessageKey:
    """The message itself, however often it is told of."""
    return message.channel_id, message.ts


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question that was changed after it had been taken up; nothing was asked in its thread since."""

    thread: ThreadKey
    ts: str
    author_id: str


Amended: TypeAlias = bool | Reworded
"""What an edit or a deletion came to; False where it concerned no message of ours."""


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
    files: tuple[SharedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message. `tokens` is its ChatML size in `encoding`; None until it was counted.

    A deleted one keeps its place with an empty text, so that a redelivery cannot bring it back. `edited`, in
    an answer that is shown: its text is another one than was sent. `author_name` is a bot's own name for
    itself; people's are asked for.
    """

    id: int
    role: Role
    author_id: str
    ts: str
    text: str = field(repr=False)
    tokens: int | None = None
    encoding: str | None = None
    deleted: bool = False
    files: tuple[KeptFile, ...] = ()
    edited: bool = False
    author_name: str = field(default="", repr=False)

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
