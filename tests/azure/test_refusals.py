"""Every way in which the service says no, and what a person and an operator hear of it."""

import pytest

from bot.azure import AzureModel
from bot.errors import (
    ConfabError,
    ModelBusy,
    ModelTimedOut,
    ModelUnavailable,
    OperatorFault,
    PromptFiltered,
    PromptTooLong,
)
from bot.playground.model import ScriptedAzure, refusal
from bot.playground.model.refusal import Refusal, coded, invalid
from tests.azure.conftest import Naps, Opening, ask, request

LLAMA_TOO_LONG = Refusal(
    400,
    {
        "error": {
            "code": 400,
            "message": "request (8031 tokens) exceeds the available context size (4096 tokens)",
            "type": "exceed_context_size_error",
        }
    },
)


async def refused(model: AzureModel, azure: ScriptedAzure, *answers: Refusal) -> ConfabError:
    azure.answers.extend(answers)
    with pytest.raises(ConfabError) as error:
        await ask(model, request())
    # Nothing of the SDK's own error, which may quote the prompt, is left for a traceback to show.
    assert error.value.__suppress_context__
    assert error.value.__cause__ is None
    return error.value


async def test_a_wrong_key_is_an_operators_matter(connect: Opening, azure: ScriptedAzure) -> None:
    error = await refused(connect(key="wr0ng-key"), azure)

    assert isinstance(error, OperatorFault)
    assert "HTTP 401" in error.detail
    assert "wr0ng-key" not in str(error)


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        pytest.param(coded(401, "Unauthorized", "Access token is missing."), "Unauthorized", id="no token"),
        pytest.param(
            Refusal(401, {"statusCode": 401, "message": "Access denied."}), "HTTP 401", id="the gateway's 401"
        ),
        pytest.param(refusal.forbidden(), "HTTP 403", id="403"),
        pytest.param(refusal.no_deployment(), "DeploymentNotFound", id="no deployment"),
        pytest.param(
            invalid("The model does not exist.", param="model", code="model_not_found"),
            "model_not_found",
            id="no model",
        ),
    ],
)
async def test_what_only_an_operator_can_mend_tells_people_nothing_of_it(
    model: AzureModel, azure: ScriptedAzure, answer: Refusal, fact: str
) -> None:
    error = await refused(model, azure, answer)

    assert isinstance(error, OperatorFault)
    assert fact in error.detail
    assert "deployment gpt-4o-mini" in error.detail
    assert "gpt-4o-mini" not in error.sentence
    assert len(azure.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        refusal.no_deployment(),
        coded(404, "DeploymentNotFound", "No such thing."),
        Refusal(404, {"object": "error", "message": "The model `x` does not exist.", "code": 404}),
        Refusal(404, {"error": {"message": "No such model.", "param": "model"}}),
    ],
)
async def test_a_missing_deployment_is_not_looked_for_over_the_other_transport(
    model: AzureModel, azure: ScriptedAzure, answer: Refusal
) -> None:
    await refused(model, azure, answer)
    assert [asked.operation for asked in azure.requests] == ["chat/completions"]


async def test_a_deployment_that_no_setting_describes_is_an_operators_matter(model: AzureModel) -> None:
    with pytest.raises(OperatorFault, match="unheard-of"):
        await ask(model, request("unheard-of"))


async def test_a_refusal_names_the_services_own_request_id(model: AzureModel, azure: ScriptedAzure) -> None:
    error = await refused(model, azure, refusal.forbidden())

    recorded = azure.recordings.find("T0CONFAB.7")
    assert recorded is not None
    assert recorded.request_id in error.detail
    assert "T0CONFAB.7" in error.detail


@pytest.mark.parametrize("category", ["hate", "jailbreak"])
async def test_a_filtered_prompt_names_its_category(
    model: AzureModel, azure: ScriptedAzure, category: str
) -> None:
    error = await refused(model, azure, refusal.filtered_prompt(category))

    assert isinstance(error, PromptFiltered)
    assert error.categories == (category,)
    assert category in error.sentence
    assert len(azure.requests) == 1


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        pytest.param(
            refusal.too_long(limit=4096, prompt=3_177, maximum=1_024), ("3,177", "3,296"), id="azure"
        ),
        pytest.param(LLAMA_TOO_LONG, ("8,031", "3,296"), id="llama.cpp"),
        pytest.param(
            invalid("Too long.", param="messages", code="context_length_exceeded"), (), id="without numbers"
        ),
        pytest.param(
            invalid(
                "Invalid 'messages[1].content': string too long.",
                param="messages[1].content",
                code="string_above_max_length",
            ),
            (),
            id="one message of a million characters",
        ),
        pytest.param(coded(413, "413", "Request body too large"), (), id="413"),
    ],
)
async def test_a_prompt_that_is_too_long_says_so_with_the_numbers_there_are(
    model: AzureModel, azure: ScriptedAzure, answer: Refusal, numbers: tuple[str, ...]
) -> None:
    error = await refused(model, azure, answer)

    assert isinstance(error, PromptTooLong)
    assert all(number in error.sentence for number in numbers)
    assert ("tokens" in error.sentence) == bool(numbers)
    assert len(azure.requests) == 1


async def test_an_hour_too_long_to_wait_for_quota_is_told_at_once(
    model: AzureModel, azure: ScriptedAzure, naps: Naps
) -> None:
    error = await refused(model, azure, refusal.rate_limited(retry_after=86_400))

    assert isinstance(error, ModelBusy)
    assert error.wait == 86_400
    assert "24 hours" in error.sentence
    assert naps.taken == []


async def test_quota_is_waited_for_as_the_service_says(
    model: AzureModel, azure: ScriptedAzure, naps: Naps
) -> None:
    azure.answers.extend(
        [refusal.rate_limited(retry_after=2), refusal.rate_limited(retry_after_ms=250), "Now."]
    )

    assert (await ask(model, request())).text == "Now."
    assert naps.taken == [2, 0.25]


async def test_a_wait_that_stands_in_the_message_alone_is_kept(
    model: AzureModel, azure: ScriptedAzure, naps: Naps
) -> None:
    azure.answers.extend([coded(429, "429", "Please retry after 7 seconds."), "Now."])

    await ask(model, request())

    assert naps.taken == [7]


async def test_three_times_no_quota_is_told_with_the_wait(
    model: AzureModel, azure: ScriptedAzure, naps: Naps
) -> None:
    error = await refused(model, azure, *[refusal.rate_limited(retry_after=5)] * 3)

    assert isinstance(error, ModelBusy)
    assert error.wait == 5
    assert naps.taken == [5, 5]


async def test_no_try_begins_after_a_minute(model: AzureModel, azure: ScriptedAzure, naps: Naps) -> None:
    error = await refused(model, azure, *[refusal.rate_limited(retry_after=40)] * 2)

    assert isinstance(error, ModelBusy)
    assert naps.taken == [40]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(refusal.server_error(), id="500"),
        pytest.param(
            Refusal(
                500,
                {
                    "error": {
                        "message": "Failed to create completion as the model generated invalid Unicode output"
                    }
                },
            ),
            id="invalid unicode",
        ),
        pytest.param(Refusal(502, {}), id="502"),
        pytest.param(refusal.overloaded(), id="503"),
        pytest.param(coded(409, "409", "Conflict"), id="409"),
    ],
)
async def test_a_fault_of_the_service_is_tried_again_and_then_told(
    model: AzureModel, azure: ScriptedAzure, naps: Naps, answer: Refusal
) -> None:
    azure.answers.extend([answer, "Now."])
    assert (await ask(model, request())).text == "Now."

    assert isinstance(await refused(model, azure, answer, answer, answer), ModelUnavailable)
    assert len(naps.taken) == 3


async def test_a_time_out_of_the_service_is_a_time_out(model: AzureModel, azure: ScriptedAzure) -> None:
    assert isinstance(await refused(model, azure, *[coded(408, "Timeout", "Timeout")] * 3), ModelTimedOut)


async def test_a_refusal_that_quotes_the_prompt_leaves_no_word_of_it(
    model: AzureModel, azure: ScriptedAzure, caplog: pytest.LogCaptureFixture
) -> None:
    quoting = {"error": {"message": "Bad: Velociraptor", "code": "Velo ci raptor", "param": "Velo\nci"}}

    error = await refused(model, azure, Refusal(400, quoting))

    assert "Velo" not in str(error)
    assert "Velo" not in caplog.text
