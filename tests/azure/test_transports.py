"""The same deployment by another route: one refusal is enough to know which it takes."""

import pytest

from bot.azure import AzureModel
from bot.chat.deployments import Transport
from bot.errors import OperatorFault
from bot.playground.model import ScriptedAzure, refusal
from tests.azure.conftest import ask, request


async def test_a_chat_only_deployment_answers_although_it_was_called_chatml(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    assert (await ask(model, request("gpt-4o-mini", Transport.CHATML))).text
    assert [asked.operation for asked in azure.requests] == ["completions", "chat/completions"]


async def test_a_completions_only_deployment_answers_although_it_was_called_chat(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    assert (await ask(model, request("gpt-35-turbo-instruct", Transport.CHAT))).text
    assert [asked.operation for asked in azure.requests] == ["chat/completions", "completions"]


async def test_the_transport_that_worked_is_remembered(model: AzureModel, azure: ScriptedAzure) -> None:
    await ask(model, request("gpt-4o-mini", Transport.CHATML))
    azure.requests.clear()

    await ask(model, request("gpt-4o-mini", Transport.CHATML))

    assert [asked.operation for asked in azure.requests] == ["chat/completions"]


async def test_a_server_without_the_route_is_asked_over_the_other(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(refusal.no_resource())

    assert (await ask(model, request("qwen3-8b", Transport.CHATML))).text
    assert [asked.operation for asked in azure.requests] == ["completions", "chat/completions"]


async def test_where_neither_transport_fits_the_first_refusal_is_reported_and_nothing_remembered(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.extend([refusal.operation_not_supported("completion", "qwen3-8b"), refusal.no_resource()])

    with pytest.raises(OperatorFault) as fault:
        await ask(model, request("qwen3-8b", Transport.CHATML))

    assert "OperationNotSupported" in fault.value.detail
    assert "chatml" in fault.value.detail
    azure.requests.clear()
    await ask(model, request("qwen3-8b", Transport.CHATML))
    assert [asked.operation for asked in azure.requests] == ["completions"]
