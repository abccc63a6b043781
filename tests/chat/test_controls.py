from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.checking import settings_faults, settings_from
from bot.chat.control import UNSET, Control, Kind, Refusal
from bot.chat.controls import BY_KEY, CONTROLS, advice
from bot.chat.deployments import Deployment, Transport
from bot.chat.outcomes import Refused
from bot.chat.setup import ChannelSettings, ContextMode, Effort, ReplyMode

DEPLOYMENTS = {
    "gpt": Deployment("gpt"),
    "qwen": Deployment("qwen", Transport.CHATML, context=4_000),
}
STOPS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=100)


def refused(key: str, text: str) -> str:
    value = BY_KEY[key].parse(text)
    assert isinstance(value, Refusal)
    return value.sentence


def typed(**values: str) -> ChannelSettings | Refused:
    return settings_from(values, ChannelSettings(), DEPLOYMENTS, "gpt")


def test_there_is_a_control_for_every_setting_in_the_playgrounds_order() -> None:
    assert [each.key for each in CONTROLS][:4] == ["deployment", "max_response", "temperature", "top_p"]
    assert {each.key for each in CONTROLS} == {each.name for each in fields(ChannelSettings)}


def test_the_defaults_are_the_playgrounds() -> None:
    usual = ChannelSettings()
    shown = {each.key: each.shown(getattr(usual, each.key)) for each in CONTROLS}
    assert shown["max_response"] == "800"
    assert (shown["temperature"], shown["top_p"]) == ("0.7", "0.95")
    assert (shown["frequency_penalty"], shown["presence_penalty"]) == ("0", "0")
    assert (shown["stop"], shown["past_messages"]) == ("none", "10")
    assert shown["reply_mode"] == "those who asked in the thread"
    assert shown["deployment"] == "the workspace's default"


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.key)
def test_every_default_is_read_back_from_its_form(control: Control) -> None:
    usual = getattr(ChannelSettings(), control.key)
    assert control.parse(control.format(usual)) == usual


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("temperature", "0,3", 0.3),
        ("temperature", " 1 ", 1.0),
        ("temperature", ".5", 0.5),
        ("top_p", "1.0", 1.0),
        ("presence_penalty", "-2", -2.0),
        ("max_response", "4,096", 4_096),
        ("max_response", "1.000", 1_000),
        ("max_response", "12 000", 12_000),
        ("max_response", "1'000", 1_000),
        ("past_messages", "0", 0),
        ("turn_cap", "", None),
        ("daily_tokens", "250000", 250_000),
        ("effort", "high", Effort.HIGH),
        ("effort", UNSET, None),
        ("deployment", UNSET, None),
        ("deployment", "gpt", "gpt"),
        ("context_mode", "economical", ContextMode.ECONOMICAL),
        ("reply_mode", "off", ReplyMode.OFF),
        ("announces", "no", False),
        ("stop", "END\n\nHuman:", ("END", "Human:")),
        ("stop", r"\n\nQ:" + "\n" + r"a\\n", ("\n\nQ:", r"a\n")),
        ("stop", "  two spaces", ("  two spaces",)),
        ("stop", r"\u0020" + "\n" + r"\u2028x", (" ", "\u2028x")),
        ("stop", r"\\u0020", (r"\u0020",)),
        ("stop", "", ()),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(key: str, text: str, value: object) -> None:
    read = BY_KEY[key].parse(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("temperature", "2.1", "Temperature takes a number from 0 to 2."),
        ("temperature", "warm", "Temperature takes a number from 0 to 2."),
        ("temperature", "nan", "Temperature takes a number from 0 to 2."),
        ("temperature", "", "Temperature takes a number from 0 to 2."),
        ("temperature", "1e-3", "Temperature takes a number from 0 to 2."),
        ("top_p", "-0.1", "Top P takes a number from 0 to 1."),
        ("max_response", "0", "Maximum response (tokens) takes a whole number from 1 to 1,000,000."),
        ("max_response", "1,000.000", "Maximum response (tokens) takes a whole number from 1 to 1,000,000."),
        ("max_response", "800.5", "Maximum response (tokens) takes a whole number from 1 to 1,000,000."),
        ("turn_cap", "0", "Turns in a thread takes a whole number from 1 to 1,000, or nothing."),
        ("stop", "a\nb\nc\nd\ne", "Stop sequences takes at most 4, each of 1 to 200 characters."),
        ("stop", "x" * 201, "Stop sequences takes at most 4, each of 1 to 200 characters."),
        ("effort", "most", "Reasoning effort takes one of none, minimal, low, medium, high, or nothing."),
    ],
)
def test_a_bad_value_is_refused_with_its_range(key: str, text: str, sentence: str) -> None:
    assert refused(key, text) == sentence


@given(st.lists(STOPS, max_size=4))
@example([" ", "a\x0bb", "\u2028", "\x85"])
def test_any_stop_sequences_survive_their_form(stops: list[str]) -> None:
    control = BY_KEY["stop"]
    assert control.parse(control.format(tuple(stops))) == tuple(stops)


@given(st.floats(0, 2).map(lambda number: round(number, 6)))
def test_any_temperature_survives_its_form(temperature: float) -> None:
    control = BY_KEY["temperature"]
    assert control.parse(control.format(temperature)) == temperature


def test_what_is_not_typed_stays_as_it_was() -> None:
    settings = settings_from({"temperature": "0.2"}, ChannelSettings(past_messages=4), DEPLOYMENTS, "gpt")
    assert settings == ChannelSettings(temperature=0.2, past_messages=4)


def test_all_faults_are_named_at_once_and_nothing_is_taken() -> None:
    found = typed(temperature="9", top_p="9", past_messages="3")
    assert isinstance(found, Refused)
    assert set(found.fields) == {"temperature", "top_p"}


def test_im_end_counts_among_the_four_stop_sequences_on_chatml() -> None:
    four, three = "a\nb\nc\nd", "a\nb\nc"
    assert isinstance(typed(stop=four), ChannelSettings)
    assert isinstance(typed(deployment="qwen", stop=three), ChannelSettings)
    assert isinstance(typed(deployment="qwen", stop=f"{three}\n<|im_end|>"), ChannelSettings)
    found = typed(deployment="qwen", stop=four)
    assert isinstance(found, Refused)
    assert "at most three others" in found.fields["stop"]


def test_a_maximum_response_leaves_room_in_the_deployment() -> None:
    found = typed(deployment="qwen", max_response="4000")
    assert isinstance(found, Refused)
    assert "from 1 to 3,999" in found.fields["max_response"]


def test_a_deployment_is_one_of_ours() -> None:
    found = typed(deployment="theirs")
    assert isinstance(found, Refused)
    assert found.fields["deployment"] == "There is no deployment theirs. There are: gpt, qwen."
    assert settings_faults(ChannelSettings(), DEPLOYMENTS, "gpt") == {}


def test_the_advice_is_given_where_both_ways_to_randomness_are_changed() -> None:
    assert advice(ChannelSettings()) is None
    assert advice(ChannelSettings(temperature=0)) is None
    assert advice(ChannelSettings(top_p=0.5)) is None
    assert "one of them" in str(advice(ChannelSettings(temperature=0, top_p=0.5)))


def test_every_hint_fits_a_form() -> None:
    for control in CONTROLS:
        assert 0 < len(control.hint) <= 2_000
        assert len(control.label) <= 75
        assert all(len(choice.label) <= 75 for choice in control.choices)
        assert (control.kind is Kind.CHOICE) or not control.choices


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("deployment", ("the model that answers", "name that it was deployed with")),
        (
            "temperature",
            ("lower", "repetitive", "predictable", "higher", "unexpected", "creative", "not both"),
        ),
        ("max_response", ("one answer", "system message", "examples", "past messages", "question")),
        ("max_response", ("about four characters of english",)),
        ("top_p", ("likelier", "unlikely", "not both")),
        ("past_messages", ("go along with a new question", "10 are five questions and five answers")),
        ("stop", ("at most four", "ends before the first", "does not contain it")),
        ("stop", ("<|im_end|>", "does not go on with a question of its own")),
    ],
)
def test_a_hint_says_what_the_seeds_row_says(key: str, said: tuple[str, ...]) -> None:
    hint = BY_KEY[key].hint.casefold()
    assert [each for each in said if each not in hint] == []
