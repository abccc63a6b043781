"""A stop of an answer at which nobody is: its process died or ended, and the next one has not begun."""

from bot.chat.ports.stops import StopPressed
from bot.chat.sentences import STOPPED_AND_GONE
from bot.database.access import Database
from bot.database.stops import StoredStops
from bot.errors import AnswerEmpty
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from bot.slack.answer_row.row import AGAIN, TRY_AGAIN
from tests.reading.written import picture
from tests.scenarios.answer_row import answered, last_answer
from tests.scenarios.scene import Scene

STUCK = Answer("One two three four five six seven.", stuck_after=4)
SILENT = Answer("Never.", stuck_after=0)


async def left_half(scene: Scene) -> Message:
    """The root of a thread whose answer streams, and nobody goes on with it."""
    scene.azure.answers += [STUCK]
    async with scene.confab(CONFAB_DRAIN_SECONDS="0"):
        root = scene.ask("@Confab count")
        await scene.growing(root)
    return root


async def stop_is_stored(scene: Scene, root: Message) -> None:
    """As by another process, which heard of it."""
    pressed = StopPressed(root.channel, root.ts, "U1", scene.slack.record.history.mint_ts())
    database = Database(scene.environ["DATABASE_URL"])
    assert await StoredStops(database).request_in(scene.slack.team.id, pressed) is not None
    await database.close()


async def test_the_half_stays_says_that_it_was_stopped_and_is_remembered(scene: Scene) -> None:
    root = await left_half(scene)
    said = scene.ours(root)[0].text
    await stop_is_stored(scene, root)
    async with scene.confab():
        await answered(scene, root)
        assert scene.answers(root) == [f"{said}\n\n_Stopped._"]
        scene.ask("and now?", under=root)
        await scene.answered(root, 2)
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["count", said, "and now?"]


async def test_the_half_of_an_answer_to_a_picture_is_remembered_too(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.environ["AZURE_OPENAI_DEPLOYMENTS"] = "gpt-4o-mini::::images"
    scene.azure.answers += [STUCK]
    async with scene.confab(CONFAB_DRAIN_SECONDS="0"):
        photo = slack.upload(slack.ada, "photo.jpg", picture((9, 9), "JPEG"))
        root = slack.post(slack.ada, slack.general, "@Confab count", files=[photo])
        await scene.growing(root)
    said = scene.ours(root)[0].text
    await stop_is_stored(scene, root)
    async with scene.confab():
        await answered(scene, root)
        assert scene.answers(root) == [f"{said}\n\n_Stopped._"]
        scene.ask("and now?", under=root)
        await scene.answered(root, 2)
    assert [turn.text for turn in scene.azure.requests[-1].dialogue][1:] == [said, "and now?"]


async def test_the_half_stays_where_slack_ended_its_stream_and_tells_of_the_stop_later(
    small_scene: Scene,
) -> None:
    scene = small_scene
    root = await left_half(scene)
    said = scene.ours(root)[0].text
    scene.slack.stop("ada", root.channel, root.ts)
    scene.azure.answers += [SILENT]
    async with scene.confab():
        await answered(scene, root, 2)
        assert scene.answers(root) == [said, "_Stopped._"]
        scene.ask("and now?", under=root)
        await scene.answered(root, 3)
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["count", said, "and now?"]


async def test_what_was_begun_in_the_place_of_a_failure_is_owned_up_to(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["", STUCK]
    async with scene.confab(CONFAB_DRAIN_SECONDS="0"):
        root = scene.ask("@Confab count")
        await scene.until(lambda: scene.answers(root) == [AnswerEmpty().sentence])
        await answered(scene, root)
        scene.slack.press("ada", last_answer(scene, root), TRY_AGAIN)
        await scene.until(lambda: scene.ours(root)[0].text.startswith("One two"))
    await stop_is_stored(scene, root)
    async with scene.confab():
        await scene.until(lambda: scene.answers(root) == [STOPPED_AND_GONE])


async def test_an_answer_that_was_being_replaced_stands_again(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["The first answer.", STUCK]
    async with scene.confab(CONFAB_DRAIN_SECONDS="0"):
        root = scene.ask("@Confab count")
        scene.slack.press("ada", await answered(scene, root), AGAIN)
        await scene.until(lambda: scene.ours(root)[0].text.startswith("One two"))
    await stop_is_stored(scene, root)
    async with scene.confab():
        await scene.until(lambda: scene.answers(root) == ["The first answer."])
