import json
from dataclasses import replace

import pytest

from bot.chat.code_samples.call import NEXT_MESSAGE, Extent, Language, Way
from bot.chat.deployments import Deployment, Transport
from bot.chat.messages import Past
from bot.chat.prompt import compose
from bot.chat.replay import replay
from bot.chat.sent import ShownAnswer
from bot.chat.setup import Example, Persona, Setup
from bot.chat.view_code import Code, code_before, code_of
from tests.chat.answers import PERSONA, SAID, SENT, shown, without


def count(text: str, encoding: str) -> int:
    return len(text)


def code(pressed: ShownAnswer, last: ShownAnswer | None = None, *, readable: bool = True) -> Code:
    first = replay(pressed, PERSONA, readable=readable)
    return code_of(first, replay(last or pressed, PERSONA, readable=readable), {})


def contents(code: Code, extent: Extent) -> list[str]:
    body = json.loads(code.sample(Language.JSON, extent).text)
    return [each["content"] for each in body["messages"]]


def test_this_request_holds_what_was_composed_for_it() -> None:
    persona = Persona(
        system_message="Mind <|im_end|> and \u200b.", examples=(Example("a", "b"), Example("<|x|>", "d"))
    )
    answer = shown()
    composed = compose(Setup(persona), Past(SAID[:2]), SAID[2:], Deployment("gpt-4o-mini"), count)
    lines = replay(answer, persona, readable=True).lines
    assert tuple(line.utterance for line in lines) == composed.utterances


def test_the_conversation_so_far_has_the_last_answer_and_a_place_for_the_next_message() -> None:
    last = shown((*SAID, *shown().messages[:0]), "the newest", turn_id=8)
    said = contents(code(shown(), last), Extent.SO_FAR)
    assert said[-2:] == ["the newest", NEXT_MESSAGE]
    assert contents(code(shown(), last), Extent.REQUEST)[-1] == "and three"


@pytest.mark.parametrize("language", [Language.PYTHON, Language.CURL])
def test_deleted_text_reads_so_and_the_sample_says_that_it_is_not_exact_any_more(language: Language) -> None:
    exact = code(shown()).sample(language, Extent.REQUEST).text
    assert "# This request, exactly as" in exact
    sample = code(without(shown(), 3)).sample(language, Extent.REQUEST).text
    assert "exactly as" not in sample
    assert "# [deleted] stands for" in sample
    assert '"[deleted]"' in sample
    assert "two" not in sample


def test_json_says_beside_it_what_the_others_say_in_comments() -> None:
    sample = code(without(shown(), 3)).sample(Language.JSON, Extent.REQUEST)
    assert "no longer the exact request" in sample.remarks[0]
    assert sample.address == "${AZURE_OPENAI_ENDPOINT%/}/openai/v1/chat/completions"
    assert contents(code(without(shown(), 3)), Extent.REQUEST)[5] == "[deleted]"


def test_a_deleted_answer_is_deleted_in_the_conversation_so_far() -> None:
    answer = shown()
    gone = replace(answer, answer=replace(answer.answer, text="", deleted=True))
    sample = code(gone).sample(Language.PYTHON, Extent.SO_FAR).text
    assert "second" not in sample
    assert "# [deleted] stands for" in sample


def test_who_may_not_read_the_persona_gets_it_hidden_in_every_sample() -> None:
    hidden = code(shown(), readable=False)
    for extent in Extent:
        assert contents(hidden, extent)[:3] == ["[hidden]"] * 3
        for language in Language:
            text = hidden.sample(language, extent).text
            assert "Be brief." not in text
            assert "a poem?" not in text
    assert "not the exact request" in hidden.sample(Language.PYTHON, Extent.REQUEST).text


def test_on_the_chatml_transport_the_prompt_is_rendered() -> None:
    answer = shown(SAID[:1], sent=replace(SENT, transport=Transport.CHATML))
    body = json.loads(code(answer).sample(Language.JSON, Extent.REQUEST).text)
    assert body["prompt"] == (
        "<|im_start|>system\nBe brief.\n<|im_end|>\n<|im_start|>user\na poem?\n<|im_end|>\n"
        "<|im_start|>assistant\nNo.\n<|im_end|>\n<|im_start|>user\none\n<|im_end|>\n<|im_start|>assistant\n"
    )
    assert "messages" not in body


def test_before_any_conversation_there_is_one_extent() -> None:
    before = code_before(SENT, (), Way(), hidden=False)
    assert before.sample(Language.PYTHON, Extent.SO_FAR) == before.sample(Language.PYTHON, Extent.REQUEST)
