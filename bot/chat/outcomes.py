"""What came of changing a setup: done, or the reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.chat.changes import Change
from bot.chat.rights import NoRight
from bot.chat.setup import Setup
from bot.chat.versions import Draft, Version


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """This person may not."""

    reason: NoRight


@dataclass(frozen=True, slots=True)
class Refused:
    """What was given cannot be taken: a field's key to a sentence that names the reason and the range."""

    fields: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """The draft as it is kept now."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Stale:
    """The view was older than the draft, and nothing was changed; here is the draft as it stands."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Opened:
    """What somebody sees who opens a channel's setup.

    `right` None: they may change it. Otherwise the reason why not; then `draft` is what is published, and
    where `readable` is False without system message, examples and greeting. `newest` is what is published
    now: where its version is above the draft's, somebody published meanwhile.
    """

    draft: Draft
    newest: Setup
    right: NoRight | None = None
    readable: bool = True

    @property
    def overtaken(self) -> bool:
        """Whether somebody published after this draft was begun."""
        return self.newest.version > max(self.draft.setup.version, 0)

    @property
    def changed(self) -> bool:
        """Whether the draft has anything to publish."""
        return not self.draft.setup.same_as(self.newest)


@dataclass(frozen=True, slots=True)
class Published:
    """One more version: what the channel had, and what it has now, with its number."""

    before: Setup
    after: Setup


@dataclass(frozen=True, slots=True)
class Unchanged:
    """There was nothing to publish: what is published is the same already."""

    setup: Setup


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody published meanwhile; nothing was published over it, and the draft is kept."""

    newest: Version


@dataclass(frozen=True, slots=True)
class OnTop:
    """The draft began from the newest version now. `both` names what both changed: there it has one's own."""

    draft: Draft
    both: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """What was asked for (a version, a persona) is not there, or not any more."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A version, and what it changed in the one before it."""

    version: Version
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Versions, newest first; `older` goes on with the next page, None after the last."""

    entries: tuple[HistoryEntry, ...]
    older: int | None = None


Edit: TypeAlias = Done | Stale | NotAllowed | Refused
Publication: TypeAlias = Published | Unchanged | Overtaken | Stale | NotAllowed | Refused
Rebasing: TypeAlias = OnTop | Stale | Gone | NotAllowed
Restoration: TypeAlias = Published | Unchanged | Overtaken | Gone | NotAllowed
