from collections.abc import AsyncIterator

import pytest
from openai import AsyncAzureOpenAI, AsyncOpenAI

from bot.playground.model import ScriptedAzure, running_scripted_azure


@pytest.fixture
async def azure() -> AsyncIterator[ScriptedAzure]:
    async with running_scripted_azure() as azure:
        yield azure


@pytest.fixture
async def client(azure: ScriptedAzure) -> AsyncIterator[AsyncOpenAI]:
    """The SDK's client on the v1 route, without retries of its own."""
    base = f"{azure.endpoint}/openai/v1/"
    async with AsyncOpenAI(base_url=base, api_key=azure.key, max_retries=0, timeout=10) as client:
        yield client


@pytest.fixture
async def dated(azure: ScriptedAzure) -> AsyncIterator[AsyncAzureOpenAI]:
    """The SDK's client on the dated route."""
    async with AsyncAzureOpenAI(
        azure_endpoint=azure.endpoint, api_key=azure.key, api_version="2024-10-21", max_retries=0, timeout=10
    ) as dated:
        yield dated
