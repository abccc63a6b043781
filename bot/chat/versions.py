"""Versions of a setup, and the drafts that become one."""

from dataclasses import dataclass, replace

from bot.chat.setup import ChannelSettings, Example, Persona, Setup

WORKSPACE = "*"
"""In place of a channel's id: the setup of every channel that has none of its own."""


@dataclass(frozen=True, slots=True)
class Version:
    """One published change: what the setup became, by whom, when (seconds since 1970).

    `restored` is the number of the version that it brought back.
    """

    setup: Setup
    by: str
    at: float
    restored: int | None = None


@dataclass(frozen=True, slots=True)
class DraftKey:
    """A draft belongs to one person and one channel (or WORKSPACE) of one team."""

    team_id: str
    channel_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is changing and has not published. `setup.version` is the version it began from.

    `revision` is 0 before the first save and changes with every one: an old view's submission cannot undo a
    newer one unseen. What is only noted while it is typed leaves it as it is.
    """

    key: DraftKey
    setup: Setup
    revision: int = 0

    @property
    def mark(self) -> str:
        """What a view keeps, to say with its submission which draft it showed."""
        return f"{self.setup.version}.{self.revision}"

    def with_persona(self, persona: Persona) -> "Draft":
        """The draft with another persona."""
        return replace(self, setup=replace(self.setup, persona=persona))

    def with_settings(self, settings: ChannelSettings) -> "Draft":
        """The draft with other settings."""
        return replace(self, setup=replace(self.setup, settings=settings))

    def with_examples(self, examples: tuple[Example, ...]) -> "Draft":
        """The draft with other examples."""
        return self.with_persona(replace(self.setup.persona, examples=examples))


@dataclass(frozen=True, slots=True)
class LibraryPersona:
    """A persona to choose from: built in (`id` a name, `ours` False) or the workspace's own.

    `revision` rises with every change of one that is the workspace's own.
    """

    id: str
    persona: Persona
    ours: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True)
class ListedPersona:
    """A persona as a list shows it."""

    id: str
    name: str
    icon: str = ""
    ours: bool = False
