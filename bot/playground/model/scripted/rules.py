"""What a request body may hold: the fields of each operation, their types and their limits."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.model.refusal import (
    Refusal,
    invalid,
    no_deployment,
    operation_not_supported,
    unrecognized_argument,
    unsupported_parameter,
    unsupported_value,
)
from bot.playground.model.scripted.deployments import Deployment, Operation

Check = Callable[[Any], str | None]
Body = Mapping[str, Any]

_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})
# Azure: "as many as four stop sequences"; 2,048 messages a request, 1,048,576 characters a message.
_API_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(-preview)?")
_MOST_STOPS, _MOST_MESSAGES, _LONGEST_MESSAGE = 4, 2_048, 1_048_576


def _number(low: float, high: float) -> Check:
    def check(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "a number is expected"
        return None if low <= value <= high else f"a value from {low} to {high} is expected"

    return check


def _whole(low: int) -> Check:
    def check(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int):
            return "an integer is expected"
        return None if value >= low else f"at least {low} is expected"

    return check


def _is(kind: type, name: str) -> Check:
    return lambda value: None if isinstance(value, kind) else f"{name} is expected"


def _stop(value: object) -> str | None:
    if isinstance(value, str):
        return None
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        return "a string or an array of strings is expected"
    return None if len(value) <= _MOST_STOPS else f"at most {_MOST_STOPS} stop sequences are accepted"


def _messages(value: object) -> str | None:
    if not isinstance(value, list) or not value:
        return "a non-empty array is expected"
    if len(value) > _MOST_MESSAGES:
        return f"at most {_MOST_MESSAGES} messages are accepted"
    return next((fault for fault in map(_message, value) if fault), None)


def _message(message: object) -> str | None:
    if not isinstance(message, dict):
        return "each message is an object"
    if message.get("role") not in _ROLES:
        return f"each role is one of {', '.join(sorted(_ROLES))}"
    content = message.get("content")
    if isinstance(content, str):
        return None if len(content) <= _LONGEST_MESSAGE else "a message is too long"
    return None if isinstance(content, list) and content else "each content is a string or an array of parts"


_TEXT, _TRUTH, _OBJECT, _LIST = (
    _is(str, "a string"),
    _is(bool, "a boolean"),
    _is(dict, "an object"),
    _is(list, "an array"),
)
_COMMON: dict[str, Check] = {
    "model": _TEXT,
    "stream": _TRUTH,
    "stream_options": _OBJECT,
    "temperature": _number(0, 2),
    "top_p": _number(0, 1),
    "max_tokens": _whole(1),
    "stop": _stop,
    "presence_penalty": _number(-2, 2),
    "frequency_penalty": _number(-2, 2),
    "n": _whole(1),
    "user": _TEXT,
    "seed": _whole(-(2**63)),
    "logit_bias": _OBJECT,
}
_FIELDS: dict[Operation, dict[str, Check]] = {
    Operation.CHAT: _COMMON
    | {
        "messages": _messages,
        "max_completion_tokens": _whole(1),
        "reasoning_effort": _TEXT,
        "verbosity": _TEXT,
        "logprobs": _TRUTH,
        "top_logprobs": _whole(0),
        "response_format": _OBJECT,
        "tools": _LIST,
        "tool_choice": lambda _: None,
        "parallel_tool_calls": _TRUTH,
        "metadata": _OBJECT,
        "store": _TRUTH,
        "service_tier": _TEXT,
        "prompt_cache_key": _TEXT,
        "safety_identifier": _TEXT,
        "data_sources": _LIST,
    },
    Operation.COMPLETIONS: _COMMON
    | {
        "prompt": _TEXT,
        "suffix": _TEXT,
        "logprobs": _whole(0),
        "echo": _TRUTH,
        "best_of": _whole(1),
    },
}
_REQUIRED = {Operation.CHAT: "messages", Operation.COMPLETIONS: "prompt"}
_INSTEAD = {"max_tokens": "max_completion_tokens"}


def is_api_version(text: str) -> bool:
    """A date, for a preview with `-preview` behind it."""
    return _API_VERSION.fullmatch(text) is not None


def verdict(
    operation: Operation, name: object, deployment: Deployment | None, body: Body
) -> Deployment | Refusal:
    """The `deployment` that may answer `body`, or why the service refuses. `name` is what was asked for."""
    if not isinstance(name, str):
        return _missing("model")
    if deployment is None:
        return no_deployment()
    if operation not in deployment.operations:
        return operation_not_supported(operation.azures_name, deployment.model)
    # Azure takes null for not given.
    given = {field: value for field, value in body.items() if value is not None}
    return _fault(operation, given) or _together(given) or _not_of_this_model(deployment, given) or deployment


def _fault(operation: Operation, given: Body) -> Refusal | None:
    known = _FIELDS[operation]
    for name in given:
        if name not in known:
            return unrecognized_argument(name)
    if (required := _REQUIRED[operation]) not in given:
        return _missing(required)
    for name, value in given.items():
        if wrong := known[name](value):
            return invalid(f"Invalid '{name}': {wrong}.", param=name, code="invalid_value")
    return None


def _missing(name: str) -> Refusal:
    return invalid(f"Missing required parameter: '{name}'.", param=name, code="missing_required_parameter")


def _together(given: Body) -> Refusal | None:
    if "stream_options" in given and not given.get("stream"):
        message = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        return invalid(message, param="stream_options")
    if "max_tokens" in given and "max_completion_tokens" in given:
        message = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        return invalid(message, code="invalid_parameter_combination")
    return None


def _not_of_this_model(deployment: Deployment, given: Body) -> Refusal | None:
    for name, value in given.items():
        if name in deployment.refused:
            return unsupported_parameter(name, _INSTEAD.get(name))
        if name in deployment.default_only and value != 1:
            return unsupported_value(name, value)
    return None
