"""Importing and then exporting gives an equal JSON value; what was changed since is changed there."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.setup import (
    Access,
    ChannelSettings,
    Configurers,
    ContextMode,
    Effort,
    Example,
    Persona,
    ReplyMode,
    Setup,
)
from bot.chat.setup_export import write_setup
from bot.chat.setup_file import read_setup
from tests.chat.test_setup_file import EXPORT

OURS = frozenset({"ours"})

EVERYTHING = Setup(
    Persona("Xbox", "Be kind.\n\t\u202eجيد", (Example("a", "b"), Example("a", "b")), ":x:", "Hello"),
    ChannelSettings(
        deployment="ours",
        max_response=100,
        temperature=0.25,
        top_p=1.0,
        frequency_penalty=-0.5,
        presence_penalty=2.0,
        stop=("END", "\n"),
        past_messages=0,
        effort=Effort.LOW,
        context_mode=ContextMode.ECONOMICAL,
        turn_cap=7,
        reply_mode=ReplyMode.OFF,
        daily_tokens=1_000,
        announces=False,
    ),
    access=Access(Configurers.LISTED, ("U1", "U2"), open_to_read=False),
)


def imported(value: object, access: Access | None = None) -> Setup:
    return read_setup(json.dumps(value), OURS, access)


def exported(setup: Setup) -> Any:
    return json.loads(write_setup(setup, OURS))


def kinds(value: object) -> object:
    """A JSON value in which 1 and 1.0 and true differ."""
    if isinstance(value, dict):
        return {key: kinds(item) for key, item in value.items()}
    if isinstance(value, list):
        return [kinds(item) for item in value]
    return type(value).__name__, value


TEXT = st.text(max_size=20)
FOREIGN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
KEY = st.text(max_size=12).map(lambda word: f"x{word}")
SPOKEN = st.text(max_size=20).filter(str.strip)


def with_foreign(known: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """The known keys, and some that mean nothing here."""
    return st.tuples(st.dictionaries(KEY, FOREIGN, max_size=3), known).map(lambda both: both[0] | both[1])


def number(low: int, high: int) -> st.SearchStrategy[Any]:
    return st.none() | st.integers(low, high) | st.floats(low, high)


PAIR = st.one_of(
    with_foreign(st.fixed_dictionaries({"userInput": SPOKEN, "chatbotResponse": SPOKEN})),
    with_foreign(
        st.fixed_dictionaries({}, optional={"userInput": st.just(""), "chatbotResponse": st.none()})
    ),
)
WHOLE = st.none() | st.integers(1, 1_000) | st.integers(1, 1_000).map(float)
PARAMETERS = with_foreign(
    st.fixed_dictionaries(
        {},
        optional={
            "deploymentName": st.none() | st.just("ours") | TEXT,
            "maxResponseLength": WHOLE,
            "temperature": number(0, 2),
            "topProbablities": number(0, 1),
            "stopSequences": st.none() | SPOKEN | st.lists(st.text(min_size=1, max_size=9), max_size=4),
            "pastMessagesToInclude": WHOLE,
            "frequencyPenalty": number(-2, 2),
            "presencePenalty": number(-2, 2),
        },
    )
)
OWN = with_foreign(
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.none() | st.text("abc", min_size=1, max_size=80),
            "icon": st.sampled_from([None, "", ":x:"]),
            "greeting": st.none() | TEXT,
            "reasoningEffort": st.none() | st.sampled_from([str(each) for each in Effort]),
            "turnCap": WHOLE,
            "announces": st.none() | st.booleans(),
            "access": st.none()
            | with_foreign(
                st.fixed_dictionaries(
                    {}, optional={"people": st.lists(st.just("U1"), max_size=1), "openToRead": st.booleans()}
                )
            ),
        },
    )
)
FILES = with_foreign(
    st.fixed_dictionaries(
        {},
        optional={
            "systemPrompt": st.none() | TEXT,
            "fewShotExamples": st.none() | st.lists(PAIR, max_size=4),
            "chatParameters": st.none() | PARAMETERS,
            "confab": st.none() | OWN,
        },
    )
)


@given(FILES)
@settings(max_examples=300, deadline=None)
def test_importing_then_exporting_gives_an_equal_json_value(file: dict[str, Any]) -> None:
    assert kinds(exported(imported(file))) == kinds(file)


@given(file=FILES, open_to_read=st.booleans())
@settings(max_examples=100, deadline=None)
def test_the_same_where_the_channel_says_who_may_change_it(
    file: dict[str, Any], *, open_to_read: bool
) -> None:
    access = Access(Configurers.LISTED, ("U9",), open_to_read)
    assert kinds(exported(imported(file, access))) == kinds(file)


def test_a_setup_that_was_never_imported_is_written_in_full_and_read_back() -> None:
    written = write_setup(EVERYTHING, OURS)
    assert replace(read_setup(written, OURS), foreign="") == EVERYTHING
    assert replace(imported(exported(Setup())), foreign="") == Setup()


def test_a_fresh_export_looks_like_the_playgrounds() -> None:
    assert exported(Setup()) == {
        "systemPrompt": "You are an AI assistant that helps people find information.",
        "fewShotExamples": [],
        "chatParameters": {
            "deploymentName": None,
            "maxResponseLength": 800,
            "temperature": 0.7,
            "topProbablities": 0.95,
            "stopSequences": None,
            "pastMessagesToInclude": 10,
            "frequencyPenalty": 0,
            "presencePenalty": 0,
        },
        "confab": {
            "name": "Confab",
            "icon": "",
            "greeting": "",
            "reasoningEffort": None,
            "contextMode": "exact",
            "turnCap": None,
            "replyMode": "askers",
            "dailyTokens": None,
            "announces": True,
            "access": {"configurers": "members", "people": [], "openToRead": True},
        },
    }


def test_what_was_changed_since_is_changed_in_the_file_and_the_rest_is_as_it_came() -> None:
    file = EXPORT | {"mine": 1.0, "chatParameters": EXPORT["chatParameters"] | {"theirs": [1]}}
    setup = imported(file)
    warmer = replace(setup, settings=replace(setup.settings, temperature=1.0, effort=Effort.HIGH))
    expected = file | {
        "chatParameters": file["chatParameters"] | {"temperature": 1},
        "confab": {"reasoningEffort": "high"},
    }
    assert exported(warmer) == expected


def test_an_example_keeps_what_its_object_held_wherever_it_goes() -> None:
    first = {"userInput": "a", "chatbotResponse": "b", "rank": 1}
    second = {"userInput": "c", "chatbotResponse": "d", "rank": 2}
    setup = imported({"fewShotExamples": [first, second]})
    one, two = setup.persona.examples
    moved = replace(setup, persona=replace(setup.persona, examples=(two, Example("new", "pair"), one)))
    assert exported(moved)["fewShotExamples"] == [
        second,
        {"userInput": "new", "chatbotResponse": "pair"},
        first,
    ]


def test_a_deployment_of_somebody_elses_survives_until_another_is_chosen() -> None:
    setup = imported(EXPORT)
    assert exported(setup)["chatParameters"]["deploymentName"] == "somebody-elses"
    chosen = replace(setup, settings=replace(setup.settings, deployment="ours"))
    assert exported(chosen)["chatParameters"]["deploymentName"] == "ours"


def test_the_largest_setup_survives_the_round() -> None:
    pairs = tuple(Example(f"{number}".ljust(3_000, "u"), "\U0001f3ae" * 3_000) for number in range(50))
    largest = Setup(Persona("n" * 80, "ß" * 12_000, pairs, greeting="g" * 3_000))
    text = write_setup(largest, OURS)
    read = read_setup(text, OURS)
    assert read.persona == largest.persona
    assert exported(read) == json.loads(text)


def test_what_no_database_keeps_does_not_change_the_file() -> None:
    file = {"systemPrompt": "a\0b\ud800", "chatParameters": {"stopSequences": ["\0"]}}
    setup = imported(file)
    assert setup.persona.system_message == "a\ufffdb\ufffd"
    assert exported(setup) == file


def test_half_a_surrogate_pair_comes_back_in_a_file_that_utf8_can_hold() -> None:
    file = {"\udc00": ["\ud800", "whole: \U0001f3ae"], "systemPrompt": "a\ud800b"}
    written = write_setup(imported(file), OURS)
    assert json.loads(written.encode()) == file


def test_an_export_is_not_many_times_as_large_as_what_was_imported() -> None:
    inner: list[object] = [0] * 400_000
    for _ in range(30):
        inner = [inner]
    text = json.dumps({"x": inner})
    assert len(write_setup(read_setup(text, OURS), OURS)) < 2 * len(text)
