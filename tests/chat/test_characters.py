"""One rule for the characters of every text."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.characters import legible, number, whole

ANY = st.text(st.characters(exclude_categories=()) | st.sampled_from("\0\x07\t\n\r\x1b\x7f\ud83d\ude00"))


@given(ANY)
def test_what_people_typed_is_what_the_databases_keep(text: str) -> None:
    assert whole(legible(text)) == legible(text)
    assert legible(legible(text)) == legible(text)


@given(ANY)
def test_typed_text_loses_its_controls_and_nothing_else(text: str) -> None:
    controls = {chr(number) for number in (*range(32), 127)} - set("\t\n\r")
    assert legible(text) == whole("".join(each for each in text if each not in controls))


def test_a_pair_of_surrogates_is_its_character_wherever_it_comes_from() -> None:
    assert legible("\ud83d\ude00") == whole("\ud83d\ude00") == "\U0001f600"


def test_only_numbers_that_a_view_of_ours_holds_are_read() -> None:
    assert [number(each) for each in ("0", "12", "-3", "9" * 9)] == [0, 12, -3, 999_999_999]
    made_by_hand = ("", "-", "\u00b2", "\u0663", "1.5", " 1", "1\n", "1e3", "9" * 30)
    assert [number(each) for each in made_by_hand] == [None] * len(made_by_hand)
