"""The personas that come with Confab can be chosen, imported, and kept within every limit."""

import json
import re
from pathlib import Path

import pytest

from bot.chat.checking import persona_faults, settings_faults
from bot.chat.controls import advice
from bot.chat.deployments import Deployment
from bot.chat.setup import Persona
from bot.chat.setup_export import write_setup
from bot.chat.setup_file import read_setup
from bot.presets import ORDER, built_in
from tests.packaging.checkout import ROOT

FILES = sorted((ROOT / "bot" / "presets").glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_preset_is_a_setup_file_within_the_limits(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    setup = read_setup(text, frozenset())
    assert persona_faults(setup.persona) == {}
    assert settings_faults(setup.settings, {"gpt": Deployment("gpt")}, "gpt") == {}
    assert advice(setup.settings) is None
    assert json.loads(write_setup(setup, frozenset())) == json.loads(text)
    assert len(setup.persona.name) <= 75, "Slack: an option of a menu"


def test_every_file_can_be_chosen_and_the_default_comes_first() -> None:
    assert {file.stem for file in FILES} == set(ORDER)
    assert len(built_in()) >= 7
    first, second = built_in()[:2]
    assert first.persona.system_message == Persona().system_message
    assert second.persona.system_message == (
        "You are an Xbox customer support agent whose primary goal is to help users with issues they are "
        "experiencing with their Xbox devices. You are friendly and concise. You only provide factual "
        "answers to queries, and do not provide answers that are not related to Xbox."
    )
    assert len({each.persona.name for each in built_in()}) == len(ORDER)
    assert not any(each.ours for each in built_in())


def test_no_id_can_be_taken_for_one_of_the_workspaces_own() -> None:
    assert not any(each.id.isdigit() for each in built_in())


def test_the_tax_helper_states_no_years_law() -> None:
    [helper] = [each for each in built_in() if each.id == "tax-helper"]
    words = json.dumps([helper.persona.system_message, [pair.assistant for pair in helper.persona.examples]])
    assert not re.search(r"\d{4}|[$€£%]", words)


def test_the_json_formatters_examples_are_json() -> None:
    [formatter] = [each for each in built_in() if each.id == "json-formatter"]
    for pair in formatter.persona.examples:
        block = re.fullmatch(r"```json\n(.*)\n```", pair.assistant, re.DOTALL)
        assert block
        json.loads(block[1])
