"""The words of an answer, as many at once as the network brought together."""

import json

import pytest

from bot.azure.failures import Whence
from bot.azure.speech import Speech
from bot.azure.stopping import Stopping
from bot.chat.deployments import Transport
from bot.chat.sent import Sent
from bot.errors import AnswerCut
from tests.azure.test_events import Body, events_of

WHENCE = Whence("gpt", Transport.CHAT, "T1.1")
SENT = Sent("gpt", Transport.CHAT, None, {})


def chunk(words: str, finish: str | None = None) -> bytes:
    said = {"choices": [{"delta": {"content": words}, "finish_reason": finish}]}
    return f"data: {json.dumps(said)}\n\n".encode()


def speech_of(*parts: bytes | Exception, stops: tuple[str, ...] = ()) -> Speech:
    return Speech(events_of(Body(*parts)), Stopping(stops), WHENCE, SENT)


async def words_of(speech: Speech) -> list[str]:
    found: list[str] = []
    while words := await (speech.more() if found else speech.first()):
        found.append(words)
    return found


async def test_words_wait_for_no_others() -> None:
    speech = speech_of(chunk("The"), chunk(" Series"), chunk(" X.", "stop"), b"data: [DONE]\n\n")
    assert await words_of(speech) == ["The", " Series", " X."]
    assert speech.finish().reason == "stop"


async def test_words_that_came_together_are_one_piece() -> None:
    speech = speech_of(chunk("The") + chunk(" Series"), chunk(" X.", "stop") + b"data: [DONE]\n\n")
    assert await words_of(speech) == ["The Series", " X."]
    assert speech.finish().reason == "stop"


async def test_words_before_an_error_are_heard_before_it() -> None:
    broken = b'data: {"error": {"code": "500", "message": "broken"}}\n\n'
    speech = speech_of(chunk("The") + chunk(" Series") + broken)
    assert await speech.first() == "The Series"
    with pytest.raises(AnswerCut):
        await speech.more()


async def test_a_stop_sequence_ends_what_came_together() -> None:
    speech = speech_of(chunk("The") + chunk(" Series") + chunk(" X."), stops=(" Series",))
    assert await words_of(speech) == ["The"]
    assert speech.finish().reason == "stop"
