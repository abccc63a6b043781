"""Answers that do not come, do not end, or are wanted no more."""

import asyncio
from contextlib import aclosing

import pytest

from bot.azure import AzureModel, Limits
from bot.chat.deployments import Transport
from bot.chat.ports import Piece
from bot.errors import ModelTimedOut
from bot.playground.model import ScriptedAzure
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer, Ending
from tests.azure.conftest import Answered, Opening, ask, request

BOTH = pytest.mark.parametrize(
    "transport", [pytest.param(Transport.CHAT, id="chat"), pytest.param(Transport.CHATML, id="chatml")]
)


@pytest.mark.parametrize("stuck_after", [BEFORE_HEADERS, 0])
async def test_silence_before_the_first_word_times_out_and_is_not_asked_again(
    connect: Opening, azure: ScriptedAzure, stuck_after: int
) -> None:
    azure.answers.append(Answer("late", stuck_after=stuck_after))

    with pytest.raises(ModelTimedOut):
        await ask(connect(limits=Limits(idle=0.2)), request())

    assert len(azure.requests) == 1


async def test_silence_in_the_middle_times_out(connect: Opening, azure: ScriptedAzure) -> None:
    azure.answers.append(Answer(chunks=("One", " two"), stuck_after=1))
    shown = Answered()

    with pytest.raises(ModelTimedOut):
        await ask(connect(limits=Limits(idle=0.2)), request(), shown)

    assert shown.text == "One"


async def test_an_answer_without_end_stops_at_the_total(connect: Opening, azure: ScriptedAzure) -> None:
    azure.answers.append(Answer("on and ", ends=Ending.ENDLESS, delay=0.02))

    with pytest.raises(ModelTimedOut):
        await ask(connect(limits=Limits(idle=5.0, total=0.3)), request())

    async with asyncio.timeout(60):
        await azure.until(lambda azure: azure.open_answers == 0)


async def test_a_service_that_does_not_even_say_200_stops_at_the_total(
    connect: Opening, azure: ScriptedAzure
) -> None:
    azure.answers.append(Answer("late", stuck_after=BEFORE_HEADERS))

    with pytest.raises(ModelTimedOut):
        await ask(connect(limits=Limits(idle=5.0, total=0.2)), request())


@BOTH
async def test_ending_early_closes_the_connection_at_once(
    model: AzureModel, azure: ScriptedAzure, transport: Transport
) -> None:
    azure.answers.append(Answer("on and ", ends=Ending.ENDLESS, delay=0.01))

    async with aclosing(model.stream(request("qwen3-8b", transport))) as stream:
        async for part in stream:
            assert isinstance(part, Piece)
            break

    async with asyncio.timeout(60):
        await azure.until(lambda azure: azure.open_answers == 0)


@pytest.mark.parametrize("stuck_after", [BEFORE_HEADERS, 0, 1])
async def test_cancelling_closes_the_connection_at_once(
    model: AzureModel, azure: ScriptedAzure, stuck_after: int
) -> None:
    azure.answers.append(Answer(chunks=("One", " two"), stuck_after=stuck_after))
    asking = asyncio.create_task(ask(model, request()))
    async with asyncio.timeout(60):
        await azure.until(lambda azure: azure.open_answers == 1)
        await asyncio.sleep(0.05)

        asking.cancel()

        with pytest.raises(asyncio.CancelledError):
            await asking
        await azure.until(lambda azure: azure.open_answers == 0)
