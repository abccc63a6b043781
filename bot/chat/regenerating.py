"""Another answer in the place of the latest one: the turn runs once more, under a lease like any other."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.chat.threads import ThreadKey


class NotAgain(StrEnum):
    """Why an answer is not given again."""

    OLDER = "the conversation has gone on"
    UNDER_WAY = "it is being given right now"
    AT_IT = "another one is being given right now"
    GONE = "it was deleted or cleared"
    WHOLE = "it was not cut, so it does not go on"


@dataclass(frozen=True, slots=True)
class Replaceable:
    """A turn whose answer may be given again, and who wrote its questions."""

    turn_id: int
    thread: ThreadKey
    askers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rerun:
    """Why a turn runs again: `person_id` wanted it, after so many claims.

    `goes_on`: the answer that stands there is to go on where it was cut; else another one takes its place.
    """

    person_id: str
    attempts: int
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """An answer that stood where another one stands now; `replaced_at` in seconds since 1970."""

    number: int
    text: str = field(repr=False)
    deployment: str
    setup_version: int
    finish: str
    tokens: int
    replaced_at: float
    replaced_by: str
