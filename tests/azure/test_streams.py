"""Answers in every shape in which the service streams them."""

import logging

import pytest

from bot.azure import AzureModel
from bot.chat.deployments import Transport
from bot.errors import AnswerCut, AnswerEmpty, AnswerFiltered, ModelUnavailable
from bot.playground.model import ScriptedAzure
from bot.playground.model.scripted.answer import Answer, Ending
from tests.azure.conftest import Answered, Naps, ask, request

BOTH = pytest.mark.parametrize(
    "transport", [pytest.param(Transport.CHAT, id="chat"), pytest.param(Transport.CHATML, id="chatml")]
)


@BOTH
async def test_an_answer_comes_in_pieces_then_one_finish(
    model: AzureModel, azure: ScriptedAzure, transport: Transport
) -> None:
    azure.answers.append(Answer(chunks=("The", " Series", " X.")))

    answered = await ask(model, request("qwen3-8b", transport))

    assert "".join(answered.pieces) == "The Series X."
    assert answered.finish is not None
    assert answered.finish.reason == "stop"
    assert answered.finish.usage.completion == 3
    assert answered.finish.usage.prompt > 0


async def test_a_first_chunk_without_choices_is_no_word(model: AzureModel, azure: ScriptedAzure) -> None:
    azure.answers.append(Answer(chunks=("Hello",)))
    assert (await ask(model, request("gpt-4o-mini"))).pieces == ["Hello"]


async def test_null_deltas_of_the_asynchronous_filter_are_no_words(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    text = "word " * 100
    azure.answers.append(Answer(text))
    assert (await ask(model, request("gpt-4o-async"))).text == text


async def test_an_answer_that_the_maximum_response_cut_says_so(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(Answer("Half an ans", ends=Ending.LENGTH))

    answered = await ask(model, request())

    assert answered.text == "Half an ans"
    assert answered.finish is not None
    assert answered.finish.reason == "length"


@pytest.mark.parametrize("chunks", [(), ("Well",)])
async def test_an_answer_that_the_filter_stopped_names_the_category(
    model: AzureModel, azure: ScriptedAzure, chunks: tuple[str, ...]
) -> None:
    azure.answers.append(Answer(chunks=chunks, ends=Ending.CONTENT_FILTER, filtered="self_harm"))
    shown = Answered()

    with pytest.raises(AnswerFiltered) as stopped:
        await ask(model, request(), shown)

    assert stopped.value.categories == ("self_harm",)
    assert "self harm" in stopped.value.sentence
    assert shown.pieces == list(chunks)
    assert len(azure.requests) == 1


@pytest.mark.parametrize("ending", [Ending.ERROR, Ending.CUT, Ending.HANG_UP, Ending.RESET])
@BOTH
async def test_an_answer_that_breaks_off_in_the_middle_is_cut_and_not_asked_for_again(
    model: AzureModel, azure: ScriptedAzure, ending: Ending, transport: Transport
) -> None:
    azure.answers.append(Answer(chunks=("One", " two"), ends=ending, delay=0.01))
    shown = Answered()

    with pytest.raises(AnswerCut):
        await ask(model, request("qwen3-8b", transport), shown)

    assert shown.text.startswith("One")
    assert len(azure.requests) == 1


@pytest.mark.parametrize(
    "ending", [Ending.ERROR, Ending.CUT, Ending.HANG_UP, Ending.RESET, Ending.UNANSWERED]
)
async def test_an_answer_that_breaks_off_before_its_first_word_is_asked_for_again(
    model: AzureModel, azure: ScriptedAzure, naps: Naps, ending: Ending
) -> None:
    azure.answers.extend([Answer(ends=ending), Answer("Here.")])

    assert (await ask(model, request())).text == "Here."
    assert len(naps.taken) == 1


@pytest.mark.parametrize("ending", [Ending.ERROR, Ending.CUT, Ending.UNANSWERED])
async def test_three_breaks_before_the_first_word_are_enough(
    model: AzureModel, azure: ScriptedAzure, ending: Ending
) -> None:
    azure.answers.extend([Answer(ends=ending)] * 3)

    with pytest.raises(ModelUnavailable):
        await ask(model, request())

    assert len(azure.requests) == 3


@pytest.mark.parametrize("ending", [Ending.STOP, Ending.LENGTH])
@pytest.mark.parametrize("chunks", [(), ("", "\n", " ")])
async def test_an_answer_without_a_word_is_empty(
    model: AzureModel, azure: ScriptedAzure, ending: Ending, chunks: tuple[str, ...]
) -> None:
    azure.answers.append(Answer(chunks=chunks, ends=ending))
    shown = Answered()

    with pytest.raises(AnswerEmpty) as empty:
        await ask(model, request(), shown)

    assert "without a word" in empty.value.sentence
    assert shown.pieces == []


async def test_an_answer_that_went_into_reasoning_says_what_helps(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(Answer(ends=Ending.LENGTH, reasoning_tokens=800))

    with pytest.raises(AnswerEmpty) as empty:
        await ask(model, request("gpt-5-mini"))

    assert "thinking" in empty.value.sentence


async def test_reasoning_is_counted_with_the_answer(model: AzureModel, azure: ScriptedAzure) -> None:
    azure.answers.append(Answer(chunks=("Yes",), reasoning_tokens=40))

    answered = await ask(model, request("gpt-5-mini"))

    assert answered.finish is not None
    assert (answered.finish.usage.reasoned, answered.finish.usage.completion) == (40, 41)


async def test_white_space_before_the_first_word_is_kept_with_it(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(Answer(chunks=("\n", "    ", "code()")))
    assert (await ask(model, request())).pieces == ["\n    code()"]


async def test_a_marker_that_leaks_into_a_chatml_answer_ends_it(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    leaked = ("Yes", ".<", "|im_", "end|>", "\n<|im_start|>user\nAnd?")
    azure.answers.append(Answer(chunks=leaked))

    answered = await ask(model, request("qwen3-8b", Transport.CHATML))

    assert answered.text == "Yes."
    assert answered.finish is not None
    assert answered.finish.reason == "stop"


async def test_a_chat_answer_may_explain_the_markers(model: AzureModel, azure: ScriptedAzure) -> None:
    azure.answers.append(Answer("A turn ends with <|im_end|>, you know."))
    assert (await ask(model, request())).text == "A turn ends with <|im_end|>, you know."


async def test_what_only_looked_like_a_stop_is_shown_in_the_end(
    model: AzureModel, azure: ScriptedAzure
) -> None:
    azure.answers.append(Answer(chunks=("a", " <|im_")))
    assert (await ask(model, request("qwen3-8b", Transport.CHATML))).text == "a <|im_"


@BOTH
async def test_an_answer_of_thirty_thousand_characters_arrives_whole(
    model: AzureModel, azure: ScriptedAzure, transport: Transport
) -> None:
    text = "".join(f"Line {number} of a long answer.\n" for number in range(1_100))
    azure.answers.append(Answer(text))
    assert (await ask(model, request("qwen3-8b", transport))).text == text


async def test_the_log_has_ids_and_numbers_and_not_a_word_of_the_conversation(
    model: AzureModel, azure: ScriptedAzure, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    azure.answers.append("Velociraptor")

    answered = await ask(model, request())

    assert answered.finish is not None
    [line] = [record.getMessage() for record in caplog.records if record.name.startswith("bot.azure")]
    assert "T0CONFAB.7" in line
    assert answered.finish.request_id in line
    assert "Velociraptor" not in caplog.text
    assert "Xbox" not in caplog.text
    assert azure.key not in caplog.text
