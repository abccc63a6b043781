"""What people press under an answer, and what they see of it."""

import asyncio
import time
from pathlib import Path
from typing import Any

from bot.chat.code_samples.call import Language
from bot.chat.view_code import Sample
from bot.database.access import Database
from bot.database.opinions import StoredOpinions
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer
from bot.playground.workspace import Message
from bot.playground.workspace.surfaces import View
from bot.slack import session
from bot.slack.answer_row import code_view, texts
from bot.slack.answer_row.row import ROW, Choice
from tests.scenarios.scene import PATIENCE, Scene


def last_answer(scene: Scene, root: Message) -> Message:
    """The newest message of Confab's to all in a thread, as the workspace has it."""
    found = scene.slack.record.history.thread(root.channel, root.ts)
    ours = [each for each in found if each.user == scene.slack.confab.id]
    return [each for each in ours if each.ephemeral_to is None][-1]


def has_row(message: Message) -> bool:
    """Whether the menu stands under it."""
    return any(block["type"] == "actions" for block in message.blocks)


async def answered(scene: Scene, root: Message, times: int = 1) -> Message:
    """The newest answer, once it stands with its row."""
    await scene.answered(root, times)
    await scene.until(lambda: has_row(last_answer(scene, root)))
    await kept(scene, answer := last_answer(scene, root))
    return answer


async def kept(scene: Scene, answer: Message) -> None:
    """Wait until Confab has kept where its answer stands, and is done: no person presses so soon."""
    database = Database(scene.environ["DATABASE_URL"])
    opinions = StoredOpinions(database, time.time)
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await opinions.answer_at(scene.slack.team.id, answer.channel, answer.ts)
                if found is not None and not found.open:
                    return
                await asyncio.sleep(0.01)
    finally:
        await database.close()


async def choose(scene: Scene, choice: Choice, answer: Message, person: str = "ada") -> View:
    """Choose from the menu; the modal as it stands when it is filled."""
    scene.slack.press(person, answer, ROW, choice.value)
    return await filled(scene, person)


async def filled(scene: Scene, person: str = "ada") -> View:
    """The modal that somebody sees, once it says more than to wait."""

    def ready() -> bool:
        view = scene.slack.modal(person)
        return view is not None and texts.ONE_MOMENT not in words(view)

    await scene.until(ready)
    found = scene.slack.modal(person)
    assert found is not None
    return found


async def turned(scene: Scene, view: View, tab: str, person: str = "ada") -> View:
    """The modal after another tab was pressed and drawn."""
    before = view.hash
    scene.slack.press(person, view, f"{code_view.TAB}{tab}")
    async with asyncio.timeout(PATIENCE):
        await scene.until(lambda: (scene.slack.modal(person) or view).hash != before)
    return await filled(scene, person)


def words(view: View) -> str:
    """Everything that a view says."""
    return "\n".join(_texts(view.content["blocks"]))


def code(view: View) -> str:
    """What is copied from a view: the code of its rich text."""
    blocks = [block for block in view.content["blocks"] if block["type"] == "rich_text"]
    parts = [part for block in blocks for part in block["elements"]]
    shown = [part for part in parts if part["type"] == "rich_text_preformatted"]
    return "".join("".join(each["text"] for each in part["elements"]) + "\n" for part in shown)


def sample(view: View, language: Language) -> Sample:
    """The sample in a view; for JSON with the address that stands beside it."""
    address = words(view).partition("`")[2].partition("`")[0] if language is Language.JSON else ""
    return Sample(language, code(view), address=address)


def environ(scene: Scene, path: Path) -> dict[str, str]:
    """What somebody has who copies a sample: this bot's own variables, and a shell."""
    azure = {name: value for name, value in scene.environ.items() if name.startswith("AZURE_")}
    return azure | {"PATH": "/usr/bin:/bin", "HOME": str(path), "LANG": "C.UTF-8"}


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for each in value.values() for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []


async def without_sessions(scene: Scene) -> None:
    """Let Confab learn that this workspace has none: its first answer waits until it was told."""
    scene.slack.faults.refuse(session.METHOD, "not_authorized")
    scene.azure.answers.insert(0, Answer("Hello.", stuck_after=BEFORE_HEADERS))
    root = scene.ask("@Confab hello")
    await scene.until(lambda: scene.slack.calls.count(session.METHOD) > 0)
    await scene.azure.until(lambda azure: bool(azure.requests))
    scene.azure.release()
    await scene.answered(root)
