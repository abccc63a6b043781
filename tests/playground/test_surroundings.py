import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground.run_folder import ModelNote, RunFolder
from bot.playground.surroundings import XBOX_SETUP, Surroundings, manifest
from bot.playground.workspace import Installation

WORKSPACE = {"port": 3000, "bot_token": "xoxb-1", "app_token": "xapp-1", "admin": "U1", "channel": "C1"}
AZURE = {
    "AZURE_OPENAI_ENDPOINT": "https://example.openai.azure.com",
    "AZURE_OPENAI_API_KEY": "key",
    "AZURE_OPENAI_DEPLOYMENTS": "gpt",
}

Make = Callable[..., Surroundings]


@pytest.fixture
def surroundings(tmp_path: Path) -> Make:
    def make(*, scripted: bool = False, **outer: str) -> Surroundings:
        return Surroundings(RunFolder.fresh(tmp_path), outer, tmp_path, scripted)

    return make


def test_the_bot_is_pointed_at_the_local_workspace_and_model(surroundings: Make) -> None:
    environ = surroundings().for_bot(WORKSPACE, 4000)
    assert environ["SLACK_API_URL"] == "http://127.0.0.1:3000/api/"
    assert environ["AZURE_OPENAI_ENDPOINT"] == "http://127.0.0.1:4000"
    assert environ["AZURE_OPENAI_DEPLOYMENTS"] == "smollm2:chatml:8192:bytes"
    assert environ["CONFAB_ADMINS"] == "U1"


def test_no_real_workspace_or_database_is_reached(surroundings: Make) -> None:
    ours = {
        "SLACK_BOT_TOKEN": "xoxb-real",
        "SLACK_API_URL": "https://slack.com/api/",
        "DATABASE_URL": "sqlite:///x",
    }
    environ = surroundings(**ours).for_bot(WORKSPACE, 4000)
    assert environ["SLACK_BOT_TOKEN"] == "xoxb-1"
    assert environ["SLACK_API_URL"] == "http://127.0.0.1:3000/api/"
    assert environ["DATABASE_URL"].endswith("/confab.db")


def test_half_of_an_azure_setting_does_not_leak_into_the_local_model(surroundings: Make) -> None:
    local = surroundings(AZURE_OPENAI_API_VERSION="2024-10-21", AZURE_OPENAI_DEPLOYMENT="gpt")
    assert not local.azure_answers
    assert "AZURE_OPENAI_API_VERSION" not in local.for_bot(WORKSPACE, 4000)


def test_azure_answers_where_an_endpoint_and_a_deployment_are_set(surroundings: Make) -> None:
    azure = surroundings(**AZURE)
    assert azure.azure_answers
    environ = azure.for_bot(WORKSPACE, None)
    assert {name: environ[name] for name in AZURE} == AZURE


def test_who_answers_is_said_in_words(surroundings: Make) -> None:
    assert surroundings().written_by == "a 135M practice model"
    assert surroundings(MODEL="models/qwen.gguf").written_by == "qwen.gguf, on this machine"
    assert surroundings(scripted=True).written_by == "a scripted stand-in"


def test_a_model_file_is_found_from_where_the_command_was_given(surroundings: Make, tmp_path: Path) -> None:
    assert str(tmp_path / "models/own.gguf") in surroundings(MODEL="models/own.gguf").model()
    assert "/elsewhere/own.gguf" in surroundings(MODEL="/elsewhere/own.gguf").model()


def test_the_manifest_that_is_installed_is_the_projects_own() -> None:
    assert Installation.from_manifest(manifest()).name == "Confab"


def test_the_xbox_channel_gets_an_exported_setup_of_azures_playground() -> None:
    setup = json.loads(XBOX_SETUP.read_text())
    assert setup["systemPrompt"].startswith("You are an Xbox customer support agent whose primary goal")
    assert setup["chatParameters"]["pastMessagesToInclude"] == 10


def test_every_run_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first = RunFolder.fresh(tmp_path)
    assert first.path.parent == tmp_path / ".playground"
    assert first.model() is None
    first.note_model(ModelNote("http://127.0.0.1:1", "a model"))
    assert first.model() == ModelNote("http://127.0.0.1:1", "a model")


def test_a_folder_that_cannot_be_written_gives_way_to_a_temporary_one(tmp_path: Path) -> None:
    (tmp_path / ".playground").write_text("in the way")
    folder = RunFolder.fresh(tmp_path).path
    assert folder.is_dir()
    assert tmp_path not in folder.parents
    folder.rmdir()
