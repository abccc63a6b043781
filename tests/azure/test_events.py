"""Server-sent events, however the network cuts them and whatever stands between them."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jiter import cache_usage
from openai import APIConnectionError, APIError, APITimeoutError

from bot.azure.events import END, Events

REQUEST = httpx2.Request("POST", "http://127.0.0.1/openai/v1/chat/completions")


class Body(httpx2.AsyncByteStream):
    """A response's body in the given parts; an exception among them is raised in its turn."""

    def __init__(self, *parts: bytes | Exception) -> None:
        self._parts = parts
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            if isinstance(part, Exception):
                raise part
            yield part

    async def aclose(self) -> None:
        self.closed = True


def events_of(body: Body, *, deadline_in: float = 600.0) -> Events:
    response = httpx2.Response(200, stream=body, request=REQUEST)
    return Events(response, asyncio.get_running_loop().time() + deadline_in, idle=30.0)


async def all_of(events: Events) -> list[object]:
    found: list[object] = []
    while (event := await events.next()) is not END:
        found.append(event)
    return found


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.integers(), min_size=1), max_size=5
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.data(),
)
def test_what_was_sent_arrives_however_it_is_cut(
    sent: list[dict[str, object]], ending: str, data: st.DataObject
) -> None:
    values = [value for value in sent if not value.get("error")]
    lines = [f": a comment{ending}event: chunk{ending}"]
    lines += [f"data: {json.dumps(value)}{ending}{ending}" for value in values]
    rest = "".join((*lines, f"data:[DONE]{ending}{ending}")).encode()
    parts: list[bytes] = []
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        parts.append(rest[:size])
        rest = rest[size:]

    async def read() -> list[object]:
        return await all_of(events_of(Body(*parts)))

    assert asyncio.run(read()) == values


async def test_no_word_of_an_answer_stays_in_the_parsers_memory() -> None:
    words = [f"word {number}" for number in range(100)]
    parts = [f"data: {json.dumps({'text': word})}\n\n".encode() for word in words]
    await all_of(events_of(Body(parts[0])))
    before = cache_usage()
    await all_of(events_of(Body(*parts)))
    assert cache_usage() == before


async def test_a_value_may_take_several_lines() -> None:
    assert await all_of(events_of(Body(b'data: {"a":\ndata: 1}\n\n'))) == [{"a": 1}]


async def test_an_event_that_is_not_whole_is_none() -> None:
    assert await all_of(events_of(Body(b'data: {"a": 1}\n\ndata: {"a": 2}'))) == [{"a": 1}]


async def test_a_character_that_was_cut_in_half_is_read_by_halves() -> None:
    sent = Body(b'data: ["\\ud83d"]\n\ndata: ["\\ude00"]\n\n')
    assert await all_of(events_of(sent)) == [["\ud83d"], ["\ude00"]]


@pytest.mark.parametrize(
    ("sent", "raised"),
    [
        (b"data: " + b"[" * 100_000 + b"\n\n", ValueError),
        (b'data: {"error": {"code": "429", "message": "busy"}}\n\n', APIError),
        (b"data: {\n\n", ValueError),
        (b'data: "\xff"\n\n', ValueError),
        (httpx2.ReadTimeout("silence"), APITimeoutError),
        (httpx2.RemoteProtocolError("broken"), APIConnectionError),
    ],
)
async def test_what_goes_wrong_closes_the_connection(
    sent: bytes | Exception, raised: type[Exception]
) -> None:
    body = Body(b": begun\n\n", sent)
    with pytest.raises(raised):
        await all_of(events_of(body))
    assert body.closed


async def test_the_total_is_held_against_a_service_that_only_gives_signs_of_life() -> None:
    body = Body(*[b": still here\n\n"] * 3)
    with pytest.raises(TimeoutError):
        await all_of(events_of(body, deadline_in=-1.0))
    assert body.closed
