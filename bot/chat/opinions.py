"""Answers that people have an opinion of, and how a version did."""

from dataclasses import dataclass, field

from bot.chat.threads import Place, ThreadKey

LONGEST_WORD = 500
"""Characters of what somebody may add to a thumb."""


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """One of Confab's answers as it stands in Slack.

    `parts` are the ts of its messages, oldest first, `askers` wrote its questions. `open`: it is not done.
    `setup_version` is None where nothing was kept of how it was made, such as of a failure; `gone`: its text
    was deleted or cleared.
    """

    turn_id: int
    thread: ThreadKey
    place: Place
    askers: frozenset[str]
    parts: tuple[str, ...]
    setup_version: int | None
    open: bool
    gone: bool


@dataclass(frozen=True, slots=True)
class Thumb:
    """One person's opinion of an answer, with the word that they gave to it."""

    liked: bool
    word: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Rated:
    """How many rated answers of one version, how many of them liked theirs, and how many added a word."""

    liked: int
    of: int
    words: int = 0

    @property
    def percent(self) -> int:
        """The share, rounded; 100 and 0 are kept for all and none."""
        if self.liked in (0, self.of):
            return 100 if self.liked else 0
        return min(99, max(1, round(100 * self.liked / self.of)))


@dataclass(frozen=True, slots=True)
class Said:
    """A word that somebody added to a thumb; who it was is not told.

    `at` in seconds since 1970; `ts` is the answer's first message, empty where it stands no more.
    """

    liked: bool
    text: str = field(repr=False)
    at: float
    thread: ThreadKey
    ts: str = ""
