"""What Azure OpenAI answers when it refuses: a status, a JSON body and headers, shape by shape."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP error as the service words it. `body` is the whole JSON body."""

    status: int
    body: Mapping[str, Any] = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """A new response: one can be sent once only."""
        return web.json_response(dict(self.body), status=self.status, headers=dict(self.headers))


def coded(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Refusal:
    """The gateway's two-field error, for everything that never reaches a model."""
    return Refusal(status, {"error": {"code": code, "message": message}}, headers or {})


def invalid(message: str, *, param: str | None = None, code: str | None = None) -> Refusal:
    """The model server's 400, whose `param` names the field at fault."""
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return Refusal(400, {"error": error})


def wrong_key() -> Refusal:
    """No key, or not the right one."""
    return coded(401, "401", "Access denied due to invalid subscription key or wrong API endpoint.")


def forbidden(message: str = "Public access is disabled. Please configure private endpoint.") -> Refusal:
    """Network rules, a missing role or a block; `message` is all that tells which."""
    return coded(403, "403", message)


def no_deployment() -> Refusal:
    """A name that the resource has no deployment for, or none yet."""
    return coded(404, "DeploymentNotFound", "The API deployment for this resource does not exist.")


def no_resource() -> Refusal:
    """A path that the service does not have; also a dated route without its api-version."""
    return coded(404, "404", "Resource not found")


def operation_not_supported(operation: str, model: str) -> Refusal:
    """ChatML completions on a chat model, or the reverse."""
    message = f"The {operation} operation does not work with the specified model, {model}."
    return coded(400, "OperationNotSupported", message)


def unrecognized_argument(name: str) -> Refusal:
    """A body field that the operation does not know; `param` stays empty, as it does there."""
    return invalid(f"Unrecognized request argument supplied: {name}")


def unsupported_parameter(name: str, instead: str | None = None) -> Refusal:
    """A parameter that this model does not take at all, with the one to use `instead` if there is one."""
    message = f"Unsupported parameter: '{name}' is not supported with this model."
    if instead:
        message += f" Use '{instead}' instead."
    return invalid(message, param=name, code="unsupported_parameter")


def unsupported_value(name: str, value: object) -> Refusal:
    """A parameter of which this model takes the default alone."""
    message = (
        f"Unsupported value: '{name}' does not support {value} with this model. "
        "Only the default (1) value is supported."
    )
    return invalid(message, param=name, code="unsupported_value")


def filtered_prompt(category: str = "violence", severity: str = "high") -> Refusal:
    """The content filter's no to a prompt. `jailbreak` is detected; every other category has a severity."""
    found: dict[str, dict[str, object]] = {
        name: {"filtered": False, "severity": "safe"} for name in ("hate", "self_harm", "sexual", "violence")
    }
    found["jailbreak"] = {"detected": False, "filtered": False}
    detail = {"detected": True} if category == "jailbreak" else {"severity": severity}
    found[category] = {"filtered": True, **detail}
    error = {
        "message": "The response was filtered due to the prompt triggering the content management policy.",
        "type": None,
        "param": "prompt",
        "code": "content_filter",
        "status": 400,
        "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": found},
    }
    return Refusal(400, {"error": error})


def too_long(*, limit: int, prompt: int, maximum: int, param: str | None = "messages") -> Refusal:
    """The prompt and the answer's room, all in tokens, do not fit the context window."""
    message = (
        f"This model's maximum context length is {limit} tokens. However, you requested {prompt + maximum} "
        f"tokens ({prompt} in the messages, {maximum} in the completion)."
    )
    return invalid(message, param=param, code="context_length_exceeded")


def rate_limited(*, retry_after_ms: int | None = None, retry_after: int | None = 1) -> Refusal:
    """Quota: with `retry_after` seconds, `retry_after_ms` milliseconds, both headers, or neither."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    if retry_after_ms is not None:
        headers["retry-after-ms"] = str(retry_after_ms)
    return coded(429, "429", f"Rate limit is exceeded. Try again in {retry_after or 1} seconds.", headers)


def server_error() -> Refusal:
    """A passing failure of the model server; trying again helps."""
    error = {"message": "The server had an error while processing your request.", "type": "server_error"}
    return Refusal(500, {"error": {**error, "param": None, "code": None}})


def overloaded() -> Refusal:
    """No capacity just now; trying again later helps."""
    return coded(503, "503", "The service is temporarily unable to process your request.")
