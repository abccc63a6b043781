import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.model.scripted.answer import Answer, Ending, as_a_model_would, pieces


@given(st.text())
def test_pieces_lose_nothing(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_pieces_are_about_as_long_as_tokens() -> None:
    text = "I'm interested in buying a new Xbox; what models are available? " * 20

    assert 2 < len(text) / len(pieces(text)) < 6


def test_a_string_is_cut_at_the_maximum_and_says_so() -> None:
    answer = as_a_model_would("one two three four", 2, ())

    assert "".join(answer.pieces) == "one two"
    assert answer.ends is Ending.LENGTH


def test_a_string_ends_before_the_first_stop_sequence() -> None:
    answer = as_a_model_would("one two three four", None, ("four", " three"))

    assert "".join(answer.pieces) == "one two"
    assert answer.ends is Ending.STOP


def test_an_endless_answer_needs_something_to_repeat() -> None:
    with pytest.raises(ValueError, match="endless"):
        Answer(ends=Ending.ENDLESS)


def test_what_is_to_be_said_is_in_no_repr() -> None:
    assert "secret" not in repr(Answer(text="secret", chunks=("secret",)))
