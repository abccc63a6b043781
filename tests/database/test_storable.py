import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.characters import whole
from bot.database.storable import storable_json
from tests.database.rooms import Room, question

ODD = "a\0b \ud800 \udfff\ud800 \ud83d\ude00 \U0001f600 \u202e \x1b \ufeff \uffff end"


@given(st.text(st.characters(codec="utf-8")))
def test_ordinary_text_is_kept_as_it_is(text: str) -> None:
    assert whole(text) == text.replace("\0", "\ufffd")


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_one_that_both_databases_take(text: str) -> None:
    kept = whole(text)
    assert "\0" not in kept
    kept.encode("utf-8")
    assert whole(kept) == kept


def test_two_surrogates_that_belong_together_are_one_character() -> None:
    assert whole("\ud83d\ude00") == "\U0001f600"


def test_json_is_cleaned_to_its_depths() -> None:
    assert storable_json({"\0": ["\ud800", 1, None, ("\0",)]}) == {"\ufffd": ["\ufffd", 1, None, ["\ufffd"]]}


@pytest.mark.parametrize("text", [ODD, "x" * 40_000, "\0", "\ud800"])
async def test_any_message_can_be_stored_and_found_again(room: Room, text: str) -> None:
    odd = question(1, text, author="U\0\ud800", mentioned=True)
    await room.store(odd)
    assert not await room.conversations.store(odd)
    assert await room.conversations.has_asked(odd.thread, "U\0\ud800")
    assert (await room.claim()).questions[0].text == whole(text)
