import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.azure.chunks import Reading
from bot.chat.turns import Usage

SAFE = {"filtered": False, "severity": "safe"}


def choice(**what: object) -> dict[str, object]:
    return {"choices": [{"index": 0, "finish_reason": None, **what}]}


@pytest.mark.parametrize(
    ("chunk", "words"),
    [
        (choice(delta={"role": "assistant", "content": ""}), ""),
        (choice(delta={"content": "Hello"}), "Hello"),
        (choice(delta={"content": None}), ""),
        (choice(delta={}), ""),
        (choice(delta=None), ""),
        (choice(text="Hello"), "Hello"),
        (choice(text=None), ""),
        (choice(delta={"content": None, "refusal": "I will not."}), "I will not."),
        (choice(delta={"content": [{"type": "text"}]}), ""),
        ({"choices": []}, ""),
        ({"choices": None}, ""),
        ({"choices": [None]}, ""),
        ({}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_words_are_found_where_there_are_any(chunk: object, words: str) -> None:
    assert Reading().take(chunk) == words


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(["choices", "usage", "prompt_filter_results"])
choices = st.dictionaries(
    st.sampled_from(["delta", "text", "finish_reason", "content_filter_results"]),
    json | st.dictionaries(st.sampled_from(["content", "refusal", "reasoning_content", "hate"]), json),
)


@given(st.dictionaries(names, json | st.lists(choices, max_size=2)) | json)
def test_no_chunk_whatever_its_shape_breaks_the_reading(chunk: object) -> None:
    assert isinstance(Reading().take(chunk), str)


def test_usage_comes_with_its_parts() -> None:
    reading = Reading()
    reading.take(
        {
            "choices": [],
            "usage": {
                "prompt_tokens": 71,
                "completion_tokens": 30,
                "prompt_tokens_details": {"cached_tokens": 64},
                "completion_tokens_details": {"reasoning_tokens": 20},
            },
        }
    )
    assert reading.usage == Usage(prompt=71, completion=30, cached=64, reasoned=20)


def test_usage_without_parts_counts_what_it_has() -> None:
    reading = Reading()
    reading.take(
        {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 6, "prompt_tokens_details": None}}
    )
    assert reading.usage == Usage(prompt=5, completion=6)


def test_a_null_usage_forgets_nothing() -> None:
    reading = Reading()
    reading.take({"choices": [], "usage": {"prompt_tokens": 5}})
    reading.take({"choices": [], "usage": None})
    assert reading.usage.prompt == 5


def test_the_filters_categories_are_kept_by_what_they_are_about() -> None:
    reading = Reading()
    reading.take(
        {
            "choices": [],
            "prompt_filter_results": [
                {"prompt_index": 0, "content_filter_results": {"hate": SAFE, "jailbreak": {"filtered": True}}}
            ],
        }
    )
    reading.take(choice(delta=None, content_filter_results={"hate": SAFE, "violence": {"filtered": True}}))
    reading.take(choice(delta={}, content_filter_results={"hate": SAFE}))
    assert reading.prompt_filtered == ("jailbreak",)
    assert reading.answer_filtered == ("violence",)


def test_hidden_thoughts_are_noticed_and_not_shown() -> None:
    reading = Reading()
    assert reading.take(choice(delta={"reasoning_content": "hmm"})) == ""
    assert reading.thought
