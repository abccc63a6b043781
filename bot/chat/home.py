"""What somebody finds at home: their channels, their threads, what they spent. Values, and how they page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.chat.panels import Panels
from bot.chat.setup import Access, Setup
from bot.chat.threads import ThreadKey


@dataclass(frozen=True, slots=True)
class Face:
    """What a home shows of a channel's setup, and what decides who may change it.

    `version` 0 is a channel that has the workspace's default.
    """

    name: str
    icon: str
    version: int
    access: Access


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """A channel that somebody may configure."""

    channel_id: str
    face: Face


@dataclass(frozen=True, slots=True)
class Session:
    """A thread that somebody asked Confab in: its first question, and when they last asked there."""

    thread: ThreadKey
    begins: str = field(repr=False)
    latest: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens, prompts and answers together. Days and months are UTC's."""

    today: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a longer list, counted from 0."""

    channels: tuple[ChannelCard, ...]
    number: int
    of: int
    in_all: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that one person's home shows.

    `defaults` are the workspace's, `mine` what answers in the direct message; None where the person may not
    change them.
    """

    panels: Panels
    channels: Page
    sessions: tuple[Session, ...]
    tokens: Tokens
    defaults: Setup | None = None
    mine: Setup | None = None


def paged(items: Sequence[ChannelCard], number: int, size: int) -> Page:
    """One page; a number past the end is the last one, since channels may have gone in the meantime."""
    pages = max(1, -(-len(items) // size))
    number = min(max(number, 0), pages - 1)
    return Page(tuple(items[number * size : (number + 1) * size]), number, pages, len(items))
