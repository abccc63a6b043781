"""Deployments differ in what they take; one refusal is enough to know."""

import pytest

from bot.azure import AzureModel
from bot.chat.setup import Effort
from bot.errors import OperatorFault
from bot.playground.model import ScriptedAzure, refusal
from bot.playground.model.refusal import Refusal, invalid
from tests.azure.conftest import Naps, Opening, ask, request


def sent(azure: ScriptedAzure) -> list[set[str]]:
    always = {"model", "messages", "prompt", "stream", "stream_options"}
    return [set(asked.body) - always for asked in azure.requests]


async def test_a_refused_parameter_is_left_out_and_the_question_asked_again(
    model: AzureModel, azure: ScriptedAzure, naps: Naps
) -> None:
    answered = await ask(model, request("o4-mini"))

    assert answered.text
    assert [{"temperature", "top_p"} & names for names in sent(azure)] == [
        {"temperature", "top_p"},
        {"top_p"},
        set(),
    ]
    assert naps.taken == []


async def test_a_value_that_the_model_has_fixed_is_left_out(model: AzureModel, azure: ScriptedAzure) -> None:
    assert (await ask(model, request("gpt-5-mini"))).text
    assert "temperature" not in sent(azure)[-1]


async def test_what_a_deployment_refused_is_remembered_for_it_alone(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    await ask(model, request("gpt-5-mini"))
    azure.requests.clear()

    await ask(model, request("gpt-5-mini"))
    await ask(model, request("gpt-4o-mini"))

    [again, other] = sent(azure)
    assert "temperature" not in again
    assert "temperature" in other


async def test_a_model_that_refuses_all_that_a_channel_may_set_still_answers(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    everything = request("gpt-5-mini", frequency_penalty=1.0, presence_penalty=1.0, stop=("END",))
    assert (await ask(model, everything)).text
    assert sent(azure)[-1] == {"max_completion_tokens", "safety_identifier", "prompt_cache_key"}


async def test_the_token_limit_is_renamed_where_the_model_wants_the_newer_name(
    connect: Opening, azure: ScriptedAzure
) -> None:
    answered = await ask(connect(api_version="2024-10-21"), request("gpt-5.4-mini"))

    assert answered.text
    assert azure.requests[0].body["max_tokens"] == 800
    assert "max_tokens" not in azure.requests[-1].body
    assert azure.requests[-1].body["max_completion_tokens"] == 800


async def test_the_token_limit_is_renamed_where_the_server_knows_only_the_older_name(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(refusal.unrecognized_argument("max_completion_tokens"))

    await ask(model, request("gpt-4o-mini"))

    assert "max_completion_tokens" not in azure.requests[-1].body
    assert azure.requests[-1].body["max_tokens"] == 800


async def test_a_token_limit_refused_under_both_names_is_left_out(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    names = ["max_completion_tokens", "max_tokens"]
    azure.answers.extend(refusal.unrecognized_argument(name) for name in names)

    assert (await ask(model, request())).text
    assert not set(names) & sent(azure)[-1]


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(refusal.unsupported_parameter("top_p"), id="unsupported parameter"),
        pytest.param(refusal.unsupported_value("top_p", 0.95), id="unsupported value"),
        pytest.param(refusal.unrecognized_argument("top_p"), id="named in the message alone"),
        pytest.param(invalid("Unknown parameter: 'top_p'.", code="unknown_parameter"), id="quoted"),
        pytest.param(
            Refusal(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "top_p"]}]}),
            id="a strict 422",
        ),
    ],
)
async def test_a_refusal_is_understood_in_every_wording(
    model: AzureModel, azure: ScriptedAzure, refused: Refusal
) -> None:
    azure.answers.append(refused)

    assert (await ask(model, request())).text
    await ask(model, request())

    assert ["top_p" in names for names in sent(azure)] == [True, False, False]


async def test_a_server_that_quotes_the_whole_request_is_not_misunderstood(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    missing = {"type": "missing", "loc": ["body", "tools"], "input": {"temperature": 0.7, "stop": None}}
    azure.answers.append(Refusal(422, {"detail": [missing]}))

    with pytest.raises(OperatorFault):
        await ask(model, request())

    assert len(azure.requests) == 1


async def test_a_maximum_response_that_is_too_large_is_left_to_the_model(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    for name in ("max_completion_tokens", "max_tokens"):
        azure.answers.append(invalid(f"{name} is too large: 99999.", param=name, code="invalid_value"))

    await ask(model, request(max_response=99_999))
    await ask(model, request(max_response=100))

    assert not {"max_completion_tokens", "max_tokens"} & sent(azure)[2]
    assert azure.requests[-1].body["max_completion_tokens"] == 100


async def test_a_part_of_a_parameter_takes_the_whole_with_it(model: AzureModel, azure: ScriptedAzure) -> None:
    azure.answers.append(refusal.unsupported_parameter("stream_options.include_usage"))

    answered = await ask(model, request())

    assert "stream_options" not in azure.requests[-1].body
    assert answered.finish is not None
    assert answered.finish.usage.prompt == 0


async def test_a_value_out_of_range_is_not_held_against_the_next_channel(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(
        invalid("Invalid 'temperature': too high.", param="temperature", code="invalid_value")
    )

    await ask(model, request(temperature=1.9))
    await ask(model, request(temperature=0.2))

    assert ["temperature" in names for names in sent(azure)] == [True, False, True]


async def test_a_required_part_that_is_refused_is_an_operators_matter(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(
        invalid("Invalid 'messages[0].role'.", param="messages[0].role", code="invalid_value")
    )

    with pytest.raises(OperatorFault) as fault:
        await ask(model, request())

    assert "param messages[0].role" in fault.value.detail
    assert len(azure.requests) == 1


async def test_a_service_that_refuses_for_ever_is_given_up(model: AzureModel, azure: ScriptedAzure) -> None:
    azure.brain = lambda asked: refusal.unsupported_parameter(max(asked.body))

    with pytest.raises(OperatorFault):
        await ask(model, request())

    assert len(azure.requests) < 15


async def test_stop_sequences_hold_where_the_model_refuses_them(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append("One. Two. STOP Three.")
    answered = await ask(model, request("gpt-5-mini", stop=("STOP",)))

    assert "stop" not in azure.requests[-1].body
    assert answered.text == "One. Two. "
    assert answered.finish is not None
    assert answered.finish.reason == "stop"


async def test_a_refused_effort_is_left_out_and_another_one_still_sent(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(refusal.unsupported_value("reasoning_effort", "minimal"))

    assert (await ask(model, request(effort=Effort.MINIMAL))).text
    assert (await ask(model, request(effort=Effort.LOW))).text

    assert [asked.body.get("reasoning_effort") for asked in azure.requests] == ["minimal", None, "low"]


async def test_a_temperature_that_goes_only_without_reasoning_is_sent_without_it(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(refusal.unsupported_parameter("temperature"))

    await ask(model, request(effort=Effort.HIGH))
    await ask(model, request(effort=Effort.NONE))

    assert ["temperature" in asked.body for asked in azure.requests] == [True, False, True]


async def test_the_settings_that_a_deployment_refuses_are_known_once_it_has_refused_them(
    model: AzureModel,
) -> None:
    asked = request("gpt-5-mini", frequency_penalty=1.0, stop=("END",))
    assert model.refused(asked.deployment) == frozenset()

    await ask(model, asked)

    assert model.refused(asked.deployment) == {"temperature", "top_p", "frequency_penalty", "stop"}
    assert model.refused(asked.deployment, Effort.HIGH) == frozenset()
    assert model.refused(request("gpt-4o-mini").deployment) == frozenset()
