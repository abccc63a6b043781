"""Deployments: the models that Azure (or a server like it) offers under a name."""

from dataclasses import dataclass
from enum import StrEnum


class Transport(StrEnum):
    """How a prompt travels: chat completions, or completions with the prompt rendered as ChatML."""

    CHAT = "chat"
    CHATML = "chatml"

    @property
    def other(self) -> "Transport":
        """The one to try once when the service says that the operation does not fit the deployment."""
        return Transport.CHATML if self is Transport.CHAT else Transport.CHAT


BYTES = "bytes"
"""The encoding of a deployment whose real one is unknown: one token a byte is a safe upper bound."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment as the operator describes it: `name[:transport[:context[:encoding[:images]]]]`.

    `context` is in tokens, prompt and response together. `encoding` names the tokenizer to count with.
    `sees`: pictures may go to it, which takes the chat transport.
    """

    name: str
    transport: Transport = Transport.CHAT
    context: int = 128_000
    encoding: str = "o200k_base"
    sees: bool = False
