"""What is asked for the rest of an answer, how the two join, and how that is shown."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.chatml import END, START, render
from bot.chat.code_samples.call import Extent, Language
from bot.chat.continuing import GO_ON, Onward, Seam, asked_on
from bot.chat.deployments import Deployment, Transport
from bot.chat.messages import Message, Past, Role
from bot.chat.prompt import compose
from bot.chat.raw_syntax import raw_syntax
from bot.chat.replay import DELETED, Part, Replay, replay
from bot.chat.sent import ShownAnswer
from bot.chat.setup import ChannelSettings, Persona, Setup
from bot.chat.turns import Answer, Usage
from bot.chat.view_code import EXACT, NO_LONGER, code_of
from bot.errors import AnswerTooLong, SetupTooLong
from bot.tokens import counter
from tests.chat.answers import PERSONA, SENT, shown

STANDING = Answer("gpt", "There are two models. The first", "length", Usage(10, 5, cached=3, reasoned=1))
SETUP = Setup(Persona(system_message="Be kind."), ChannelSettings(max_response=50))
CHATML = Deployment("qwen", transport=Transport.CHATML, context=400)


def joined(begun: str, pieces: Iterable[str]) -> str:
    seam = Seam(begun)
    return begun + "".join(map(seam.feed, pieces)) + seam.rest()


def asked() -> list[Message]:
    return [Message(1, Role.USER, "UADA", "1.0", "which?")]


@pytest.mark.parametrize(
    ("begun", "more", "whole"),
    [
        ("The first", " is small.", "The first is small."),
        ("The fir", "st is small.", "The first is small."),
        ("It is small.", "The second", "It is small. The second"),
        ("It is small.\n", "The second", "It is small.\nThe second"),
        ("We sell the", "Xbox", "We sell the Xbox"),
        ("There are two models of it, one", "two models of it, one is", "There are two models of it, one is"),
        ("=" * 60, "=" * 30, "=" * 60),
        ("No no no", "no", "No no nono"),
        ("", "All of it.", "All of it."),
    ],
)  # fmt: skip
def test_the_rest_joins_the_text_so_far(begun: str, more: str, whole: str) -> None:
    assert joined(begun, [more]) == whole
    assert joined(begun, more) == whole


@given(begun=st.text(max_size=60), more=st.text(max_size=60), repeated=st.integers(20, 50))
def test_nothing_new_is_lost_and_nothing_that_stands_is_repeated(
    begun: str, more: str, repeated: int
) -> None:
    text = f"{begun}: a sentence that is as long as that, and longer"
    said = text[-repeated:] + more
    whole = joined(text, said)
    assert whole.startswith(text)
    assert whole.removeprefix(text) in (more, f" {more}")


def test_what_stands_there_comes_again_before_the_first_new_word_and_the_usage_adds_up() -> None:
    written: list[str] = []
    onward = Onward(STANDING, written.append, exact=True)
    for piece in (" is", " small."):
        onward.write(piece)
    whole = onward.whole(Answer("gpt", " is small.", "stop", Usage(30, 4, cached=7, reasoned=2)))
    assert written == [f"{STANDING.text} is", " small."]
    assert (whole.text, whole.finish) == (f"{STANDING.text} is small.", "stop")
    assert whole.usage == Usage(30, 9, cached=7, reasoned=3)


def test_the_prompt_leaves_the_answer_open_and_the_chat_is_asked_to_go_on() -> None:
    prompt = compose(SETUP, Past(), asked(), CHATML, counter(), begun="The <|im_end|> first")
    assert render(prompt.utterances, prompt.begun).endswith(f"{START}assistant\nThe <\u200b|im_end|> first")
    assert prompt.included.so_far == len("The <|im_end|> first")
    said = asked_on(prompt.utterances, prompt.begun)
    assert [each.role for each in said[-2:]] == [Role.ASSISTANT, Role.USER]
    assert said[-1].text == GO_ON
    assert asked_on(prompt.utterances, "") == prompt.utterances


@given(begun=st.text(alphabet="<|im_startend>\uff5c\n ", max_size=40))
def test_an_answer_that_goes_on_forges_no_turn(begun: str) -> None:
    prompt = compose(SETUP, Past(), asked(), CHATML, counter(), begun=begun)
    rendered = render(prompt.utterances, prompt.begun)
    assert (rendered.count(START), rendered.count(END)) == (3, 2)


def test_the_text_so_far_takes_its_place_in_the_context() -> None:
    alone = compose(SETUP, Past(), asked(), CHATML, counter()).tokens
    begun = "word " * 20
    with_it = compose(SETUP, Past(), asked(), CHATML, counter(), begun=begun).tokens
    assert with_it - alone == counter()(begun, CHATML.encoding)
    with pytest.raises(AnswerTooLong):
        compose(SETUP, Past(), asked(), CHATML, counter(), begun="word " * 800)
    with pytest.raises(SetupTooLong):
        compose(SETUP, Past(), asked(), replace(CHATML, context=20), counter())


def went_on(transport: Transport, *, deleted: bool = False) -> ShownAnswer:
    answer = shown(answer="The first is small.", sent=replace(SENT, transport=transport))
    kept = replace(answer.answer, text="" if deleted else answer.answer.text, deleted=deleted)
    return replace(answer, included=replace(answer.included, so_far=len("The first")), answer=kept)


def seen(answer: ShownAnswer) -> Replay:
    return replay(answer, PERSONA, readable=True)


def body(answer: ShownAnswer, extent: Extent = Extent.REQUEST) -> dict[str, object]:
    found = code_of(seen(answer), seen(answer), {})
    return dict(json.loads(found.sample(Language.JSON, extent).text))


def test_view_code_shows_the_request_for_the_rest() -> None:
    messages = body(went_on(Transport.CHAT))["messages"]
    assert isinstance(messages, list)
    assert [each["content"] for each in messages[-2:]] == ["The first", GO_ON]
    assert str(body(went_on(Transport.CHATML))["prompt"]).endswith(f"{START}assistant\nThe first")
    so_far = str(body(went_on(Transport.CHATML), Extent.SO_FAR)["prompt"])
    assert f"{START}assistant\nThe first is small.\n{END}" in so_far


def test_a_text_so_far_that_was_deleted_since_is_said_to_be() -> None:
    answer = went_on(Transport.CHATML, deleted=True)
    found = code_of(seen(answer), seen(answer), {}).sample(Language.JSON, Extent.REQUEST)
    assert str(body(answer)["prompt"]).endswith(f"{START}assistant\n{DELETED}")
    assert NO_LONGER in found.remarks
    assert EXACT not in found.remarks


def test_raw_syntax_shows_one_turn_in_chatml_and_what_a_chat_was_asked() -> None:
    one = raw_syntax(seen(went_on(Transport.CHATML)), counter(), "o200k_base")
    assert one.text.endswith(f"{START}assistant\nThe first is small.\n{END}\n")
    chat = raw_syntax(seen(went_on(Transport.CHAT)), counter(), "o200k_base")
    assert [turn.part for turn in chat.turns[-3:]] == [Part.BEGUN, Part.GO_ON, Part.ANSWER]
    assert chat.turns[-1].text == f"{START}assistant\n is small.\n{END}"
