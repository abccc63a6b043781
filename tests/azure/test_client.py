"""What Confab relies on in the SDK beyond its documentation, and servers stranger than Azure."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from openai import APIError, APIStatusError, AsyncAzureOpenAI, AsyncOpenAI, AsyncStream

from bot.azure import Access, AzureModel, Limits
from bot.errors import (
    AnswerCut,
    AnswerFiltered,
    ConfabError,
    ModelBusy,
    ModelTimedOut,
    ModelUnavailable,
    OperatorFault,
    PromptFiltered,
    PromptTooLong,
)
from bot.playground.model import ScriptedAzure
from bot.playground.model.scripted.answer import Answer, Ending
from tests.azure.conftest import Answered, Naps, ask, request

BODY = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}], "stream": True}
WORD = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'


@pytest.mark.parametrize("dated", [False, True])
async def test_the_raw_post_keeps_what_the_typed_call_does(azure: ScriptedAzure, *, dated: bool) -> None:
    v1 = AsyncOpenAI(base_url=f"{azure.endpoint}/openai/v1/", api_key=azure.key)
    old = AsyncAzureOpenAI(azure_endpoint=azure.endpoint, api_key=azure.key, api_version="2024-10-21")
    azure.answers.extend([Answer("Hello there"), Answer(chunks=("Hello",), ends=Ending.ERROR)])

    async with v1, old:
        client = old if dated else v1

        async def post() -> AsyncStream[object]:
            return await client.post(
                "/chat/completions",
                body=BODY,
                cast_to=object,
                stream=True,
                stream_cls=AsyncStream[object],
                options={"headers": {"x-ms-client-request-id": "7"}, "security": {"bearer_auth": True}},
            )

        stream = await post()
        chunks = [chunk async for chunk in stream]
        broken = await post()
        with pytest.raises(APIError) as in_band:
            async for _ in broken:
                pass

    assert stream.response.headers["apim-request-id"]
    assert all(isinstance(chunk, dict) for chunk in chunks)
    assert chunks[0]["choices"] == []  # type: ignore[index]
    assert not isinstance(in_band.value, APIStatusError)
    assert [asked.id for asked in azure.requests] == ["7", "7"]
    assert azure.requests[0].api_version == ("2024-10-21" if dated else None)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server_of(handler: Handler, naps: Naps, limits: Limits) -> AsyncIterator[AzureModel]:
    app = web.Application()
    app.router.add_post("/v1/{operation:.*}", handler)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    model = AzureModel(
        {"gpt-4o-mini": Access(f"http://127.0.0.1:{runner.addresses[0][1]}/v1", "key")},
        limits=limits,
        clock=naps.clock,
        sleep=naps.sleep,
    )
    try:
        yield model
    finally:
        await model.aclose()
        await runner.cleanup()


async def heard(naps: Naps, *parts: bytes, pause: float = 0.0, limits: Limits | None = None) -> Answered:
    """What a server that sends exactly these bytes, one part after the other, is heard to say."""

    async def handler(asked: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(asked)
        for part in parts:
            await asyncio.sleep(pause)
            await response.write(part)
        return response

    async with server_of(handler, naps, limits or Limits(idle=2.0, total=5.0)) as model:
        return await ask(model, request())


async def test_a_usage_that_never_comes_does_not_spoil_a_whole_answer(naps: Naps) -> None:
    answered = await heard(naps, WORD, END, b'data: {"choices":[],"usage"')
    assert answered.text == "Hello"
    assert answered.finish is not None


async def test_silence_after_the_finish_reason_does_not_spoil_a_whole_answer(naps: Naps) -> None:
    slow = Limits(idle=0.2, total=5.0)

    async def handler(asked: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(asked)
        await response.write(WORD + END)
        await asyncio.sleep(60)
        return response

    async with server_of(handler, naps, slow) as model:
        assert (await ask(model, request())).text == "Hello"


@pytest.mark.parametrize(
    "rubbish",
    [b"data: {not json}\n\n", b"data: \xff\xfe\n\n", b'data: {"choices":[{"delta":{"cont'],
    ids=repr,
)
async def test_a_stream_that_turns_to_rubbish_is_cut(naps: Naps, rubbish: bytes) -> None:
    with pytest.raises(AnswerCut):
        await heard(naps, WORD, rubbish)


@pytest.mark.parametrize(
    "rubbish", [b"data: {not json}\n\n", b"<html>Log in, please</html>", b"", b"data: [DONE]\n\n"], ids=repr
)
async def test_a_stream_of_nothing_but_rubbish_is_no_answer(naps: Naps, rubbish: bytes) -> None:
    with pytest.raises(ModelUnavailable):
        await heard(naps, rubbish)
    assert len(naps.taken) == 2


def in_band(code: str, message: str = "No.") -> bytes:
    return f'data: {{"error":{{"code":"{code}","message":"{message}"}}}}\n\n'.encode()


@pytest.mark.parametrize(
    ("said", "code", "kind"),
    [
        (b"", "content_filter", PromptFiltered),
        (b"", "context_length_exceeded", PromptTooLong),
        (b"", "429", ModelBusy),
        (b"", "500", ModelUnavailable),
        (WORD, "content_filter", AnswerFiltered),
        (WORD, "429", AnswerCut),
        (WORD, "500", AnswerCut),
    ],
)
async def test_an_error_inside_the_stream_means_what_it_says(
    naps: Naps, said: bytes, code: str, kind: type[ConfabError]
) -> None:
    with pytest.raises(ConfabError) as error:
        await heard(naps, said + in_band(code))
    assert type(error.value) is kind


async def test_a_prompt_that_is_filtered_only_inside_the_stream_is_a_filtered_prompt(naps: Naps) -> None:
    results = b'{"content_filter_results":{"jailbreak":{"filtered":true,"detected":true}}}'
    found = b'data: {"choices":[],"prompt_filter_results":[' + results + b"]}\n\n"
    stop = b'data: {"choices":[{"delta":null,"finish_reason":"content_filter"}]}\n\n'

    with pytest.raises(PromptFiltered) as error:
        await heard(naps, found, stop)

    assert error.value.categories == ("jailbreak",)


async def test_signs_of_life_do_not_stretch_the_total(naps: Naps) -> None:
    with pytest.raises(ModelTimedOut):
        await heard(naps, *[b": still here\n\n"] * 100, pause=0.05, limits=Limits(idle=2.0, total=0.4))


@pytest.mark.parametrize("size", [1, 3, 1000])
async def test_an_answer_is_the_same_however_the_network_cuts_it(naps: Naps, size: int) -> None:
    sent = (
        'data: {"choices":[{"delta":{"content":"Größe 😀"}}]}\n\n'.encode() + WORD + END + b"data: [DONE]\n\n"
    )
    parts = [sent[at : at + size] for at in range(0, len(sent), size)]
    assert (await heard(naps, *parts)).text == "Größe 😀Hello"


async def test_a_server_that_is_not_there_is_unavailable(naps: Naps) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        access = Access(f"http://127.0.0.1:{taken.getsockname()[1]}", "key")
        model = AzureModel({"gpt-4o-mini": access}, clock=naps.clock, sleep=naps.sleep)
        with pytest.raises(ModelUnavailable) as error:
            await ask(model, request())
        await model.aclose()

    assert "ConnectError" in error.value.detail
    assert len(naps.taken) == 2


@pytest.mark.parametrize("key", ["two\nlines", "schlüssel"])
async def test_a_key_that_no_header_can_carry_is_an_error_of_ours_without_the_key(
    azure: ScriptedAzure, naps: Naps, key: str
) -> None:
    model = AzureModel({"gpt-4o-mini": Access(azure.endpoint, key)}, clock=naps.clock, sleep=naps.sleep)
    with pytest.raises(OperatorFault) as error:
        await ask(model, request())
    await model.aclose()

    assert key not in str(error.value)
    assert naps.taken == []
