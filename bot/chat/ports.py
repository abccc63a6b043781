"""What the conversation needs from outside, as Protocols. Databases, Azure and Slack stand behind these."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from bot.chat.deployments import Deployment
from bot.chat.messages import Message, Question, Utterance
from bot.chat.setup import ChannelSettings, Setup
from bot.chat.threads import ThreadKey
from bot.chat.turns import Answer, Lease, Move, Turn, Usage

Clock: TypeAlias = Callable[[], float]
"""Seconds since 1970."""

TokenCounter: TypeAlias = Callable[[str, str], int]
"""Tokens of a text in an encoding. Never fails: what the encoding cannot take gets a safe upper bound."""


class Conversations(Protocol):
    """The stored threads. Each verb is one short transaction."""

    async def store(self, question: Question) -> bool:
        """Add a message to its thread's waiting turn; False if that message was stored before.

        When this returns, the message is durable. A person who `mentioned` Confab is remembered as an asker.
        """

    async def has_asked(self, thread: ThreadKey, person_id: str, before: str = "") -> bool:
        """Whether this person has mentioned Confab in this thread, before that ts or at all."""

    async def past(self, turn: Turn, limit: int) -> tuple[Message, ...]:
        """The last `limit` messages before this turn, oldest first.

        Turns come in the order of their claim, questions of one turn by ts, then its answer. Left out:
        deleted messages, bare mentions, and questions that were refused (they would be refused again).
        """

    async def count(self, counts: dict[int, int], encoding: str) -> None:
        """Keep freshly counted tokens: message id to tokens."""

    async def edit(self, team_id: str, channel_id: str, ts: str, text: str, edited_ts: str = "") -> bool:
        """Replace the text of a person's message, unless a newer edit came first; False if none of ours."""

    async def delete(self, team_id: str, channel_id: str, ts: str) -> bool:
        """Forget a message, or the answer that this Slack message is a part of; False if none of ours."""


class Turns(Protocol):
    """The queue. Writes are fenced by the lease: `LeaseLost` where somebody else holds the turn."""

    async def recover(self) -> int:
        """At a start: end at once the leases of processes that are provably gone; how many there were."""

    async def claim(self, limit: int) -> tuple[Turn, ...]:
        """Take up to `limit` turns of this team that wait or whose lease ran out, oldest first.

        Never two of one thread.
        """

    async def renew(self, lease: Lease) -> None:
        """Hold the turn for another lease's length."""

    async def add_reply_part(self, lease: Lease, ts: str) -> None:
        """Remember that this Slack message carries a part of the answer; once a ts."""

    async def record(
        self, lease: Lease, answer: Answer, setup_version: int, tokens: int, encoding: str
    ) -> None:
        """Keep the whole answer, before Slack shows all of it: a later attempt only has to show it."""

    async def finish(self, lease: Lease, move: Move, outcome: str) -> None:
        """Close the turn; `outcome` is a short word for the books."""

    async def hand_back(self, lease: Lease, *, delay: float = 0.0, spent: bool = True) -> None:
        """End the lease in `delay` seconds; an unspent attempt is not counted against the turn."""


class Setups(Protocol):
    """The channels' personas and settings."""

    async def current(self, team_id: str, channel_id: str) -> Setup:
        """The newest published setup of a channel, or the default."""

    async def publish(self, team_id: str, channel_id: str, setup: Setup, by: str) -> int:
        """Make this the channel's setup; the version that it becomes."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a model. `utterances` are neutralised and within the budget.

    `id` names the turn in the operator's and Azure's logs; `person` is a hash, never a Slack id;
    `cache_key` is the same for requests that begin alike.
    """

    id: str
    deployment: Deployment
    settings: ChannelSettings
    utterances: tuple[Utterance, ...] = field(repr=False)
    person: str = ""
    cache_key: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of the answer as it comes."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of a stream, always the last thing in it: Azure's finish reason and what it counted."""

    reason: str
    usage: Usage
    request_id: str = ""


class Model(Protocol):
    """Azure OpenAI, or a server that speaks its protocol."""

    def stream(self, request: Request) -> AsyncGenerator[Piece | Finish, None]:
        """Pieces, then one Finish.

        Raises what `bot.errors` has under ModelFailed, TurnRefused and OperatorFault, before or between
        pieces. Ending the iteration early closes the connection.
        """


class Reply(Protocol):
    """One answer on its way into a thread. Reading the model never waits for Slack: `write` only buffers."""

    def write(self, text: str) -> None:
        """More of the answer; shown as Slack's rates allow, the first words at once."""

    async def finish(self, answer: str, *, note: str = "") -> None:
        """Show the whole answer, split where Slack's limits ask for it, and end the stream.

        A `note` is for people only and stands under the answer in italics.
        """

    async def fail(self, sentence: str, *, redact: bool = False) -> None:
        """End with a sentence for people: after what was shown, or as the whole reply.

        `redact` takes away what was shown: the content filter did not want it seen.
        """

    async def abandon(self) -> None:
        """Stop writing at once and leave what is shown to whoever claims the turn next."""


class Slack(Protocol):
    """What a turn does in Slack."""

    def reply(self, turn: Turn, persona_name: str, keep: Callable[[str], Awaitable[None]]) -> Reply:
        """Begin the reply to a turn, or take over what an earlier attempt left in the thread.

        `keep` is called with the ts of each message as soon as Slack has named it; what it raises ends the
        reply. Nothing is sent before the first `write`, `finish` or `fail`.
        """

    async def help(self, turn: Turn) -> None:
        """Short help in the thread, for the person who asked only."""


class Alarm(Protocol):
    """Tells the people in CONFAB_ADMINS what only they can mend, at most hourly for each kind."""

    def ring(self, kind: str, detail: str) -> None:
        """Begin to tell them, and return. `detail` holds no secret and nothing that people wrote."""
