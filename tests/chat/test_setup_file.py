import json
from typing import Any

import pytest

from bot.chat.setup import Access, ChannelSettings, Configurers, Example, Setup
from bot.chat.setup_file import read_setup
from bot.errors import SetupFileFaulty

EXPORT: dict[str, Any] = {
    "systemPrompt": "You are kind.",
    "fewShotExamples": [{"chatbotResponse": "hello", "userInput": "hi"}],
    "chatParameters": {
        "deploymentName": "somebody-elses",
        "maxResponseLength": 250,
        "temperature": 0.3,
        "topProbablities": 0.5,
        "stopSequences": None,
        "pastMessagesToInclude": 4,
        "frequencyPenalty": 1,
        "presencePenalty": -1,
    },
}


def read(value: object) -> Setup:
    return read_setup(json.dumps(value), frozenset({"ours"}))


def changed(**parameters: object) -> dict[str, Any]:
    return EXPORT | {"chatParameters": EXPORT["chatParameters"] | parameters}


def test_an_export_of_the_azure_playground_becomes_persona_and_settings() -> None:
    setup = read(EXPORT)
    assert setup.persona.system_message == "You are kind."
    assert setup.persona.examples == (Example("hi", "hello"),)
    assert setup.settings == ChannelSettings(
        deployment=None,
        max_response=250,
        temperature=0.3,
        top_p=0.5,
        frequency_penalty=1,
        presence_penalty=-1,
        past_messages=4,
    )


def test_a_deployment_counts_only_if_it_is_one_of_ours() -> None:
    assert read(changed(deploymentName="ours")).settings.deployment == "ours"


@pytest.mark.parametrize(("value", "stops"), [(None, ()), ("END", ("END",)), (["a", "b"], ("a", "b"))])
def test_stop_sequences_may_be_null_a_word_or_a_list(value: object, stops: tuple[str, ...]) -> None:
    assert read(changed(stopSequences=value)).settings.stop == stops


def test_an_empty_export_is_the_playgrounds_default() -> None:
    assert read({}) == Setup(foreign="{}")


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([], "the file"),
        ({"systemPrompt": 5}, "systemPrompt"),
        ({"systemPrompt": "x" * 12_001}, "systemPrompt"),
        ({"fewShotExamples": [{"userInput": 1}]}, "fewShotExamples[0].userInput"),
        ({"fewShotExamples": [{}] * 51}, "fewShotExamples"),
        ({"chatParameters": []}, "chatParameters"),
        (changed(temperature=3), "chatParameters.temperature"),
        (changed(temperature=True), "chatParameters.temperature"),
        (changed(maxResponseLength=2.5), "chatParameters.maxResponseLength"),
        (changed(stopSequences=["a"] * 5), "chatParameters.stopSequences"),
        (changed(stopSequences=[1]), "chatParameters.stopSequences"),
        (changed(stopSequences=[""]), "chatParameters.stopSequences"),
        (changed(deploymentName=7), "chatParameters.deploymentName"),
        ({"fewShotExamples": [{}, {"userInput": "x"}]}, "fewShotExamples[1].chatbotResponse"),
        ({"fewShotExamples": [{"userInput": "x" * 3_001}]}, "fewShotExamples[0].userInput"),
        ({"confab": {"name": ""}}, "confab.name"),
        ({"confab": {"icon": "robot"}}, "confab.icon"),
        ({"confab": {"greeting": "x" * 3_001}}, "confab.greeting"),
        ({"confab": {"reasoningEffort": "most"}}, "confab.reasoningEffort"),
        ({"confab": {"turnCap": 0}}, "confab.turnCap"),
        ({"confab": {"announces": "perhaps"}}, "confab.announces"),
        ({"confab": {"access": {"configurers": "nobody"}}}, "confab.access.configurers"),
        ({"confab": {"access": {"people": [1]}}}, "confab.access.people"),
        ({"confab": {"access": {"people": ["<!channel>"]}}}, "confab.access.people"),
        ({"confab": {"access": {"people": [""]}}}, "confab.access.people"),
        ({"confab": {"icon": ":<!channel>:"}}, "confab.icon"),
        ({"confab": {"name": "\u200b"}}, "confab.name"),
        ({"confab": {"access": {"openToRead": 1}}}, "confab.access.openToRead"),
    ],
)
def test_a_wrong_value_is_refused_with_its_path(value: object, place: str) -> None:
    with pytest.raises(SetupFileFaulty) as refusal:
        read(value)
    assert refusal.value.place == place


def test_broken_json_is_refused_with_its_line() -> None:
    with pytest.raises(SetupFileFaulty) as refusal:
        read_setup('{\n "systemPrompt": }', frozenset())
    assert refusal.value.place == "line 2"


def test_a_refusal_names_the_range() -> None:
    with pytest.raises(SetupFileFaulty, match=r"chatParameters\.temperature: takes a number from 0 to 2\.$"):
        read(changed(temperature=3))


@pytest.mark.parametrize(
    "text",
    [
        '{"temperature": NaN}',
        '{"temperature": 1e999}',
        '{"a": ' + "9" * 5_000 + "}",
        "[" * 100_000,
        '{"a": ' + "[" * 33 + "]" * 33 + "}",
        '{"a": "' + "x" * 2_500_000 + '"}',
    ],
    ids=["nan", "infinite", "digits", "deep", "deeper than an export can be", "long"],
)
def test_what_is_hardly_json_is_refused_and_not_choked_on(text: str) -> None:
    with pytest.raises(SetupFileFaulty):
        read_setup(text, frozenset())


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_setup("\ufeff{}", frozenset()) == Setup(foreign="{}")


def test_somebody_who_is_listed_twice_counts_once() -> None:
    setup = read({"confab": {"access": {"people": ["U1", "U2", "U1"]}}})
    assert setup.access.people == ("U1", "U2")


def test_an_empty_pair_is_no_example() -> None:
    pairs = [{"userInput": "", "chatbotResponse": " "}, {"userInput": "a", "chatbotResponse": "b"}]
    assert read({"fewShotExamples": pairs}).persona.examples == (Example("a", "b"),)


def test_a_file_that_does_not_say_who_may_change_it_leaves_that_as_it_is() -> None:
    mine = Access(Configurers.LISTED, ("U1",), open_to_read=False)
    assert read_setup("{}", frozenset(), mine).access == mine
    opened = read_setup('{"confab": {"access": {"configurers": "members"}}}', frozenset(), mine)
    assert opened.access == Access()
