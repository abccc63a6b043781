"""What only a real engine can show."""

import asyncio

import pytest
from aiohttp import ClientSession
from openai import AsyncOpenAI, BadRequestError

from bot.playground.model import LocalModel, running_local_model
from tests.playground.model.saying import CHATML, complete


async def busy(model: LocalModel) -> bool:
    headers = {"Authorization": f"Bearer {model.llama.key}"}
    async with (
        ClientSession(headers=headers) as session,
        session.get(f"{model.llama.address}/openai/slots") as response,
    ):
        return any(slot["is_processing"] for slot in await response.json())


async def test_the_engine_stops_when_its_client_leaves_and_says_when_a_prompt_is_too_long() -> None:
    async with (
        running_local_model() as model,
        AsyncOpenAI(base_url=f"{model.endpoint}/openai/v1/", api_key=model.key, max_retries=0) as client,
    ):
        chunks = await client.completions.create(
            model="smollm2", prompt=CHATML, stream=True, max_tokens=4000, logit_bias={"2": -100}
        )
        await anext(aiter(chunks))
        assert await busy(model)

        await chunks.close()
        async with asyncio.timeout(60):
            while await busy(model):
                pass

        with pytest.raises(BadRequestError, match="8192 tokens"):
            await complete(client, "smollm2", prompt="word " * 9000)


async def test_the_engine_cannot_be_reached_around_the_front() -> None:
    async with running_local_model() as model, ClientSession() as session:
        asked = {"prompt": CHATML, "max_tokens": 1}
        async with session.post(f"{model.llama.address}/openai/v1/completions", json=asked) as response:
            assert response.status == 401
