"""A question or its answer is withdrawn while nobody is at it: nothing that had begun is left standing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import Connection

from bot.database.access import Database
from bot.database.corrections import edit, forget
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from bot.slack.answer_row.row import AGAIN
from tests.faults.books import Books
from tests.scenarios.answer_row import answered, last_answer
from tests.scenarios.scene import Scene

STUCK = Answer("One two three four five six seven.", stuck_after=4)
LONG = "\n\n".join(f"Paragraph {n} of a long answer, with words enough for a line." for n in range(400))
BROKE_EVERY_ATTEMPT = "UPDATE turn SET attempts = handed_over + 3 WHERE state = 'running'"


@asynccontextmanager
async def confab(scene: Scene) -> AsyncIterator[None]:
    """One that hands over at its end what it has not finished."""
    async with scene.confab(CONFAB_DRAIN_SECONDS="0"):
        yield


async def withdrawn(scene: Scene, question: Message, how: str) -> None:
    """What another process writes down that hears of it in between."""
    which = {"team_id": scene.slack.team.id, "channel_id": question.channel, "ts": question.ts}

    def withdraw(connection: Connection) -> None:
        if how == "deleted":
            forget(connection, **which)
        else:
            edit(connection, **which, text="")

    database = Database(scene.environ["DATABASE_URL"])
    await database.write(withdraw)
    await database.close()


@pytest.mark.parametrize("how", ["deleted", "emptied"])
async def test_what_was_begun_to_a_withdrawn_question_goes_away(small_scene: Scene, how: str) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", STUCK]
    async with confab(scene):
        root = scene.ask("@Confab hello")
        await scene.answered(root)
        question = scene.ask("and?", under=root)
        await scene.growing(root)
    await withdrawn(scene, question, how)
    async with confab(scene):
        await scene.until(lambda: not any(each.text.startswith("One") for each in scene.ours(root)))
        scene.azure.answers += ["Third."]
        scene.ask("and then?", under=root)
        await scene.until(lambda: scene.answers(root) == ["First.", "Third."])


async def test_an_answer_that_was_being_replaced_stands_again(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["The first answer.", STUCK]
    async with confab(scene):
        root = scene.slack.post("grace", scene.slack.general, "A thread of people's")
        question = scene.ask("@Confab one", under=root)
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: scene.slack.current(answer).text.startswith("One two"))
    await withdrawn(scene, question, "deleted")
    async with confab(scene):
        await scene.until(lambda: scene.answers(root) == ["The first answer."])


async def test_who_wanted_another_answer_is_told_once_that_nothing_is_asked_however_busy_slack_is(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += ["The first answer.", STUCK]
    async with confab(scene):
        root = scene.slack.post("grace", scene.slack.general, "A thread of people's")
        question = scene.ask("@Confab one", under=root)
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: scene.slack.current(answer).text.startswith("One two"))
    await withdrawn(scene, question, "deleted")
    scene.slack.faults.answer_error("chat.update", "internal_error", times=3)
    async with confab(scene):
        await scene.until(lambda: scene.answers(root) == ["The first answer."])
        await scene.until(lambda: any(each.ephemeral for each in scene.ours(root)))
    assert scene.slack.calls.count("chat.postEphemeral") == 1


@pytest.mark.parametrize("how", ["deleted", "emptied"])
async def test_what_the_last_attempt_had_begun_to_a_withdrawn_question_goes_away(
    small_scene: Scene, how: str
) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", STUCK]
    async with confab(scene):
        root = scene.ask("@Confab hello")
        await answered(scene, root)
        question = scene.ask("and?", under=root)
        await scene.growing(root)
    await Books(scene.environ["DATABASE_URL"]).execute(BROKE_EVERY_ATTEMPT)
    await withdrawn(scene, question, how)
    async with confab(scene):
        await scene.until(lambda: [each.text for each in scene.ours(root)] == ["First."])


async def test_the_answer_that_the_last_attempt_was_replacing_stands_again_without_its_question(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += ["The first answer.", STUCK]
    async with confab(scene):
        root = scene.slack.post("grace", scene.slack.general, "A thread of people's")
        question = scene.ask("@Confab one", under=root)
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: scene.slack.current(answer).text.startswith("One two"))
    await Books(scene.environ["DATABASE_URL"]).execute(BROKE_EVERY_ATTEMPT)
    await withdrawn(scene, question, "deleted")
    async with confab(scene):
        await scene.until(lambda: scene.answers(root) == ["The first answer."])


async def test_an_answer_deleted_before_it_was_finished_does_not_come_back(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [STUCK, "Another one."]
    async with confab(scene):
        root = scene.ask("@Confab hello")
        await scene.growing(root)
        hold = scene.slack.faults.hold("chat.stopStream")
        scene.azure.release()
        await hold.arrived.wait()  # recorded, and just being finished
        scene.slack.delete(last_answer(scene, root))
        await scene.settled()
    hold.release(drop=True)
    async with confab(scene):
        scene.ask("and?", under=root)
        await scene.until(lambda: scene.answers(root) == ["Another one."])
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["hello", "and?"]


async def test_what_is_left_of_a_half_answer_of_which_a_part_was_deleted_goes_away(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [Answer(LONG, stuck_after=3_500), "Another one."]
    async with confab(scene):
        root = scene.ask("@Confab hello")
        await scene.until(lambda: len(scene.ours(root)) == 2 and bool(scene.ours(root)[1].text))
        scene.slack.delete(scene.slack.record.history.thread(root.channel, root.ts)[1])
        await scene.settled()
    async with confab(scene):
        scene.ask("and?", under=root)
        await scene.until(lambda: [each.text for each in scene.ours(root)] == ["Another one."])
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["hello", "and?"]


async def test_a_half_answer_deleted_while_the_next_attempt_is_at_it_does_not_come_back(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [STUCK, Answer("One two three.", stuck_after=0), "Another one."]
    async with confab(scene):
        root = scene.ask("@Confab hello")
        await scene.growing(root)
    async with confab(scene):
        await scene.azure.until(lambda azure: len(azure.requests) == 2)
        scene.slack.delete(scene.slack.record.history.thread(root.channel, root.ts)[1])
        await scene.settled()
        scene.azure.release()
        scene.ask("and?", under=root)
        await scene.until(lambda: [each.text for each in scene.ours(root)] == ["Another one."])
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["hello", "and?"]
