"""The shapes in which an answer comes, seen through the SDK."""

from dataclasses import replace
from typing import Any

import pytest
from openai import APIError, AsyncAzureOpenAI, AsyncOpenAI

from bot.playground.model import ScriptedAzure
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.model.scripted.deployments import CHATML as CHATML_DEPLOYMENT
from bot.playground.model.scripted.deployments import Filtering
from tests.playground.model.saying import ask, complete, hear


async def test_azures_first_chunk_has_no_choice_but_the_prompts_filter_results(client: AsyncOpenAI) -> None:
    first = (await hear(client)).chunks[0]

    assert first.choices == []
    assert (
        first.model_extra["prompt_filter_results"][0]["content_filter_results"]["hate"]["severity"] == "safe"
    )


async def test_each_piece_carries_its_filter_results(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(chunks=("One", " two")))

    heard = await hear(client)

    spoken = [each.choices[0] for each in heard.chunks if each.choices and each.choices[0].delta.content]
    assert [each.delta.content for each in spoken] == ["One", " two"]
    assert all("violence" in each.model_extra["content_filter_results"] for each in spoken)


async def test_an_open_model_adds_nothing_of_azures(client: AsyncOpenAI) -> None:
    heard = await hear(client, model="qwen3-8b")

    assert heard.text
    assert all(each.choices for each in heard.chunks)
    assert "content_filter_results" not in str(heard.chunks)


async def test_usage_comes_last_and_only_if_asked_for(client: AsyncOpenAI) -> None:
    without = await hear(client)
    asked = await hear(client, stream_options={"include_usage": True})

    assert all(each.usage is None for each in without.chunks)
    last = asked.chunks[-1]
    assert last.choices == []
    assert last.usage.total_tokens == last.usage.prompt_tokens + last.usage.completion_tokens


async def test_the_asynchronous_filter_speaks_in_chunks_with_a_null_delta(
    azure: ScriptedAzure, client: AsyncOpenAI
) -> None:
    azure.answers.append(Answer(text="word " * 100))

    heard = await hear(client, model="gpt-4o-async")

    notes = [each.choices[0] for each in heard.chunks if each.choices and each.choices[0].delta is None]
    offsets = [each.model_extra["content_filter_offsets"] for each in notes]
    assert offsets[0]["start_offset"] == 0
    assert offsets[-1]["end_offset"] == len(heard.text) == 500
    assert [each["end_offset"] for each in offsets[:-1]] == [each["start_offset"] for each in offsets[1:]]


async def test_the_filter_may_end_an_answer(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(text="So far", ends=Ending.CONTENT_FILTER, filtered="self_harm"))

    heard = await hear(client)

    last = heard.chunks[-1].choices[0]
    assert (heard.text, heard.reason) == ("So far", "content_filter")
    assert last.delta is None
    assert last.model_extra["content_filter_results"]["self_harm"]["filtered"] is True


async def test_an_error_may_come_inside_the_stream(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(text="So far", ends=Ending.ERROR))

    with pytest.raises(APIError) as failed:
        await hear(client)

    assert getattr(failed.value, "status_code", None) is None


async def test_hidden_reasoning_may_eat_the_whole_budget(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(ends=Ending.LENGTH, reasoning_tokens=800))

    heard = await hear(
        client, model="gpt-5-mini", max_completion_tokens=800, stream_options={"include_usage": True}
    )

    usage: Any = heard.chunks[-1].usage
    assert (heard.text, heard.reason) == ("", "length")
    assert usage.completion_tokens_details.reasoning_tokens == usage.completion_tokens == 800


async def test_an_answer_is_played_as_written_however_long(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(text="extraordinarily " * 1875))

    heard = await hear(client, max_tokens=10)

    assert heard.text == "extraordinarily " * 1875
    assert len(heard.text) == 30_000
    assert heard.reason == "stop"


async def test_a_whole_answer_has_the_same_parts(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(text="One two", ends=Ending.CONTENT_FILTER, filtered="hate"))

    answer = await ask(client)

    (choice,) = answer.choices
    assert (choice.message.content, choice.finish_reason) == ("One two", "content_filter")
    assert choice.model_extra["content_filter_results"]["hate"]["filtered"] is True
    assert answer.model_extra["prompt_filter_results"]
    assert answer.usage.completion_tokens == 2


async def test_chatml_completions_have_the_same_shapes(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(chunks=("One", " two"), ends=Ending.LENGTH))

    first, *spoken, last, usage = await complete(client, stream_options={"include_usage": True})

    assert first.choices == []
    assert first.model_extra
    assert "prompt_filter_results" in first.model_extra
    assert [each.choices[0].text for each in spoken] == ["One", " two"]
    assert last.choices[0].finish_reason == "length"
    assert usage.usage
    assert usage.usage.completion_tokens == 2


async def test_the_asynchronous_filter_speaks_on_completions_too(
    azure: ScriptedAzure, client: AsyncOpenAI
) -> None:
    azure.deployments = [replace(CHATML_DEPLOYMENT, filtering=Filtering.ASYNCHRONOUS)]
    azure.answers.append(Answer(text="word " * 50))

    events = await complete(client)

    noted = [each for each in events if each.choices and "content_filter_offsets" in str(each)]
    assert [each.choices[0].text for each in noted] == ["", ""]


async def test_the_dated_route_streams_alike(azure: ScriptedAzure, dated: AsyncAzureOpenAI) -> None:
    azure.answers.extend([Answer(text="On the dated route"), Answer(text="On the dated route")])

    heard, events = await hear(dated), await complete(dated)

    assert heard.text == "On the dated route"
    assert "".join(each.choices[0].text for each in events if each.choices) == heard.text
    assert [each.api_version for each in azure.requests] == ["2024-10-21", "2024-10-21"]
