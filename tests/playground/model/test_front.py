"""The recording front where its engine is a scripted one: what happens when either side goes away."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession
from openai import APIError, AsyncOpenAI, BadRequestError, InternalServerError

from bot.playground.model import Recordings, ScriptedAzure, refusal
from bot.playground.model.local.front import Front
from bot.playground.model.local.llama import Llama
from bot.playground.model.recorded import Outcome
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer, Ending
from bot.playground.model.serving import listening
from tests.playground.model.saying import complete


@asynccontextmanager
async def front_of(engine: Llama, recordings: Recordings) -> AsyncIterator[AsyncOpenAI]:
    async with (
        ClientSession() as session,
        listening(Front(engine, session, recordings, "smollm2").application("k"), "127.0.0.1", 0) as port,
        AsyncOpenAI(
            base_url=f"http://127.0.0.1:{port}/openai/v1/", api_key="k", max_retries=0, timeout=10
        ) as client,
    ):
        yield client


@pytest.fixture
def recordings() -> Recordings:
    return Recordings()


@pytest.fixture
async def front(azure: ScriptedAzure, recordings: Recordings) -> AsyncIterator[AsyncOpenAI]:
    async with front_of(Llama(azure.endpoint, azure.key), recordings) as client:
        yield client


async def test_an_engine_that_dies_in_the_middle_breaks_the_answer_off(
    azure: ScriptedAzure, recordings: Recordings, front: AsyncOpenAI
) -> None:
    azure.answers.append(Answer(text="So far", ends=Ending.HANG_UP))

    with pytest.raises(APIError):
        await complete(front, "smollm2")

    (kept,) = recordings.all()
    assert (kept.text, kept.outcome) == ("So far", Outcome.CUT)


async def test_an_engine_that_is_gone_is_a_service_without_capacity(recordings: Recordings) -> None:
    async with front_of(Llama("http://127.0.0.1:9", "none"), recordings) as client:
        with pytest.raises(InternalServerError) as refused:
            await complete(client, "smollm2")

    assert refused.value.status_code == 503
    assert recordings.all()[-1].outcome is Outcome.REFUSED


async def test_the_engines_own_refusal_passes_unchanged(
    azure: ScriptedAzure, recordings: Recordings, front: AsyncOpenAI
) -> None:
    error = {"code": 400, "message": "too much", "type": "exceed_context_size_error", "n_ctx": 8192}
    azure.answers.append(refusal.Refusal(400, {"error": error}))

    with pytest.raises(BadRequestError) as refused:
        await complete(front, "smollm2")

    assert refused.value.body == error
    assert recordings.all()[-1].error == error


@pytest.mark.parametrize("pieces", [BEFORE_HEADERS, 0, 1])
async def test_a_client_that_leaves_ends_the_engines_work(
    azure: ScriptedAzure, recordings: Recordings, front: AsyncOpenAI, pieces: int
) -> None:
    azure.answers.append(Answer(text="Never to be said", stuck_after=pieces))

    with pytest.raises(APIError):
        await complete(front.with_options(timeout=0.1), "smollm2")

    await azure.until(lambda azure: azure.open_answers == 0)
    assert azure.recordings.all()[-1].outcome is Outcome.ABANDONED
    assert recordings.all()[-1].outcome is Outcome.ABANDONED


async def test_the_engine_sees_the_body_but_not_the_callers_key(
    azure: ScriptedAzure, recordings: Recordings, front: AsyncOpenAI
) -> None:
    await complete(front, "smollm2", max_tokens=7)

    assert azure.requests[-1].body == recordings.all()[-1].body
    assert azure.requests[-1].body["max_tokens"] == 7
