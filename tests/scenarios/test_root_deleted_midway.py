"""A root is deleted while it is answered, and trouble comes in between: the half answer goes all the same."""

import signal
from contextlib import AbstractAsyncContextManager

from bot.app import Confab
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from bot.playground.workspace.faults import Moment
from bot.playground.workspace.surfaces import SessionStatus
from bot.slack.answer_row.row import AGAIN
from tests.faults.books import Books
from tests.scenarios.answer_row import answered
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene

HALF = Answer("One two three four five six ", stuck_after=6)


def confab(scene: Scene) -> AbstractAsyncContextManager[Confab]:
    """One whose end does not wait for the last looks at what Slack carries out late."""
    return scene.confab(CONFAB_DRAIN_SECONDS="0")


async def only(scene: Scene, root: Message, *texts: str) -> None:
    """Wait until that is all of Confab's in the thread."""
    await scene.until(lambda: [each.text for each in scene.ours(root)] == [*texts])


async def test_the_next_process_takes_away_what_a_killed_one_could_not(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [HALF]
    async with running_bot(scene.environ) as first:
        root = scene.ask("@Confab a long story?")
        await scene.growing(root)
        hold = scene.slack.faults.hold("chat.delete")
        scene.slack.delete(root)
        await hold.arrived.wait()
        await scene.settled()  # Slack has its ack, and will not tell of it again
        first.send_signal(signal.SIGKILL)
        await first.wait()
        hold.release(drop=True)
    async with running_bot(scene.environ):
        await only(scene, root)


async def test_the_next_process_takes_away_what_a_stopped_one_could_not(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [HALF]
    async with confab(scene):
        root = scene.ask("@Confab a long story?")
        await scene.growing(root)
        scene.slack.faults.answer_error("chat.delete", "internal_error")
        scene.slack.delete(root)
        await scene.until(lambda: scene.slack.calls.count("chat.delete") > 0)
        await scene.settled()
    async with confab(scene):
        await only(scene, root)


async def test_what_was_just_being_posted_is_found(small_scene: Scene) -> None:
    scene = small_scene
    scene.slack.faults.refuse("chat.startStream")
    scene.azure.answers += ["First.", HALF]
    async with confab(scene):
        root = scene.ask("@Confab a secret?")
        await answered(scene, root)
        hold = scene.slack.faults.hold("chat.postMessage", Moment.AFTER)
        scene.ask("and a long story?", under=root)
        await hold.arrived.wait()
        scene.slack.delete(root)
        await scene.settled()
        hold.release()
        await only(scene, root, "First.")


async def test_a_stream_that_slack_starts_after_a_look_found_nothing_is_found_by_a_later_one(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", HALF]
    async with confab(scene):
        root = scene.ask("@Confab a secret?")
        await answered(scene, root)
        hold = scene.slack.faults.hold("chat.startStream")
        scene.ask("and a long story?", under=root)
        await hold.arrived.wait()
        scene.slack.delete(root)
        await scene.until(lambda: scene.slack.calls.count("conversations.replies") > 0)
        hold.release()
        await scene.until(lambda: len(scene.ours(root)) == 2)
        await only(scene, root, "First.")


async def test_a_deletion_that_took_longer_than_its_ack_may_counts(scene: Scene) -> None:
    scene.azure.answers += [HALF]
    async with confab(scene):
        root = scene.ask("@Confab a long story?")
        await scene.growing(root)
        async with Books(scene.environ["DATABASE_URL"]).locked():
            scene.slack.delete(root)
            await scene.until(lambda: scene.slack.parcels[-1].attempt > 0)
        await scene.settled()
        await only(scene, root)


async def test_the_session_does_not_go_on_showing_that_confab_is_at_it(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["First.", HALF]
    async with confab(scene):
        root = scene.ask("@Confab a secret?")
        await answered(scene, root)
        scene.ask("and a long story?", under=root)
        await scene.growing(root)
        scene.slack.delete(root)
        await only(scene, root, "First.")

        def rests() -> bool:
            session = scene.slack.surfaces.session(root.channel, root.ts)
            return session is None or session.status is SessionStatus.ACTIVE

        await scene.until(rests)


async def test_an_answer_that_was_just_being_replaced_goes_too_and_nobody_is_told(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += ["The first answer.", HALF]
    async with confab(scene):
        root = scene.ask("@Confab a secret?")
        answer = await answered(scene, root)
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: scene.slack.current(answer).text.startswith("One two"))
        scene.slack.delete(root)
        await only(scene, root)
    assert scene.slack.calls.count("chat.postEphemeral") == 0
