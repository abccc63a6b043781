"""What the SDK raises, made ours: a sentence for people, ids and codes for operators, never a text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from json import JSONDecodeError

import httpx2
from openai import APIConnectionError, APIError, APIStatusError, APITimeoutError, OpenAIError

from bot.azure.chunks import filtered
from bot.azure.waiting import named_wait
from bot.errors import (
    AnswerCut,
    AnswerFiltered,
    ConfabError,
    ModelBusy,
    ModelTimedOut,
    ModelUnavailable,
    OperatorFault,
    PromptFiltered,
    PromptTooLong,
)

FOREIGN = (OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError)
"""All that may come out of a request: the SDK's tree, the transport's, a body that is no JSON or UTF-8."""

# A key or an endpoint that cannot even be put into a request.
_UNSENDABLE = (httpx2.LocalProtocolError, httpx2.UnsupportedProtocol, httpx2.InvalidURL, UnicodeEncodeError)
_TOO_LONG = ("maximum context length", "exceeds the available context size", "string too long")
_CONTEXT = re.compile(r"(?:maximum context length is|context size \()\s*(\d+)")
_PROMPT = re.compile(
    r"\((\d+) in the (?:messages|prompt)|request \((\d+) tokens\)|contains at least (\d+) input"
)
_WORD = re.compile(r"[\w.\-\[\]]{1,80}")


class BrokenOff(ValueError):
    """A stream that ended without a finish reason."""


@dataclass(frozen=True, slots=True)
class Whence:
    """What an operator needs to find a request again; `request_id` is the service's own, if it named one."""

    deployment: str
    transport: str
    id: str
    request_id: str = ""

    def detail(self, *facts: str) -> str:
        """One line with whatever is known."""
        known = (f"deployment {self.deployment}", self.transport, *facts, f"request {self.id}")
        theirs = f"Azure's id {self.request_id}" if self.request_id else ""
        return ", ".join(fact for fact in (*known, theirs) if fact)


def failure(error: Exception, whence: Whence, max_response: int) -> ConfabError:
    """The error of ours that says what this one means."""
    if isinstance(error, APIStatusError):
        return _refused(error, whence, max_response)
    if _unsendable(error):
        return OperatorFault(whence.detail(_kind(error), "key or endpoint cannot be sent as written"))
    if isinstance(error, APITimeoutError | TimeoutError):
        return ModelTimedOut(detail=whence.detail(_kind(error)))
    if isinstance(error, APIError) and error.body is not None:
        return _in_band(error, whence)
    return ModelUnavailable(detail=whence.detail(_kind(error)))


def broken(error: Exception, whence: Whence) -> ConfabError:
    """The same for an answer of which something was shown already."""
    ours = failure(error, whence, 0)
    if isinstance(ours, ModelTimedOut):
        return ModelTimedOut(midway=True, detail=ours.detail)
    if isinstance(ours, PromptFiltered):
        return AnswerFiltered(ours.categories, detail=ours.detail)
    return AnswerCut(detail=ours.detail)


def passing(error: Exception) -> bool:
    """Whether the same request may well succeed a moment later.

    Silence is not among it: the model may be at work on the answer, and a second request doubles its load.
    """
    if isinstance(error, APIStatusError):
        return error.status_code in (408, 409, 429) or error.status_code >= 500
    if isinstance(error, APITimeoutError):
        return isinstance(error.__cause__, httpx2.ConnectTimeout)
    if isinstance(error, APIError) and not isinstance(error, APIConnectionError):
        return error.code != "content_filter"
    rubbish = BrokenOff | JSONDecodeError | UnicodeDecodeError
    return isinstance(error, rubbish | APIConnectionError | httpx2.HTTPError) and not _unsendable(error)


def wrong_operation(error: Exception) -> bool:
    """Whether the service says that the deployment, or the server, does not know this operation at all."""
    if not isinstance(error, APIStatusError):
        return False
    said = wording(error)
    if error.code == "OperationNotSupported" or "does not work with the specified model" in said:
        return True
    missing = error.code in ("DeploymentNotFound", "model_not_found") or error.param == "model"
    return error.status_code in (404, 405, 501) and not missing and "does not exist" not in said


def wording(error: APIError) -> str:
    """All that the service says in words, for looking something up in it and for nothing else."""
    return f"{error.message} {error.body}"[:10_000]


def too_long(error: APIError) -> bool:
    """Whether prompt and response together are more than the context window."""
    return (
        error.code == "context_length_exceeded"
        or getattr(error, "status_code", 0) == 413
        or any(phrase in wording(error) for phrase in _TOO_LONG)
    )


def _refused(error: APIStatusError, whence: Whence, max_response: int) -> ConfabError:
    facts = f"HTTP {error.status_code}", _fact("code", error.code), _fact("param", error.param)
    whence = Whence(whence.deployment, whence.transport, whence.id, request_id(error.response.headers))
    detail = whence.detail(*facts)
    if error.status_code == 429:
        return ModelBusy(named_wait(error), detail=detail)
    if error.status_code == 408:
        return ModelTimedOut(detail=detail)
    if error.status_code >= 500 or error.status_code == 409:
        return ModelUnavailable(detail=detail)
    if error.code == "content_filter":
        return PromptFiltered(_categories(error.body), detail=detail)
    if too_long(error):
        return _too_long(wording(error), max_response, detail)
    return OperatorFault(detail)


def _in_band(error: APIError, whence: Whence) -> ConfabError:
    detail = whence.detail("an error inside the stream", _fact("code", error.code))
    if error.code == "content_filter":
        return PromptFiltered(_categories(error.body), detail=detail)
    if too_long(error):
        return _too_long(wording(error), 0, detail)
    if error.code in ("429", "rate_limit_exceeded"):
        return ModelBusy(named_wait(error), detail=detail)
    return ModelUnavailable(detail=detail)


def _too_long(said: str, max_response: int, detail: str) -> PromptTooLong:
    context, prompt = _CONTEXT.search(said), _PROMPT.search(said)
    return PromptTooLong(
        tokens=int(next(filter(None, prompt.groups()))) if prompt else None,
        room=max(0, int(context[1]) - max_response) if context else None,
        detail=detail,
    )


def _categories(body: object) -> tuple[str, ...]:
    inner = body.get("innererror") if isinstance(body, Mapping) else None
    results = inner.get("content_filter_result") if isinstance(inner, Mapping) else None
    return filtered(results)


def request_id(headers: Mapping[str, str]) -> str:
    """Azure's name for a request; other servers have their own header or none."""
    named = headers.get("apim-request-id") or headers.get("x-request-id") or ""
    return named if _WORD.fullmatch(named) else ""


def _unsendable(error: Exception) -> bool:
    return isinstance(error, _UNSENDABLE) or isinstance(error.__cause__, _UNSENDABLE)


def _fact(name: str, value: object) -> str:
    """A code or a parameter's name. The service's whole message may quote the prompt, and is never taken."""
    return f"{name} {value}" if isinstance(value, str) and _WORD.fullmatch(value) else ""


def _kind(error: Exception) -> str:
    cause = error.__cause__
    return type(error).__name__ + (f" from {type(cause).__name__}" if cause else "")
