"""Refusals on demand, as the SDK understands them."""

from typing import Any

import pytest
from openai import (
    APIStatusError,
    AsyncOpenAI,
    AuthenticationError,
    BadRequestError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

from bot.playground.model import ScriptedAzure, refusal
from bot.playground.model.refusal import Refusal
from tests.playground.model.saying import ask, complete, hear


@pytest.mark.parametrize(
    ("scripted", "error", "code"),
    [
        (refusal.wrong_key(), AuthenticationError, "401"),
        (refusal.forbidden(), PermissionDeniedError, "403"),
        (refusal.no_deployment(), NotFoundError, "DeploymentNotFound"),
        (refusal.rate_limited(), RateLimitError, "429"),
        (refusal.filtered_prompt("hate"), BadRequestError, "content_filter"),
        (
            refusal.too_long(limit=4096, prompt=3177, maximum=1024),
            BadRequestError,
            "context_length_exceeded",
        ),
        (
            refusal.operation_not_supported("completion", "gpt-4o"),
            BadRequestError,
            "OperationNotSupported",
        ),
        (refusal.unsupported_parameter("stop"), BadRequestError, "unsupported_parameter"),
        (refusal.unsupported_value("top_p", 0.5), BadRequestError, "unsupported_value"),
        (refusal.server_error(), InternalServerError, None),
        (refusal.overloaded(), InternalServerError, "503"),
        (Refusal(418, {"error": {"code": "teapot", "message": "No."}}), APIStatusError, "teapot"),
    ],
)
async def test_a_scripted_refusal_is_the_services_error(
    azure: ScriptedAzure,
    client: AsyncOpenAI,
    scripted: Refusal,
    error: type[APIStatusError],
    code: str | None,
) -> None:
    azure.answers.extend([scripted, scripted])

    for asking in (hear(client), complete(client)):
        with pytest.raises(error) as refused:
            await asking
        assert refused.value.status_code == scripted.status
        assert refused.value.code == code
        assert refused.value.response.headers["apim-request-id"]


@pytest.mark.parametrize("category", ["hate", "self_harm", "sexual", "violence", "jailbreak"])
async def test_a_filtered_prompt_names_the_category(
    azure: ScriptedAzure, client: AsyncOpenAI, category: str
) -> None:
    azure.answers.append(refusal.filtered_prompt(category))

    with pytest.raises(BadRequestError) as refused:
        await hear(client)

    body: Any = refused.value.body
    found = body["innererror"]["content_filter_result"]
    assert [name for name, result in found.items() if result["filtered"]] == [category]


async def test_the_wait_comes_in_the_headers(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.extend(
        [refusal.rate_limited(retry_after_ms=250, retry_after=None), refusal.rate_limited(retry_after=7)]
    )

    waits = []
    for _ in range(2):
        with pytest.raises(RateLimitError) as limited:
            await hear(client)
        headers = limited.value.response.headers
        waits.append((headers.get("retry-after-ms"), headers.get("retry-after")))

    assert waits == [("250", None), (None, "7")]


async def test_the_sdk_tries_again_after_a_wait(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.extend([refusal.rate_limited(retry_after_ms=1), "Here I am."])

    assert (await hear(client.with_options(max_retries=1))).text == "Here I am."


async def test_a_refusal_is_recorded(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(refusal.filtered_prompt("sexual"))

    with pytest.raises(BadRequestError):
        await ask(client, extra_headers={"x-ms-client-request-id": "turn-3"})

    kept = azure.recordings.find("turn-3")
    assert kept
    assert (kept.status, kept.outcome, kept.text) == (400, "refused", "")
    assert kept.error
    assert kept.error["code"] == "content_filter"
