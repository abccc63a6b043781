from hypothesis import given
from hypothesis import strategies as st

from bot.azure.stopping import Stopping

few = st.text(alphabet="ab<|", max_size=14)
stops = st.lists(st.text(alphabet="ab<|", min_size=1, max_size=4), max_size=4)


def cut(text: str, stops: list[str]) -> tuple[str, bool]:
    """The same by the plainest means: letter by letter, look whether a stop is complete."""
    for end in range(1, len(text) + 1):
        complete = [stop for stop in stops if text[:end].endswith(stop)]
        if complete:
            return text[: end - max(map(len, complete))], True
    return text, False


@given(st.lists(few, max_size=8), stops)
def test_a_text_ends_at_the_same_place_however_it_is_cut(chunks: list[str], stops: list[str]) -> None:
    stopping = Stopping(stops)
    shown = "".join(stopping.feed(chunk) for chunk in chunks) + stopping.rest()
    assert (shown, stopping.met) == cut("".join(chunks), stops)


@given(st.lists(few, max_size=8), stops)
def test_nothing_shown_ever_has_to_be_taken_back(chunks: list[str], stops: list[str]) -> None:
    stopping, shown = Stopping(stops), ""
    whole, _ = cut("".join(chunks), stops)
    for chunk in chunks:
        shown += stopping.feed(chunk)
        assert whole.startswith(shown)


def test_no_more_is_held_back_than_may_begin_a_stop() -> None:
    stopping = Stopping(["<|im_end|>"])
    assert stopping.feed("a < b") == "a < b"
    assert stopping.feed(" and <|im_") == " and "
    assert stopping.feed("age|>") == "<|im_age|>"


def test_without_stops_every_chunk_passes_untouched() -> None:
    stopping = Stopping(["", ""])
    assert stopping.feed("as it is") == "as it is"
    assert stopping.rest() == ""


def test_after_a_stop_nothing_follows() -> None:
    stopping = Stopping(["END"])
    assert stopping.feed("one EN") == "one "
    assert stopping.feed("D two") == ""
    assert stopping.feed("three") == ""
    assert stopping.rest() == ""
