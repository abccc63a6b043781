import asyncio
import sqlite3

from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import DeliveryState, Limits
from bot.playground.workspace.serving import running_workspace
from tests.scenarios.scene import MANIFEST, Scene, environ_for


async def test_what_cannot_be_committed_is_not_acknowledged_and_comes_again(small_scene: Scene) -> None:
    scene = small_scene
    quick = Limits(ack_within=0.2, retry_after=(0.0, 0.5, 3.0))
    async with running_workspace(MANIFEST, limits=quick) as running:
        scene.running = running
        scene.environ = environ_for(running, scene.azure, scene.environ["DATABASE_URL"])
        async with scene.confab():
            locking = sqlite3.connect(scene.environ["DATABASE_URL"].removeprefix("sqlite:///"))
            locking.execute("BEGIN IMMEDIATE")
            root = scene.ask("@Confab hello")
            await scene.until(lambda: all(parcel.attempt > 0 for parcel in scene.slack.parcels))
            states = {parcel.state for parcel in scene.slack.parcels}
            locking.rollback()
            locking.close()
            await scene.answered(root)
            await scene.settled()
    assert DeliveryState.ACKNOWLEDGED not in states
    assert len(scene.azure.requests) == 1
    assert len(scene.answers(root)) == 1


async def test_a_stop_hands_the_answer_under_way_to_the_next_start(scene: Scene) -> None:
    scene.azure.answers += [Answer("The answer, begun by the first.", stuck_after=6), "The answer, whole."]
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        scene.ask("and this", under=root)
        await scene.settled()
    async with scene.confab():
        answers = await scene.answered(root, 2)
    assert answers[0] == "The answer, whole."
    assert len(answers) == 2
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == [
        "hello",
        "The answer, whole.",
        "and this",
    ]


async def test_messages_that_arrive_while_confab_is_away_are_answered_when_it_is_back(scene: Scene) -> None:
    root = scene.ask("@Confab are you there?")
    async with scene.confab():
        await scene.answered(root)
    assert len(scene.answers(root)) == 1


async def test_an_answer_that_was_whole_is_shown_without_asking_the_model_again(scene: Scene) -> None:
    hold = scene.slack.faults.hold("chat.stopStream")
    scene.azure.answers.append(Answer("The only answer there is.", stuck_after=5))
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.streaming for each in scene.thread(root)))
        scene.azure.release()
        await asyncio.wait_for(hold.arrived.wait(), 60)
        scene.slack.faults.clear()
    async with scene.confab():
        assert await scene.answered(root) == ["The only answer there is."]
    assert len(scene.azure.requests) == 1


async def test_a_follow_up_written_while_confab_was_away_is_not_taken_for_somebody_elses(
    scene: Scene,
) -> None:
    roots = [scene.ask(f"@Confab question {number}") for number in range(4)]
    for root in roots:
        scene.ask("and then?", under=root)
    async with scene.confab():
        for root in roots:
            await scene.answered(root)
        await scene.until(
            lambda: (
                sum(turn.text == "and then?" for asked in scene.azure.requests for turn in asked.dialogue)
                >= 4
            )
        )
        await scene.settled()


async def test_help_that_slack_refuses_does_not_hold_up_the_thread(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    slack.faults.refuse("chat.postEphemeral", "user_not_in_channel")
    async with scene.confab():
        root = scene.ask("@Confab")
        await scene.until(lambda: slack.calls.count("chat.postEphemeral") == 1)
        scene.ask("what is ChatML?", under=root)
        assert await scene.answered(root)
    assert slack.calls.count("chat.postEphemeral") == 1


async def test_what_slack_carries_out_after_nobody_waited_for_it_does_not_stay_beside_the_answer(
    small_scene: Scene,
) -> None:
    scene = small_scene
    whole = "The whole answer, from its first word to its last."
    scene.azure.answers.append(Answer(whole, stuck_after=8))
    hold = scene.slack.faults.hold("chat.startStream")
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await scene.until(lambda: any(each.text for each in scene.ours(root)))  # another message, by then
        hold.release()
        await scene.until(lambda: len(scene.ours(root)) == 2)
        scene.azure.release()
        await scene.until(lambda: [each.text for each in scene.ours(root)] == [whole])
    assert [each.streaming for each in scene.ours(root)] == [False]


async def test_help_waits_for_a_slack_that_is_busy_or_away(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    slack.faults.limit("chat.postEphemeral", 1, times=6)
    slack.faults.answer_error("chat.postMessage", "internal_error", times=4)
    async with scene.confab():
        in_channel = scene.ask("@Confab")
        in_direct = scene.ask("@Confab", slack.direct("ada"))
        await scene.until(lambda: bool(scene.ours(in_channel)) and bool(scene.ours(in_direct)))
    assert [len(scene.ours(root)) for root in (in_channel, in_direct)] == [1, 1]


async def test_a_turn_that_breaks_three_times_is_parked_with_a_sentence_and_the_thread_goes_on(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.slack.faults.answer_error("chat.postMessage", "some_new_error", times=3)
    scene.azure.replies["hello"] = "Hi."  # too short to stream, so it is posted
    async with scene.confab():
        root = scene.ask("@Confab hello")
        [said] = await scene.answered(root)
        assert said.startswith("I tried to answer this three times") or said == "Hi."
        scene.ask("go on", under=root)
        await scene.answered(root, 2)
