"""Who deletes a thread's root ends its conversation: nothing stands, nothing is kept, nothing is answered."""

import asyncio

from sqlalchemy import select

from bot.database.access import Database
from bot.database.tables import message
from bot.playground.model.scripted.answer import Answer, Ending
from tests.faults.books import Books
from tests.scenarios.answer_row import answered
from tests.scenarios.scene import PATIENCE, Scene

WHOLE = "The whole answer, from its first word to its last."
HALF = Answer("One two three four five six ", stuck_after=6)


async def kept(scene: Scene) -> list[str]:
    """Every text that the database has, oldest first."""
    database = Database(scene.environ["DATABASE_URL"])
    texts = select(message.c.text).order_by(message.c.id)
    found = await database.read(lambda connection: connection.scalars(texts).all())
    await database.close()
    return [text for text in found if text]


async def dropped(scene: Scene) -> None:
    """Wait until a turn is closed as one that asks nothing: late streams are looked for until then."""
    books = Books(scene.environ["DATABASE_URL"])
    async with asyncio.timeout(PATIENCE):
        while True:
            if await books.value("SELECT count(*) FROM turn WHERE state = 'dropped'"):
                return
            await asyncio.sleep(0.05)


async def test_a_deleted_root_ends_its_conversation_until_somebody_mentions_confab_again(
    scene: Scene,
) -> None:
    async with scene.confab():
        root = scene.ask("@Confab a secret?")
        await scene.answered(root)
        scene.ask("and one that stays, so that Slack keeps the thread?", under=root)
        await scene.until(lambda: len(scene.answers(root)) == 2)
        scene.slack.delete(root)
        await scene.settled()
        assert await kept(scene) == []
        scene.ask("and more?", under=root)
        await scene.settled()
        other = scene.ask("@Confab something else")
        await scene.answered(other)
        assert "a secret?" not in await kept(scene)
        scene.ask("@Confab once more?", under=root)
        await scene.until(lambda: len(scene.azure.requests) == 4 and bool(scene.answers(root)))
    said = [each["content"] for each in scene.azure.requests[-1].body["messages"] if each["role"] == "user"]
    assert said == ["once more?"]


async def test_a_deleted_root_stops_the_answer_that_is_under_way(scene: Scene) -> None:
    scene.azure.answers.append(Answer("One two three four five six ", ends=Ending.ENDLESS, delay=0.01))
    async with scene.confab():
        root = scene.ask("@Confab a long story?")
        await scene.until(lambda: bool(scene.ours(root)))
        scene.slack.delete(root)
        await scene.until(lambda: not scene.ours(root))
        await scene.settled()
        other = scene.ask("@Confab something else")
        await scene.answered(other)
        assert scene.ours(root) == []
        await dropped(scene)


async def test_whoever_mentions_confab_under_a_deleted_root_at_once_gets_the_whole_answer(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [HALF, Answer(WHOLE, stuck_after=8)]
    async with scene.confab():
        root = scene.ask("@Confab a long story?")
        await scene.growing(root)
        scene.ask("and one that stays, so that Slack keeps the thread?", under=root)
        await scene.settled()
        scene.slack.delete(root)
        await scene.settled()
        scene.ask("@Confab anew?", under=root)
        await scene.until(lambda: not scene.ours(root))
        await scene.growing(root)
        scene.azure.release()
        await scene.until(lambda: WHOLE in scene.answers(root))
    assert [each.text for each in scene.ours(root)] == [WHOLE]


async def test_a_deletion_that_slack_tells_of_again_spares_what_was_asked_since(scene: Scene) -> None:
    scene.azure.answers += ["First.", Answer(WHOLE, stuck_after=8), "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab a secret?")
        await answered(scene, root)
        scene.slack.delete(root)
        await scene.settled()
        gone = scene.slack.parcels[-1]
        scene.ask("@Confab anew?", under=root)
        await scene.growing(root)
        scene.slack.delivery.redeliver(gone)
        await scene.settled()
        scene.azure.release()
        await scene.until(lambda: scene.answers(root) == ["First.", WHOLE])
        scene.ask("and now?", under=root)
        await scene.until(lambda: scene.answers(root) == ["First.", WHOLE, "Fine."])
        assert await kept(scene) == ["anew?", WHOLE, "and now?", "Fine."]
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["anew?", WHOLE, "and now?"]


async def test_of_what_waits_together_only_what_was_asked_since_the_deletion_is_answered(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [Answer("Never.", stuck_after=0), "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab a secret?")
        await scene.azure.until(lambda azure: bool(azure.requests))
        scene.ask("and another one?", under=root)
        await scene.settled()
        scene.slack.delivery.delay = (1.0, 1.0)  # the deletion is on its way, and the mention is quicker
        scene.slack.delete(root)
        scene.slack.delivery.delay = (0.0, 0.0)
        scene.ask("@Confab anew?", under=root)
        await scene.settled()
        await scene.until(lambda: scene.answers(root) == ["Fine."])
        assert await kept(scene) == ["anew?", "Fine."]
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["anew?"]


async def test_what_slack_does_not_delete_at_once_it_is_asked_to_delete_again(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", HALF]
    async with scene.confab():
        root = scene.ask("@Confab a secret?")
        await scene.answered(root)
        scene.ask("and a long story?", under=root)
        await scene.growing(root)
        scene.slack.faults.answer_error("chat.delete", "internal_error")
        scene.slack.delete(root)
        await scene.until(lambda: [each.text for each in scene.ours(root)] == ["First."])
