import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.playground.model import running_scripted_azure
from bot.playground.page.backstage import Backstage, ModelAway, turn_of
from bot.playground.page.chatml import marked
from bot.playground.run_folder import ModelNote, RunFolder
from bot.playground.workspace import Workspace
from tests.playground.page.asking import ask

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(SLEEPS) as process:
        yield process
        process.kill()


def test_the_bot_is_killed_at_once(folder: RunFolder, sleeper: subprocess.Popen[bytes]) -> None:
    folder.note_bot(sleeper.pid)
    assert Backstage(folder, "T1").kill_bot() == sleeper.pid
    assert sleeper.wait(5) == -9


def test_no_other_process_is_killed_in_its_place(folder: RunFolder, sleeper: subprocess.Popen[bytes]) -> None:
    folder.note_bot(sleeper.pid)
    note = (folder.path / "bot.json").read_text()
    (folder.path / "bot.json").write_text(note.replace('"supervisor": ', '"supervisor": 1'))
    assert Backstage(folder, "T1").kill_bot() is None
    assert sleeper.poll() is None


def test_a_bot_that_is_gone_is_not_killed_again(folder: RunFolder, sleeper: subprocess.Popen[bytes]) -> None:
    folder.note_bot(sleeper.pid)
    sleeper.kill()
    sleeper.wait(5)
    assert Backstage(folder, "T1").kill_bot() is None
    assert Backstage(RunFolder(folder.path / "empty"), "T1").kill_bot() is None


async def test_an_answer_leads_to_the_request_that_made_it(folder: RunFolder) -> None:
    async with running_scripted_azure() as azure:
        endpoint = f"http://127.0.0.1:{azure.port}"
        folder.note_model(ModelNote(endpoint, "a stand-in"))
        prompt = "<|im_start|>user\nHi\n<|im_end|>\n<|im_start|>assistant\n"
        await ask(endpoint, azure.key, prompt, "T1.7")
        backstage = Backstage(folder, "T1")
        asked = await backstage.asked("7")
        assert asked is not None
        assert asked.prompt == prompt
        assert await backstage.asked("8") is None


async def test_a_model_that_is_away_is_no_error_page(folder: RunFolder, unused_tcp_port: int) -> None:
    folder.note_model(ModelNote(f"http://127.0.0.1:{unused_tcp_port}", "a stand-in"))
    with pytest.raises(ModelAway):
        await Backstage(folder, "T1").asked("7")


async def test_the_turn_is_read_from_the_answers_metadata(workspace: Workspace) -> None:
    message = workspace.post(workspace.confab, workspace.general, "x")
    assert turn_of(message) is None
    metadata = {"event_type": "confab_answer", "event_payload": {"turn": 7}}
    assert turn_of(replace(message, metadata=metadata)) == "7"


def test_the_prompt_is_shown_character_by_character_with_its_tokens_set_apart() -> None:
    html = marked("<|im_start|>user\n<b>&amp;\n<|im_end|>\n")
    assert html == (
        '<span class="token">&lt;|im_start|&gt;user</span>\n&lt;b&gt;&amp;amp;\n'
        '<span class="token">&lt;|im_end|&gt;</span>\n'
    )
