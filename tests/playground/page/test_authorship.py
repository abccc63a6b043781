from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.playground.model import ScriptedAzure, running_scripted_azure
from bot.playground.model.recorded import Outcome
from bot.playground.page.authorship import Authorship
from bot.playground.page.backstage import Backstage
from bot.playground.run_folder import ModelNote, RunFolder
from bot.playground.workspace import Message, Workspace
from tests.playground.page.asking import ask

PROMPT = "<|im_start|>user\nHi\n<|im_end|>\n<|im_start|>assistant\n"
ANSWER = "Yes, `4K` at *60* frames.\n\nAsk @here for more."
SENTENCE = "I tried to answer this three times and broke each time."


@pytest.fixture
async def azure(tmp_path: Path) -> AsyncIterator[ScriptedAzure]:
    async with running_scripted_azure() as azure:
        RunFolder(tmp_path).note_model(ModelNote(azure.endpoint, "a stand-in"))
        yield azure


@pytest.fixture
def authorship(tmp_path: Path) -> Authorship:
    return Authorship(Backstage(RunFolder(tmp_path), "T1"))


@pytest.fixture
async def message(workspace: Workspace) -> Message:
    posted = workspace.post(workspace.confab, workspace.general, ANSWER)
    return replace(posted, metadata={"event_type": "confab_turn", "event_payload": {"turn": 7, "part": 0}})


async def say(azure: ScriptedAzure, answer: str = ANSWER) -> None:
    azure.answers.append(answer)
    await ask(azure.endpoint, azure.key, PROMPT, "T1.7")


async def test_an_answer_is_the_models(
    azure: ScriptedAzure, authorship: Authorship, message: Message
) -> None:
    await say(azure)
    assert await authorship.is_models(message) is True
    blocks = ({"type": "markdown", "text": "Ask @\u2060here for more."},)
    assert await authorship.is_models(replace(message, text="", blocks=blocks)) is True


async def test_a_sentence_under_half_an_answer_leaves_it_the_models(
    azure: ScriptedAzure, authorship: Authorship, message: Message
) -> None:
    await say(azure, "Yes, `4K` at *60* frames. And then")
    half = replace(message, text=f"Yes, `4K` at\n\n_{SENTENCE}_")
    assert await authorship.is_models(half) is True


async def test_an_answer_that_went_on_in_the_middle_of_a_line_stays_the_models(
    azure: ScriptedAzure, authorship: Authorship, message: Message
) -> None:
    await say(azure, " frames, and")
    gone_on = replace(message, text=f"Yes, `4K` at *60* frames, and\n\n_{SENTENCE}_")
    assert await authorship.is_models(gone_on) is True


async def test_what_the_model_was_never_asked_is_not_the_models(
    azure: ScriptedAzure, authorship: Authorship, message: Message
) -> None:
    assert await authorship.is_models(replace(message, text="That message is too long for me.")) is False


async def test_a_sentence_alone_is_not_the_models_though_it_was_asked(
    azure: ScriptedAzure, authorship: Authorship, message: Message
) -> None:
    await say(azure)
    assert await authorship.is_models(replace(message, text=SENTENCE)) is False


async def test_while_the_model_still_writes_nobody_can_tell(
    azure: ScriptedAzure, authorship: Authorship, message: Message
) -> None:
    await say(azure)
    recorded = azure.recordings.all()[-1]
    recorded.outcome = Outcome.RUNNING
    assert await authorship.is_models(message) is None
    recorded.outcome = Outcome.ANSWERED
    assert await authorship.is_models(message) is True


async def test_the_model_is_asked_once_about_a_message_as_it_stands(
    azure: ScriptedAzure, authorship: Authorship, message: Message
) -> None:
    await say(azure)
    assert await authorship.is_models(message) is True
    azure.recordings.clear()
    assert await authorship.is_models(message) is True
    assert await authorship.is_models(replace(message, text="Edited")) is False
