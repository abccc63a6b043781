import threading
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.tokens import Count, bundled, counter, known_encodings, warm

count = counter()


@pytest.mark.parametrize(
    ("text", "encoding", "tokens"),
    [
        ("tiktoken is great!", "cl100k_base", 6),
        ("tiktoken is great!", "o200k_base", 6),
        ("hello world", "cl100k_base", 2),
        ("hello world", "o200k_base", 2),
        ("<|im_start|>", "cl100k_base", 6),
        ("<|im_start|>", "o200k_base", 6),
        ("<|endoftext|>", "cl100k_base", 7),
        ("<|endoftext|>", "o200k_base", 7),
        ("<|endoftext|>", "harmony", 7),
        ("", "o200k_base", 0),
    ],
)
def test_counts_are_the_tokenizers_own(text: str, encoding: str, tokens: int) -> None:
    assert count(text, encoding) == tokens


@pytest.mark.parametrize(
    ("text", "size"), [("abc", 3), ("\u00e9", 2), ("\U0001f600", 4), ("\ud800", 3), ("", 0)]
)
def test_bytes_are_one_token_each(text: str, size: int) -> None:
    assert count(text, "bytes") == size


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=())),
    st.sampled_from(["o200k_base", "cl100k_base", "harmony", "bytes", "unheard of"]),
)
def test_every_text_has_a_count_that_bytes_bound(text: str, encoding: str) -> None:
    assert 0 <= count(text, encoding) <= count(text, "bytes")


def test_a_lone_surrogate_is_one_token_for_three_bytes_begun() -> None:
    assert count("abcd\ud800", "o200k_base") == 3


def test_an_unknown_encoding_is_one_token_for_three_bytes_begun() -> None:
    assert count("abcd", "llama") == 2


def test_without_toktok_there_is_an_estimate() -> None:
    def absent(vocabulary: str) -> Count:
        raise ModuleNotFoundError(vocabulary)

    assert counter(absent)("abcdefg", "o200k_base") == 3


def test_a_vocabulary_is_loaded_once_however_many_threads_ask() -> None:
    together = Barrier(8)
    loads: list[str] = []

    def load(vocabulary: str) -> Count:
        loads.append(vocabulary)
        time.sleep(0.02)  # as a load does, it lets the other threads on
        return bundled(vocabulary)

    shared = counter(load)

    def ask(_: int) -> int:
        together.wait(timeout=10)
        return shared("hello world", "o200k_base")

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {2}
    assert loads == ["o200k_base"]


def test_every_known_encoding_counts_exactly() -> None:
    asked: list[str] = []

    def load(vocabulary: str) -> Count:
        asked.append(vocabulary)
        return bundled(vocabulary)

    strict = counter(load)
    for encoding in known_encodings():
        strict("hello", encoding)
    assert set(asked) == {"o200k_base", "cl100k_base", "qwen3.5", "o200k_harmony"}


async def test_vocabularies_are_loaded_aside_before_the_first_message_needs_them() -> None:
    loaded: list[tuple[str, str]] = []

    def load(vocabulary: str) -> Count:
        loaded.append((vocabulary, threading.current_thread().name))
        return len

    await warm(counter(load), ("o200k_base", "bytes"))
    ((vocabulary, thread),) = loaded
    assert vocabulary == "o200k_base"
    assert thread != threading.main_thread().name
