"""A request as the stand-in received it, for assertions and for the brain that answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.model.scripted.chatml import IllFormed, Turn, is_chatml, parse
from bot.playground.model.scripted.deployments import Operation


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `headers` has lower-case names and no credentials.

    Args:
        id: what the caller put in `x-ms-client-request-id`, else the service's id.
        api_version: of the dated route; None on the v1 route.
        turns: its messages, or the turns of its ChatML prompt; empty for a prompt that is not ChatML.
        flaw: why a ChatML prompt is not well formed.
    """

    id: str
    operation: Operation
    deployment: str
    api_version: str | None
    body: Mapping[str, Any] = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    turns: tuple[Turn, ...] = field(default=(), repr=False)
    flaw: str | None = None

    @property
    def prompt(self) -> str | None:
        """The completion operation's prompt, exactly as sent."""
        prompt = self.body.get("prompt")
        return prompt if isinstance(prompt, str) else None

    @property
    def streams(self) -> bool:
        """Whether the answer is to come as server-sent events."""
        return bool(self.body.get("stream"))

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with its usage."""
        return bool((self.body.get("stream_options") or {}).get("include_usage"))

    @property
    def maximum(self) -> int | None:
        """Tokens that the answer may have."""
        return self.body.get("max_completion_tokens") or self.body.get("max_tokens")

    @property
    def stops(self) -> tuple[str, ...]:
        """The stop sequences, also where only one was given as a string."""
        stop = self.body.get("stop")
        return (stop,) if isinstance(stop, str) else tuple(stop or ())

    @property
    def persona(self) -> str:
        """The system message, empty if there is none."""
        named = ("system", "developer")
        return next((each.text for each in self.turns if each.role in named and each.name is None), "")

    @property
    def dialogue(self) -> tuple[Turn, ...]:
        """What people and the assistant said: no system message, no named example."""
        return tuple(each for each in self.turns if each.role in {"user", "assistant"} and each.name is None)

    @property
    def question(self) -> str:
        """The last thing a user said, or the whole of a prompt that is not ChatML."""
        said = [each.text for each in self.dialogue if each.role == "user"]
        return said[-1] if said else self.prompt or ""

    @property
    def past(self) -> tuple[Turn, ...]:
        """The dialogue before the question."""
        users = [at for at, each in enumerate(self.dialogue) if each.role == "user"]
        return self.dialogue[: users[-1]] if users else self.dialogue


def turns_of(operation: Operation, body: Mapping[str, Any]) -> tuple[tuple[Turn, ...], str | None]:
    """The turns that a valid body holds, and the flaw of a ChatML prompt that is not well formed."""
    if operation is Operation.CHAT:
        return tuple(_turn(message) for message in body["messages"]), None
    prompt = body["prompt"]
    if not is_chatml(prompt):
        return (), None
    try:
        return parse(prompt), None
    except IllFormed as ill_formed:
        return (), str(ill_formed)


def _turn(message: Mapping[str, Any]) -> Turn:
    content = message["content"]
    if not isinstance(content, str):
        content = "".join(part.get("text", "") for part in content if isinstance(part, dict))
    return Turn(message["role"], content, message.get("name"))
