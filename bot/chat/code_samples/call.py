"""A request to write down: what is in it, and by which variables its service is reached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.chat import chatml
from bot.chat.continuing import asked_on
from bot.chat.deployments import Transport
from bot.chat.messages import Role, Utterance
from bot.chat.sent import Sent

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

NEXT_MESSAGE = "[your next message]"
"""Where somebody writes on in a sample of the conversation so far."""


class Language(StrEnum):
    """What a sample is written in: the playground's three."""

    PYTHON = "python"
    CURL = "curl"
    JSON = "json"


class Extent(StrEnum):
    """What a sample covers: the request that made an answer, or the conversation up to the next one."""

    REQUEST = "request"
    SO_FAR = "so_far"


@dataclass(frozen=True, slots=True)
class Way:
    """The environment variables by which a deployment is reached, as its operator named them.

    `tail` is what the endpoint's value carries beyond the resource's address, such as `/openai/v1/`: a sample
    that reads the same variable has to reckon with it. `scope` is what an Entra ID token is for.
    """

    endpoint: str = "AZURE_OPENAI_ENDPOINT"
    key: str = "AZURE_OPENAI_API_KEY"
    tail: str = ""
    scope: str = "https://ai.azure.com/.default"

    @property
    def reaches_v1(self) -> bool:
        """Whether the variable's value is where the v1 API begins."""
        return self.tail.rstrip("/").endswith("/v1")


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `utterances` are neutralised; `remarks` are sentences that stand over the sample.

    `begun` is an answer that was asked to go on, neutralised as well.
    """

    sent: Sent
    utterances: tuple[Utterance, ...] = field(repr=False)
    way: Way = Way()
    remarks: tuple[str, ...] = ()
    begun: str = field(default="", repr=False)

    @property
    def chats(self) -> bool:
        """Whether it goes to chat completions; else to completions, with the prompt as ChatML."""
        return self.sent.transport is Transport.CHAT

    @property
    def path(self) -> str:
        """The operation below the API's beginning, or below the deployment on the dated API."""
        return "chat/completions" if self.chats else "completions"

    def body(self) -> dict[str, Any]:
        """What is posted.

        Raises:
            ForgedPrompt: a text brought a turn's marker with it.
        """
        return {"model": self.sent.deployment, **self._said(), **self.parameters()}

    def parameters(self) -> dict[str, Any]:
        """The body without what is said in it."""
        said = ("model", "messages", "prompt")
        return {name: value for name, value in self.sent.parameters.items() if name not in said}

    def _said(self) -> dict[str, Any]:
        utterances = tuple(Utterance(each.role, _sendable(each.text)) for each in self.utterances)
        begun = _sendable(self.begun)
        if self.chats:
            messages = asked_on(utterances, begun)
            return {"messages": [{"role": each.role.value, "content": each.text} for each in messages]}
        return {"prompt": chatml.render(utterances, begun)}


def writing_on(utterances: Sequence[Utterance], answer: str) -> tuple[Utterance, ...]:
    """The conversation with its answer, and a place for what comes next."""
    return (*utterances, Utterance(Role.ASSISTANT, answer), Utterance(Role.USER, NEXT_MESSAGE))


def _sendable(text: str) -> str:
    """JSON in UTF-8 has no place for half a surrogate pair, and no request went out with one."""
    return _LONE_SURROGATE.sub("\ufffd", text)
