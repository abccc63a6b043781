"""Scripting from another process, over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from openai import AsyncOpenAI, BadRequestError, RateLimitError

from bot.playground.model import ScriptedAzure
from tests.playground.model.saying import ask, complete, hear, stream


@pytest.fixture
async def control(azure: ScriptedAzure) -> AsyncIterator[ClientSession]:
    async with ClientSession(azure.endpoint, raise_for_status=True) as session:
        yield session


async def test_answers_are_lined_up(control: ClientSession, client: AsyncOpenAI) -> None:
    cut = {"chunks": ["So", " far"], "ends": "cut"}
    await control.post("/control/answers", json=["First.", cut])
    await control.post("/control/answers", json={"refusal": "rate_limited", "retry_after": 7})
    await control.post("/control/answers", json={"status": 400, "body": {"error": {"code": "odd"}}})

    assert (await hear(client)).text == "First."
    assert (await hear(client)).reason is None
    with pytest.raises(RateLimitError) as limited:
        await hear(client)
    assert limited.value.response.headers["retry-after"] == "7"
    with pytest.raises(BadRequestError) as odd:
        await hear(client)
    assert odd.value.code == "odd"


async def test_replies_are_kept_by_question(control: ClientSession, client: AsyncOpenAI) -> None:
    await control.put("/control/replies", json={"Hello": {"text": "And to you."}})

    assert (await ask(client, "Hello")).choices[0].message.content == "And to you."
    assert (await ask(client, "Goodbye")).choices[0].message.content != "And to you."


async def test_what_is_stuck_can_be_released(control: ClientSession, client: AsyncOpenAI) -> None:
    await control.post("/control/answers", json={"text": "At last.", "stuck_after": 0})
    chunks = await stream(client)
    async with control.get("/control/requests") as response:
        assert (await response.json())["open_answers"] == 1

    await control.post("/control/release")

    assert "At" in [each.choices[0].delta.content async for each in chunks if each.choices]


async def test_what_was_asked_can_be_read(
    azure: ScriptedAzure, control: ClientSession, client: AsyncOpenAI
) -> None:
    await complete(client)

    async with control.get("/control/requests") as response:
        text = await response.text()
        (asked,) = (await response.json())["requests"]
    assert asked["turns"][1] == {"role": "user", "text": "What models are available?", "name": None}
    assert asked["operation"] == "completions"
    assert azure.key not in text


async def test_everything_can_be_forgotten(
    azure: ScriptedAzure, control: ClientSession, client: AsyncOpenAI
) -> None:
    await control.post("/control/answers", json=["One", "Two"])
    await ask(client)

    await control.delete("/control")

    assert (azure.requests, list(azure.answers), azure.recordings.all()) == ([], [], [])


@pytest.mark.parametrize(
    "answer", [7, {"txet": "Hello"}, {"ends": "badly"}, {"refusal": "maybe"}, {"refusal": "too_long"}]
)
async def test_an_answer_that_is_none_is_refused(azure: ScriptedAzure, answer: Any) -> None:
    async with (
        ClientSession(azure.endpoint) as session,
        session.post("/control/answers", json=["Good", answer]) as response,
    ):
        assert response.status == 400
        assert (await response.json())["error"]["message"]
    assert not azure.answers
