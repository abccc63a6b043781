"""The model. Azure stands behind it."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from bot.chat.deployments import Deployment
from bot.chat.messages import Utterance
from bot.chat.sent import Sent
from bot.chat.setup import ChannelSettings, Effort
from bot.chat.turns import Usage

TokenCounter: TypeAlias = Callable[[str, str], int]
"""Tokens of a text in an encoding. Never fails: what the encoding cannot take gets a safe upper bound."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a model. `utterances` are neutralised and within the budget.

    `id` names the turn in the operator's and Azure's logs; `person` is a hash, never a Slack id;
    `cache_key` is the same for requests that begin alike. `begun` is an answer that is to go on, neutralised.
    """

    id: str
    deployment: Deployment
    settings: ChannelSettings
    utterances: tuple[Utterance, ...] = field(repr=False)
    person: str = ""
    cache_key: str = ""
    begun: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of the answer as it comes."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Finish:
    """The end of a stream, always the last thing in it: Azure's finish reason and what it counted.

    The usage is all zeros where the service did not tell it. `sent` is the request that was taken in the end.
    """

    reason: str
    usage: Usage
    sent: Sent
    request_id: str = ""


class Model(Protocol):
    """Azure OpenAI, or a server that speaks its protocol."""

    def stream(self, request: Request) -> AsyncGenerator[Piece | Finish, None]:
        """Pieces, then one Finish.

        Raises what `bot.errors` has under ModelFailed, TurnRefused and OperatorFault, before or between
        pieces. Ending the iteration early closes the connection.
        """

    def refused(self, deployment: Deployment, effort: Effort | None = None) -> frozenset[str]:
        """The settings that the deployment turned out not to take, by their names in a request.

        Of `temperature`, `top_p`, `frequency_penalty`, `presence_penalty`, `stop` and `reasoning_effort`.
        Learnt from what the service refused within a day: before its first answer nothing is known.
        Some models take a temperature only without reasoning, so it is asked for one effort.
        """
