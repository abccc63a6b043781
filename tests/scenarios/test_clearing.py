"""What "Clear chat" leaves in the database."""

import sqlite3
from contextlib import closing

import pytest

from bot.slack.answer_row.clear_view import HOW
from bot.slack.answer_row.row import ROW, Choice
from tests.scenarios.answer_row import answered
from tests.scenarios.scene import Scene

SECRET = "my dog is called Rufus"


def stored(scene: Scene) -> str:
    """Everything that stands in the database, as text."""
    file = scene.environ["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(file)) as connection:
        return "\n".join(connection.iterdump())


@pytest.mark.parametrize("how", ["keep", "erase"])
async def test_a_chat_that_is_cleared_is_kept_or_deleted_as_was_confirmed(
    small_scene: Scene, how: str
) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers.append("Rufus is a fine name.")
    async with scene.confab():
        root = scene.ask(f"@Confab {SECRET}")
        answer = await answered(scene, root)
        assert SECRET in stored(scene)
        slack.press("ada", answer, ROW, Choice.CLEAR)
        await scene.until(lambda: slack.modal("ada") is not None)
        view = slack.modal("ada")
        assert view is not None
        slack.submit("ada", view, {HOW: how})
        await scene.until(lambda: "starts anew here" in scene.answers(root)[-1])
    kept = how == "keep"
    assert [SECRET in stored(scene), "a fine name" in stored(scene)] == [kept, kept]
