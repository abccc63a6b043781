"""What holds for every model of the playground, the real one and the scripted one."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Protocol

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from openai import AsyncAzureOpenAI, AsyncOpenAI, AuthenticationError, NotFoundError

from bot.playground.model import running_local_model, running_scripted_azure
from tests.playground.model.saying import CHATML, complete

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Model(Protocol):
    key: str

    @property
    def endpoint(self) -> str: ...


@pytest_asyncio.fixture(params=["local", "scripted"], scope="module", loop_scope="module")
async def model(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    running: Any = running_local_model if request.param == "local" else running_scripted_azure
    async with running() as model:
        yield model


@pytest_asyncio.fixture(loop_scope="module")
async def client(model: Model) -> AsyncIterator[AsyncOpenAI]:
    base = f"{model.endpoint}/openai/v1/"
    async with AsyncOpenAI(base_url=base, api_key=model.key, max_retries=0, timeout=60) as client:
        yield client


async def recorded(model: Model, name: str) -> Any:
    async with ClientSession() as session, session.get(f"{model.endpoint}/recorded/{name}") as response:
        return await response.json()


async def test_chatml_streams_to_its_stop_with_usage(client: AsyncOpenAI) -> None:
    usage = {"include_usage": True}
    events = await complete(client, "smollm2", max_tokens=12, temperature=0, stream_options=usage)

    spoken = [each for each in events if each.choices]
    assert len([each for each in spoken if each.choices[0].text]) > 3
    assert spoken[-1].choices[0].finish_reason in {"stop", "length"}
    assert events[-1].usage
    assert events[-1].usage.prompt_tokens > 0
    assert 0 < events[-1].usage.completion_tokens <= 12
    assert {each.model for each in spoken} == {"smollm2"}


async def test_a_stop_sequence_ends_the_answer_and_is_not_part_of_it(client: AsyncOpenAI) -> None:
    whole = await client.completions.create(model="smollm2", prompt=CHATML, max_tokens=12, temperature=0)
    word = whole.choices[0].text.split()[2]

    cut = await client.completions.create(
        model="smollm2", prompt=CHATML, max_tokens=12, temperature=0, stop=["<|im_end|>", word]
    )

    assert cut.choices[0].finish_reason == "stop"
    assert cut.choices[0].text == whole.choices[0].text.partition(word)[0]


async def test_chat_is_spoken_as_well(client: AsyncOpenAI) -> None:
    answer = await client.chat.completions.create(
        model="smollm2", messages=[{"role": "user", "content": "Hello"}], max_tokens=4
    )

    assert answer.choices[0].message.content
    assert answer.choices[0].finish_reason == "length"


async def test_the_dated_route_leads_to_both_operations(model: Model) -> None:
    async with AsyncAzureOpenAI(
        azure_endpoint=model.endpoint, api_key=model.key, api_version="2024-10-21", max_retries=0
    ) as dated:
        said = await dated.completions.create(model="smollm2", prompt=CHATML, max_tokens=4)
        chatted = await dated.chat.completions.create(
            model="smollm2", messages=[{"role": "user", "content": "Hello"}], max_tokens=4
        )

    assert said.choices[0].text
    assert chatted.choices[0].message.content


async def test_the_dated_route_needs_its_version(model: Model) -> None:
    url = f"{model.endpoint}/openai/deployments/smollm2/completions"
    async with (
        ClientSession(headers={"api-key": model.key}) as session,
        session.post(url, json={"prompt": CHATML, "max_tokens": 1}) as response,
    ):
        assert response.status == 404


async def test_a_wrong_key_is_refused(client: AsyncOpenAI) -> None:
    with pytest.raises(AuthenticationError) as refused:
        await complete(client.with_options(api_key="wrong"), "smollm2")

    assert refused.value.code == "401"
    assert refused.value.response.headers["apim-request-id"]


async def test_the_key_may_come_in_azures_own_header(model: Model) -> None:
    asked = {"model": "smollm2", "prompt": CHATML, "max_tokens": 1}
    async with (
        ClientSession(headers={"api-key": model.key}) as session,
        session.post(f"{model.endpoint}/openai/v1/completions", json=asked) as response,
    ):
        assert response.status == 200


async def test_an_unknown_deployment_is_not_found(client: AsyncOpenAI) -> None:
    with pytest.raises(NotFoundError) as missing:
        await complete(client, "no-such-deployment")

    assert missing.value.code == "DeploymentNotFound"


async def test_an_unknown_path_is_no_resource(model: Model) -> None:
    async with (
        ClientSession(headers={"api-key": model.key}) as session,
        session.get(f"{model.endpoint}/openai/v1/images") as response,
    ):
        assert response.status == 404
        assert (await response.json())["error"]["code"] == "404"


async def test_what_was_asked_and_answered_can_be_read_by_the_callers_id(
    model: Model, client: AsyncOpenAI
) -> None:
    named = {"x-ms-client-request-id": "turn-7"}
    usage = {"include_usage": True}

    events = await complete(client, "smollm2", max_tokens=6, extra_headers=named, stream_options=usage)

    kept = await recorded(model, "turn-7")
    assert kept["prompt"] == CHATML
    assert kept["text"] == "".join(each.choices[0].text for each in events if each.choices)
    assert kept["status"] == 200
    assert kept["outcome"] == "answered"
    assert kept["usage"]["completion_tokens"] == 6
    assert 0 < kept["first_token_after"] <= kept["finished_after"]


async def test_a_request_without_an_id_is_kept_under_the_services_own(
    model: Model, client: AsyncOpenAI
) -> None:
    raw = await client.completions.with_raw_response.create(model="smollm2", prompt=CHATML, max_tokens=2)

    kept = await recorded(model, raw.headers["apim-request-id"])

    assert kept["text"] == raw.parse().choices[0].text


async def test_a_refused_request_is_recorded_with_its_error(model: Model, client: AsyncOpenAI) -> None:
    with pytest.raises(NotFoundError):
        await complete(client, "nobody", extra_headers={"x-ms-client-request-id": "turn-8"})

    kept = await recorded(model, "turn-8")
    assert kept["outcome"] == "refused"
    assert kept["error"]["code"] == "DeploymentNotFound"


async def test_who_leaves_is_recorded_as_gone(model: Model, client: AsyncOpenAI) -> None:
    chunks = await client.completions.create(
        model="smollm2",
        prompt=CHATML,
        stream=True,
        max_tokens=2000,
        logit_bias={"2": -100},  # SmolLM2's end of turn, so that it would go on
        extra_headers={"x-ms-client-request-id": "turn-9"},
    )
    await anext(aiter(chunks))

    await chunks.close()

    async with asyncio.timeout(60):
        while (outcome := (await recorded(model, "turn-9"))["outcome"]) == "running":
            pass
    assert outcome == "abandoned"
