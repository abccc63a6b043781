"""Answers that stick, drip, break off or never end, and clients that leave."""

import asyncio

import pytest
from aiohttp import ClientPayloadError, ClientSession
from openai import APIConnectionError, APIError, AsyncOpenAI, InternalServerError
from openai.types.chat import ChatCompletionChunk

from bot.playground.model import ScriptedAzure, running_scripted_azure
from bot.playground.model.recorded import Outcome
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer, Ending
from tests.playground.model.saying import Heard, ask, complete, hear, stream


def no_answer(azure: ScriptedAzure) -> bool:
    return azure.open_answers == 0


def words(chunk: ChatCompletionChunk) -> str:
    return (chunk.choices[0].delta.content or "") if chunk.choices else ""


async def test_a_cut_stream_ends_without_reason_or_done(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(text="So far", ends=Ending.CUT))

    heard = await hear(client)

    assert (heard.text, heard.reason) == ("So far", None)
    assert azure.recordings.all()[-1].outcome is Outcome.CUT


@pytest.mark.parametrize("ending", [Ending.RESET, Ending.HANG_UP])
async def test_a_broken_connection_is_an_error_after_the_first_words(
    azure: ScriptedAzure, client: AsyncOpenAI, ending: Ending
) -> None:
    azure.answers.append(Answer(text="So far", ends=ending))
    heard = Heard()

    async def listen() -> None:
        async for chunk in await stream(client):
            heard.take(chunk)

    with pytest.raises(APIError):
        await listen()

    assert (heard.text, heard.reason) == ("So far", None)


@pytest.mark.parametrize("ending", [Ending.RESET, Ending.UNANSWERED])
async def test_a_reset_is_one_on_the_wire(azure: ScriptedAzure, ending: Ending) -> None:
    azure.answers.append(Answer(text="So far", ends=ending))
    reader, writer = await asyncio.open_connection("127.0.0.1", azure.port)
    body = b'{"model":"gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hello"}]}'
    head = f"Host: loopback\r\napi-key: {azure.key}\r\nContent-Length: {len(body)}\r\n\r\n"

    writer.write(b"POST /openai/v1/chat/completions HTTP/1.1\r\n" + head.encode() + body)

    with pytest.raises(ConnectionResetError):
        await reader.read()
    writer.close()


async def test_a_reset_may_come_before_the_first_word(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(ends=Ending.RESET))

    with pytest.raises(APIError):
        await hear(client)


async def test_a_request_may_go_unanswered(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(ends=Ending.UNANSWERED))

    with pytest.raises(APIConnectionError):
        await hear(client)


async def test_the_sdk_tries_again_where_nothing_was_answered(
    azure: ScriptedAzure, client: AsyncOpenAI
) -> None:
    azure.answers.extend([Answer(ends=Ending.UNANSWERED), "Here I am."])

    heard = await hear(client.with_options(max_retries=1))

    assert heard.text == "Here I am."
    assert len(azure.requests) == 2


@pytest.mark.parametrize("ending", [Ending.RESET, Ending.HANG_UP, Ending.CUT])
async def test_a_whole_answer_can_break_off_too(azure: ScriptedAzure, ending: Ending) -> None:
    azure.answers.append(Answer(text="Hardly anything of this arrives", ends=ending))
    asked = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}

    async with (
        ClientSession(headers={"api-key": azure.key}) as session,
        session.post(f"{azure.endpoint}/openai/v1/chat/completions", json=asked) as response,
    ):
        with pytest.raises((ClientPayloadError, ConnectionError)):
            await response.read()


async def test_an_error_in_a_whole_answer_is_a_500(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(ends=Ending.ERROR))

    with pytest.raises(InternalServerError):
        await ask(client)


async def test_a_stuck_stream_says_no_more_until_it_is_released(
    azure: ScriptedAzure, client: AsyncOpenAI
) -> None:
    azure.answers.append(Answer(chunks=("One", " two"), stuck_after=1))
    heard = Heard()
    chunks = await stream(client)
    while not heard.text:
        heard.take(await anext(chunks))

    following = asyncio.ensure_future(anext(chunks))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(following), 0.05)
    azure.release()
    heard.take(await following)
    async for chunk in chunks:
        heard.take(chunk)

    assert (heard.text, heard.reason) == ("One two", "stop")


@pytest.mark.parametrize(
    ("pieces", "after"), [(("One",), BEFORE_HEADERS), (("One",), 0), (("One",), 1), (("One",), 2), ((), 0)]
)
async def test_an_answer_can_stick_before_its_headers_and_at_either_end(
    azure: ScriptedAzure, client: AsyncOpenAI, pieces: tuple[str, ...], after: int
) -> None:
    azure.answers.append(Answer(chunks=pieces, stuck_after=after))

    hearing = asyncio.ensure_future(hear(client))
    await azure.until(lambda azure: azure.open_answers == 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(hearing), 0.05)
    azure.release()

    assert (await hearing).text == "".join(pieces)


async def test_a_slow_answer_waits_before_its_first_and_between_all_pieces() -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    async with running_scripted_azure(ScriptedAzure(sleep=sleep)) as azure:
        azure.answers.append(Answer(chunks=("One", " two", " three"), first_token_after=2.5, delay=20))
        async with AsyncOpenAI(base_url=f"{azure.endpoint}/openai/v1/", api_key=azure.key) as client:
            await hear(client)

    assert waited == [2.5, 20, 20]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Answer(text="on and on ", ends=Ending.ENDLESS), id="endless"),
        pytest.param(Answer(text="on and on ", ends=Ending.ENDLESS, delay=0.001), id="endless drip"),
        pytest.param(Answer(chunks=("on", " and"), stuck_after=1), id="stuck"),
        pytest.param(Answer(chunks=("on", " and"), delay=3600), id="one word an hour"),
    ],
)
async def test_a_client_that_leaves_ends_the_answer(
    azure: ScriptedAzure, client: AsyncOpenAI, answer: Answer
) -> None:
    azure.answers.append(answer)
    chunks = await stream(client)
    while not words(await anext(chunks)):
        pass
    assert azure.open_answers == 1

    await chunks.close()

    await asyncio.wait_for(azure.until(no_answer), 60)
    assert azure.recordings.all()[-1].outcome is Outcome.ABANDONED


async def test_a_client_may_leave_before_the_headers(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.append(Answer(text="Too late", stuck_after=BEFORE_HEADERS))

    with pytest.raises(APIConnectionError):
        await ask(client.with_options(timeout=0.05))

    await asyncio.wait_for(azure.until(no_answer), 60)


async def test_an_answer_without_end_lets_others_be_answered(
    azure: ScriptedAzure, client: AsyncOpenAI
) -> None:
    azure.answers.append(Answer(text="on and on ", ends=Ending.ENDLESS))
    endless = await stream(client)
    await anext(endless)

    assert (await hear(client)).reason == "stop"
    await endless.close()


async def test_a_server_that_stops_does_not_wait_for_its_answers() -> None:
    async with asyncio.timeout(60):
        async with running_scripted_azure() as azure:
            azure.answers.append(Answer(chunks=("One", " two"), stuck_after=1))
            client = AsyncOpenAI(base_url=f"{azure.endpoint}/openai/v1/", api_key=azure.key, max_retries=0)
            chunks = await stream(client)
        heard = await anext(chunks)
        await client.close()

    assert heard.choices == []


async def test_completions_break_off_alike(azure: ScriptedAzure, client: AsyncOpenAI) -> None:
    azure.answers.extend([Answer(text="So far", ends=Ending.CUT), Answer(text="So far", ends=Ending.RESET)])

    events = await complete(client)

    assert all(each.choices[0].finish_reason is None for each in events if each.choices)
    with pytest.raises(APIError):
        await complete(client)
