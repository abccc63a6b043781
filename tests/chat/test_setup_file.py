import json
from typing import Any

import pytest

from bot.chat.setup import ChannelSettings, Example, Setup
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
