"""What operators may see of the work: numbers, ids and outcomes, never a word of what people wrote."""

from dataclasses import dataclass
from typing import Protocol

from bot.chat.threads import ThreadKey
from bot.chat.turns import Usage


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """One attempt at a turn is over; `outcome` is a short word. Times in seconds.

    `waited` is from the first message to this attempt. `final` says that the turn is closed: otherwise
    another attempt follows, here or elsewhere.
    """

    turn_id: int
    attempt: int
    thread: ThreadKey
    outcome: str
    waited: float
    took: float
    final: bool


@dataclass(frozen=True, slots=True)
class ModelCalled:
    """One call of a model is over. Times in seconds; `first` is None where not one word came.

    `turn_id` is None for what no turn asked for, such as a comparison.
    """

    turn_id: int | None
    deployment: str
    outcome: str
    first: float | None
    took: float
    usage: Usage


@dataclass(frozen=True, slots=True)
class QueueDepth:
    """The team's open turns; `oldest` is the age in seconds of the oldest one that waits."""

    waiting: int
    running: int
    oldest: float


class Watch(Protocol):
    """Is told what happens while it happens; returns at once and never fails."""

    def turn_ended(self, ended: TurnEnded) -> None:
        """A worker is done with an attempt."""

    def model_called(self, call: ModelCalled) -> None:
        """A model answered, or did not."""

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        """Slack answered a call, or did not; `outcome` is "ok" or a short word."""

    def slack_waited(self, method: str, seconds: float) -> None:
        """A call had to wait so long for its turn, mostly not at all."""

    def delivered(self, kind: str, *, acked: bool) -> None:
        """Slack delivered something through the socket, and it was acknowledged or left to come again."""


class Unwatched:
    """A watch for where nobody looks."""

    def turn_ended(self, ended: TurnEnded) -> None:
        """Nobody looks."""

    def model_called(self, call: ModelCalled) -> None:
        """Nobody looks."""

    def slack_called(self, method: str, outcome: str, seconds: float) -> None:
        """Nobody looks."""

    def slack_waited(self, method: str, seconds: float) -> None:
        """Nobody looks."""

    def delivered(self, kind: str, *, acked: bool) -> None:
        """Nobody looks."""


UNWATCHED: Watch = Unwatched()
