"""A turn: all that waited in a thread, and the one answer to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from types import MappingProxyType

from bot.chat.messages import Message
from bot.chat.overheard import CameLate
from bot.chat.passed_over import NOBODY, PassedOver
from bot.chat.regenerating import Rerun
from bot.chat.threads import Place, ThreadKey
from bot.chat.versions import DraftKey

MAX_ATTEMPTS = 3
"""A turn that broke its worker this many times is parked with a sentence in the thread."""


class TurnState(StrEnum):
    """Where a turn stands.

    A crash leaves RUNNING with a lease that runs out; whoever claims it next resumes.
    """

    WAITING = "waiting"
    RUNNING = "running"
    ANSWERED = "answered"
    HELPED = "helped"
    REFUSED = "refused"
    FAILED = "failed"
    PARKED = "parked"
    DROPPED = "dropped"

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self in (TurnState.WAITING, TurnState.RUNNING)


class Move(Enum):
    """The only ways from one state to another."""

    CLAIM = "claim"  # a worker takes it under a lease, or takes it over from one that ran out
    ANSWER = "answer"  # the whole answer stands in the thread
    HELP = "help"  # nothing but a bare mention: short help for that person
    REFUSE = "refuse"  # the question cannot be answered, and the thread says why
    FAIL = "fail"  # the model or the set-up failed, and the thread says so
    PARK = "park"  # the last attempt broke too
    DROP = "drop"  # its messages were deleted before it ran
    REOPEN = "reopen"  # somebody wants another answer: it runs, and waits for whoever claims it


_REOPENED = (
    TurnState.ANSWERED,
    TurnState.HELPED,
    TurnState.REFUSED,
    TurnState.FAILED,
    TurnState.PARKED,
)
MOVES: Mapping[Move, tuple[frozenset[TurnState], TurnState]] = MappingProxyType(
    {
        Move.CLAIM: (frozenset({TurnState.WAITING, TurnState.RUNNING}), TurnState.RUNNING),
        Move.ANSWER: (frozenset({TurnState.RUNNING}), TurnState.ANSWERED),
        Move.HELP: (frozenset({TurnState.RUNNING}), TurnState.HELPED),
        Move.REFUSE: (frozenset({TurnState.RUNNING}), TurnState.REFUSED),
        Move.FAIL: (frozenset({TurnState.RUNNING}), TurnState.FAILED),
        Move.PARK: (frozenset({TurnState.RUNNING}), TurnState.PARKED),
        Move.DROP: (frozenset({TurnState.RUNNING}), TurnState.DROPPED),
        Move.REOPEN: (frozenset(_REOPENED), TurnState.RUNNING),
    }
)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a turn.

    Owner and attempt fence every write: a stale holder's writes touch nothing. Attempts count the claims.
    """

    turn_id: int
    owner: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What Azure counted, in tokens; `reasoned` and `cached` are parts of completion and prompt."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0
    reasoned: int = 0


STOPPED = "stopped"
CUT = frozenset({"length", "answer_cut", "model_timed_out"})
"""Ends of an answer that can go on: the maximum response cut it, or it broke off after visible words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The model's whole answer. `finish` is Azure's word: `stop`, or `length` when the limit cut it.

    `STOPPED` is ours: somebody ended it, and the text is what there was by then. Where the model broke off,
    it is the outcome of that error. `passed_over` are questions that it was made without.
    """

    deployment: str
    text: str = field(repr=False)
    finish: str = "stop"
    usage: Usage = Usage()
    passed_over: PassedOver = NOBODY

    @property
    def cut(self) -> bool:
        """Whether it can go on."""
        return self.finish in CUT


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Turn:
    """A claimed turn with all that waited for it, in ts order.

    `reply_ts` are the Slack messages that an earlier attempt left, oldest first; `answer` is the whole answer
    where an earlier attempt got that far: the model is not asked again then. `held` is to be asked before
    anything that people see: whether the lease can still be relied on. `stopped` is set where somebody
    asked for its end while an earlier attempt ran; `title` is what people called the thread's session.
    `rerun` says that it was closed before: `earlier` is the answer that stands until there is another one,
    or that goes on.
    `tries` is the draft that the thread runs; None for every thread but a trial's.
    `others` are the Slack messages of other turns' answers that came after these questions, read only for a
    later attempt and for one that waited: what it looks for in the thread is none of them.
    `late` is None where the thread began with Confab; `notes` are what its answer has to own up to.
    `ended`: the thread's root was deleted, and nobody has asked anew since. `deleted`: people deleted its
    answer, or a part of it, before that was finished.
    """

    lease: Lease
    conversation_id: int
    thread: ThreadKey
    place: Place
    questions: tuple[Message, ...]
    reply_ts: tuple[str, ...] = ()
    answer: Answer | None = None
    recipient_id: str = ""
    recipient_team_id: str = ""
    waited_since: float = 0.0
    handed_over: int = 0
    stopped: bool = False
    rerun: Rerun | None = None
    earlier: Answer | None = None
    title: str = field(default="", repr=False)
    late: CameLate | None = None
    tries: DraftKey | None = None
    others: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    ended: bool = False
    deleted: bool = False
    held: Callable[[], bool] = field(default=_always, repr=False, compare=False)

    @property
    def spent(self) -> int:
        """The attempts that count, this one included: those that were handed over do not."""
        return self.lease.attempt - self.handed_over

    @property
    def id(self) -> int:
        """The turn's row; with the team it names the turn everywhere: metadata, logs, client request ids."""
        return self.lease.turn_id

    @property
    def resumed(self) -> bool:
        """Whether another attempt may have left something half-way: a first one finds all in order."""
        return self.lease.attempt > 1 + (self.rerun.attempts if self.rerun else 0)

    @property
    def begun(self) -> Answer | None:
        """The answer that is to go on where it was cut."""
        return self.earlier if self.rerun is not None and self.rerun.goes_on else None

    @property
    def asks(self) -> tuple[Message, ...]:
        """The questions with something in them: bare mentions and deleted messages left out."""
        return tuple(q for q in self.questions if q.text.strip())
