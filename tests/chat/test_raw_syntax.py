from dataclasses import replace

from bot.chat.deployments import Transport
from bot.chat.raw_syntax import RawSyntax, raw_syntax
from bot.chat.replay import Part, replay
from bot.chat.sent import ShownAnswer
from bot.tokens import counter
from tests.chat.answers import PERSONA, SENT, shown, without

COUNT = counter()
ENCODING = "o200k_base"


def raw(answer: ShownAnswer, *, readable: bool = True) -> RawSyntax:
    return raw_syntax(replay(answer, PERSONA, readable=readable), COUNT, ENCODING)


def test_the_conversation_is_chatml_in_the_order_of_the_prompt() -> None:
    found = raw(shown())
    assert [turn.part for turn in found.turns] == [
        Part.SYSTEM,
        Part.EXAMPLE,
        Part.EXAMPLE,
        Part.PAST,
        Part.PAST,
        Part.QUESTION,
        Part.QUESTION,
        Part.ANSWER,
    ]
    assert found.text.startswith("<|im_start|>system\nBe brief.\n<|im_end|>\n<|im_start|>user\na poem?\n")
    assert found.text.endswith("<|im_start|>assistant\nsecond\n<|im_end|>\n")


def test_the_tokens_of_the_turns_add_up_to_the_whole_conversation() -> None:
    found = raw(shown())
    # One token a marker (there are two), and one for the newline after each turn.
    sizes = [
        2 + 1 + COUNT(turn.text.split("|>")[1].removesuffix("<|im_end"), ENCODING) for turn in found.turns
    ]
    assert [turn.tokens for turn in found.turns] == sizes
    assert found.tokens == sum(sizes)


def test_what_was_counted_when_it_was_said_is_not_counted_again() -> None:
    answer = shown()
    kept = replace(answer, answer=replace(answer.answer, tokens=99, encoding=ENCODING))
    assert raw(kept).turns[-1].tokens == 99
    elsewhere = replace(answer, answer=replace(answer.answer, tokens=99, encoding="bytes"))
    assert raw(elsewhere).turns[-1].tokens != 99


def test_what_the_window_left_out_is_said_with_its_reason() -> None:
    assert (raw(shown()).left_out, raw(shown()).why) == (4, "past messages")


def test_deleted_and_hidden_text_shows_as_such_and_counts_for_nothing() -> None:
    found = raw(without(shown(), 3), readable=False)
    assert [turn.tokens is None for turn in found.turns] == [
        True,
        True,
        True,
        False,
        False,
        True,
        False,
        False,
    ]
    assert "Be brief." not in found.text
    assert found.text.count("[hidden]") == 3
    assert found.text.count("[deleted]") == 1


def test_it_says_whether_the_service_was_sent_this_very_text() -> None:
    assert not raw(shown()).sent_so
    assert raw(shown(sent=replace(SENT, transport=Transport.CHATML))).sent_so


def test_what_somebody_wrote_is_not_taken_for_what_was_deleted() -> None:
    said = shown()
    written = replace(said, messages=(replace(said.messages[0], text="[deleted]"), *said.messages[1:]))
    assert not raw(written).gone
    assert raw(without(said, 3)).gone
