"""One rule for the characters of every text."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.characters import legible, whole

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
