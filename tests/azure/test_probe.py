import pytest

from bot.azure import AzureModel
from bot.chat.deployments import Deployment, Transport
from bot.errors import OperatorFault
from bot.playground.model import ScriptedAzure, refusal
from bot.playground.model.scripted.answer import Answer, Ending
from tests.azure.conftest import Opening


@pytest.mark.parametrize(
    ("deployment", "told"),
    [
        (Deployment("gpt-4o-mini"), "chat completions, API v1, answered in 0.0 s"),
        (Deployment("qwen3-8b", Transport.CHATML), "ChatML completions, API v1, answered in 0.0 s"),
        (Deployment("gpt-4o-mini", Transport.CHATML), "chat completions, API v1, answered in 0.0 s"),
        (
            Deployment("o4-mini"),
            "chat completions, API v1, answered in 0.0 s, does not take temperature, top_p",
        ),
    ],
)
async def test_a_probe_tells_how_a_deployment_answers(
    model: AzureModel, azure: ScriptedAzure, deployment: Deployment, told: str
) -> None:
    assert await model.probe(deployment) == told
    assert azure.requests[-1].maximum == 16


async def test_a_probe_names_the_dated_api(connect: Opening) -> None:
    told = await connect(api_version="2024-10-21").probe(Deployment("gpt-4o-mini"))
    assert "API 2024-10-21" in told


async def test_a_model_that_thinks_all_the_time_is_there_nonetheless(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(Answer(ends=Ending.LENGTH, reasoning_tokens=16))
    assert await model.probe(Deployment("gpt-4o-mini"))


async def test_a_probe_of_what_is_not_there_says_why(model: AzureModel, azure: ScriptedAzure) -> None:
    azure.answers.append(refusal.no_deployment())
    with pytest.raises(OperatorFault, match="DeploymentNotFound"):
        await model.probe(Deployment("gpt-4o-mini"))
