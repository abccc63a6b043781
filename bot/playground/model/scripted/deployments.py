"""Which deployments the stand-in has, and what each of their models takes and refuses."""

from dataclasses import dataclass
from enum import StrEnum


class Operation(StrEnum):
    """The two operations, by their path."""

    CHAT = "chat/completions"
    COMPLETIONS = "completions"

    @property
    def azures_name(self) -> str:
        """What the service calls it in errors and capabilities."""
        return "chatCompletion" if self is Operation.CHAT else "completion"


class Filtering(StrEnum):
    """What the content filter adds to an answer: nothing (open models), results, or results that lag."""

    NONE = "none"
    DEFAULT = "default"
    ASYNCHRONOUS = "asynchronous"


@dataclass(frozen=True, slots=True)
class Deployment:
    """A model under a name.

    Args:
        refused: parameters that its model does not take at all (400 `unsupported_parameter`).
        default_only: parameters of which it takes only the default, 1 (400 `unsupported_value`).
        context: tokens for the prompt and the answer together.
    """

    name: str
    model: str
    operations: frozenset[Operation] = frozenset({Operation.CHAT})
    refused: frozenset[str] = frozenset()
    default_only: frozenset[str] = frozenset()
    context: int = 128_000
    filtering: Filtering = Filtering.DEFAULT


_BOTH = frozenset(Operation)
_PENALTIES = frozenset({"presence_penalty", "frequency_penalty"})
_SAMPLING = frozenset({"temperature", "top_p"})
# What ChatML's own guide says that the model answers with an error.
_NOT_WITH_CHATML = frozenset({"logprobs", "best_of", "echo"})

CLASSIC = Deployment("gpt-4o-mini", "gpt-4o-mini-2024-07-18")
ASYNCHRONOUS = Deployment("gpt-4o-async", "gpt-4o-2024-11-20", filtering=Filtering.ASYNCHRONOUS)
CURRENT = Deployment(
    "gpt-5.4-mini", "gpt-5.4-mini", refused=_PENALTIES | {"max_tokens", "stop"}, context=272_000
)
REASONING = Deployment(
    "gpt-5-mini",
    "gpt-5-mini-2025-08-07",
    refused=_PENALTIES | {"max_tokens", "stop"},
    default_only=_SAMPLING,
    context=272_000,
)
OLD_REASONING = Deployment(
    "o4-mini", "o4-mini-2025-04-16", refused=_PENALTIES | _SAMPLING | {"max_tokens", "stop"}, context=200_000
)
CHATML = Deployment("gpt-35-turbo", "gpt-35-turbo", _BOTH, refused=_NOT_WITH_CHATML, context=4096)
INSTRUCT = Deployment(
    "gpt-35-turbo-instruct", "gpt-35-turbo-instruct", frozenset({Operation.COMPLETIONS}), context=4096
)
OPEN_CHATML = Deployment("qwen3-8b", "qwen3-8b", _BOTH, context=32_768, filtering=Filtering.NONE)
PRACTICE = Deployment("smollm2", "smollm2", _BOTH, context=8192, filtering=Filtering.NONE)

#: What a stand-in has when it is told nothing else.
USUAL = (
    CLASSIC,
    ASYNCHRONOUS,
    CURRENT,
    REASONING,
    OLD_REASONING,
    CHATML,
    INSTRUCT,
    OPEN_CHATML,
    PRACTICE,
)
