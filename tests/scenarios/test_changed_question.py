"""Who changes their latest question is asked whether they want another answer, once for each change."""

import asyncio
import json
import time

from sqlalchemy import select

from bot.chat.turns import TurnState
from bot.database.access import Database
from bot.database.tables import turn
from bot.playground.model import refusal
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from bot.slack.answer_row import texts
from bot.slack.answer_row.anew import ANEW
from bot.slack.answer_row.row import AGAIN
from tests.faults.books import Books
from tests.scenarios.answer_row import answered, last_answer
from tests.scenarios.scene import PATIENCE, Scene

HELPED = select(turn.c.id).where(turn.c.state == TurnState.HELPED)


def whispers(scene: Scene, root: Message) -> list[Message]:
    found = scene.slack.record.history.thread(root.channel, root.ts)
    return [each for each in found if each.ephemeral_to is not None]


def offers(scene: Scene, root: Message) -> list[Message]:
    """The offers that still have their button."""
    return [each for each in whispers(scene, root) if ANEW in json.dumps(each.blocks)]


async def offered(scene: Scene, root: Message) -> Message:
    await scene.until(lambda: len(offers(scene, root)) > 0)
    [offer] = offers(scene, root)
    return offer


async def helped(scene: Scene) -> None:
    """Wait until a bare mention is closed."""
    database = Database(scene.environ["DATABASE_URL"])
    async with asyncio.timeout(PATIENCE):
        while not await database.read(lambda rows: rows.scalars(HELPED).all()):  # noqa: ASYNC110 - no event comes
            await asyncio.sleep(0.01)
    await database.close()


async def says(scene: Scene, root: Message, words: str) -> None:
    """Wait until the newest of what one person alone sees has these words."""
    await scene.until(lambda: any(words in each.text for each in whispers(scene, root)))


async def test_a_changed_question_is_answered_anew_in_the_same_place(scene: Scene) -> None:
    scene.azure.answers += ["A blue one.", "A green one.", "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab which is blue?")
        answer = await answered(scene, root)
        await scene.settled()
        scene.slack.edit(root, "@Confab which is green?")
        offer = await offered(scene, root)
        assert (offer.ephemeral_to, offer.text) == (scene.slack.ada.id, texts.REWORDED)
        assert (offer.channel, offer.thread_ts) == (root.channel, root.ts)
        assert scene.answers(root) == ["A blue one."]
        scene.slack.press("ada", offer, ANEW)
        await scene.until(lambda: scene.answers(root) == ["A green one."])
        assert last_answer(scene, root).ts == answer.ts
        await says(scene, root, texts.anew(None))
        assert offers(scene, root) == []
        await scene.settled()
        scene.ask("thanks", under=root)
        await scene.answered(root, 2)
    said = [turn.text for turn in scene.azure.requests[-1].dialogue]
    assert said == ["which is green?", "A green one.", "thanks"]


async def test_a_change_that_took_longer_than_slack_waits_is_offered_an_answer_all_the_same(
    small_scene: Scene,
) -> None:
    scene = small_scene
    async with scene.confab():
        root = scene.ask("@Confab which is blue?")
        await answered(scene, root)
        await scene.settled()
        async with Books(scene.environ["DATABASE_URL"]).locked():
            scene.slack.edit(root, "@Confab which is green?")
            told = scene.slack.parcels[-1]
            await scene.until(lambda: told.attempt == 1)  # it was not acknowledged
        await scene.settled()
        await offered(scene, root)


async def test_one_change_has_one_offer_however_often_slack_tells_of_it(scene: Scene) -> None:
    scene.azure.answers += ["Blue."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        await answered(scene, root)
        await scene.settled()
        scene.slack.delivery.twice = True
        scene.slack.edit(root, "@Confab which one?")
        await offered(scene, root)
        await scene.settled()
        # Slack dates edits by the second: two within one have no order, and a late double undoes the newer.
        scene.slack.clock = lambda: time.time() + 60
        scene.slack.edit(root, "@Confab which one of them?")
        await scene.until(lambda: len(offers(scene, root)) > 1)
        await scene.settled()
        assert len(offers(scene, root)) == 2


async def test_an_older_question_is_only_remembered_as_it_reads_now(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["Blue.", "Two.", "Green."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        await scene.answered(root)
        second = scene.ask("how many?", under=root)
        await answered(scene, root, 2)
        await scene.settled()
        scene.slack.edit(root, "@Confab which one?")
        await scene.settled()
        scene.slack.edit(second, "how many of them?")
        await scene.until(lambda: len(offers(scene, root)) > 0)
        scene.ask("and now?", under=root)
        await scene.answered(root, 3)
        scene.slack.press("ada", offers(scene, root)[0], ANEW)
        await says(scene, root, "The conversation has gone on since.")
        assert len(whispers(scene, root)) == 1
    said = [turn.text for turn in scene.azure.requests[-1].dialogue]
    assert said == ["which one?", "Blue.", "how many of them?", "Two.", "and now?"]


async def test_what_still_waits_is_simply_asked_as_it_reads_now(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [Answer("One.", stuck_after=1), "Two."]
    async with scene.confab():
        root = scene.ask("@Confab one?")
        await scene.azure.until(lambda azure: bool(azure.requests))
        waiting = scene.ask("two?", under=root)
        await scene.settled()
        scene.slack.edit(waiting, "two, please?")
        await scene.settled()
        scene.azure.release()
        await answered(scene, root, 2)
        assert scene.azure.requests[-1].question == "two, please?"
        assert whispers(scene, root) == []


async def test_while_the_answer_is_written_the_offer_waits_for_its_end(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [Answer("The blue one.", stuck_after=1), "The green one."]
    async with scene.confab():
        root = scene.ask("@Confab which is blue?")
        await scene.azure.until(lambda azure: bool(azure.requests))
        scene.slack.edit(root, "@Confab which is green?")
        offer = await offered(scene, root)
        scene.slack.press("ada", offer, ANEW)
        await says(scene, root, "I am still answering it.")
        scene.azure.release()
        await answered(scene, root)
        await scene.until(lambda: scene.answers(root) == ["The blue one."])
        await scene.settled()
        scene.slack.press("ada", offers(scene, root)[0], ANEW)
        await scene.until(lambda: scene.answers(root) == ["The green one."])


async def test_while_another_answer_of_the_thread_is_given_again_the_offer_waits_for_its_end(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", Answer("First, given again.", stuck_after=3), "Blue is a colour."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        first = await answered(scene, root)
        bare = scene.ask("@Confab", under=root)
        await scene.until(lambda: len(whispers(scene, root)) == 1)
        await helped(scene)
        scene.slack.press("ada", first, AGAIN)
        await scene.azure.until(lambda azure: len(azure.requests) == 2)
        scene.slack.edit(bare, "@Confab what is blue?")
        scene.slack.press("ada", await offered(scene, root), ANEW)
        await says(scene, root, "I am still answering it.")
        scene.azure.release()
        await scene.until(lambda: scene.answers(root) == ["First, given again."])
        await scene.settled()
        scene.slack.press("ada", offers(scene, root)[0], ANEW)
        await scene.until(lambda: scene.answers(root) == ["First, given again.", "Blue is a colour."])


async def test_a_question_that_was_refused_is_put_another_way_and_answered(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [refusal.filtered_prompt("violence"), "With a knife and fork."]
    async with scene.confab():
        root = scene.ask("@Confab how do I kill a steak?")
        await scene.answered(root)
        await scene.settled()
        scene.slack.edit(root, "@Confab how do I eat a steak?")
        scene.slack.press("ada", await offered(scene, root), ANEW)
        await scene.until(lambda: scene.answers(root) == ["With a knife and fork."])


async def test_in_a_muted_thread_nothing_is_offered(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        muted, heard = scene.ask("@Confab which?"), scene.ask("@Confab which?")
        await answered(scene, muted)
        await answered(scene, heard)
        scene.ask("mute", under=muted)
        await scene.until(lambda: len(whispers(scene, muted)) + len(scene.answers(muted)) > 1)
        await scene.settled()
        scene.slack.edit(muted, "@Confab which one?")
        await scene.settled()
        scene.slack.edit(heard, "@Confab which one?")
        await offered(scene, heard)
        assert offers(scene, muted) == []
