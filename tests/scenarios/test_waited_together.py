"""What waited in a thread together and does not fit the model's context together, by the front door."""

import asyncio
import signal

import pytest

from bot.playground.model import refusal
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.workspace import Message
from bot.slack.answer_row.row import AGAIN, GO_ON, Choice
from tests.scenarios.answer_row import answered, choose, last_answer, words
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene

NARROW = "smollm2:chatml:1200:bytes"  # beside persona and response, some 290 bytes for the conversation
WIDE = "smollm2:chatml:4000:bytes"
ONE_HAD_NO_ROOM = "One message that came before had no room beside what I answer here"
ONE_TOO_LONG = "One message was too long for me: about 1,0"
ORDER = "My order is 4711. " + "x" * 150
BROKEN = "And is it broken? " + "y" * 150
ENDLESS = "long " * 200
WHOLE = "The second answer, from its first word to its last."


@pytest.fixture
def scene(small_scene: Scene) -> Scene:
    small_scene.environ["AZURE_OPENAI_DEPLOYMENTS"] = NARROW
    return small_scene


async def waited(scene: Scene, *texts: str) -> Message:
    """Let Ada's messages wait together while a first answer is given, and end that one; their root."""
    scene.azure.answers.insert(0, Answer("First.", stuck_after=1))
    root = scene.ask("@Confab one")
    await scene.azure.until(lambda azure: len(azure.requests) == 1)
    for text in texts:
        scene.ask(text, under=root)
    await scene.settled()
    scene.azure.release()
    return root


async def stands(scene: Scene, root: Message, beginning: str, *noted: str) -> None:
    """Wait until the second answer begins so, with those notes below it."""

    def as_wanted() -> bool:
        said = scene.answers(root)[1:]
        return len(said) == 1 and said[0].startswith(beginning) and all(note in said[0] for note in noted)

    await scene.until(as_wanted)


async def test_that_an_earlier_message_had_no_room_is_said_below_the_answer_and_in_its_raw_syntax(
    scene: Scene,
) -> None:
    scene.azure.answers.append("Second.")
    async with scene.confab():
        root = await waited(scene, ORDER, BROKEN)
        answer = await answered(scene, root, 2)
        assert answer.text.startswith("Second.")
        assert ONE_HAD_NO_ROOM in answer.text
        said = words(await choose(scene, Choice.RAW, answer))
    assert (scene.asked("is it broken"), scene.asked("4711")) == (1, 0)
    assert "3 messages were left out for want of room in the deployment's context" in said  # two of the past


async def test_pieces_that_had_no_room_together_are_read_when_they_are_sent_again(scene: Scene) -> None:
    pieces = [f"piece {number} " + "long " * 30 for number in range(3)]
    scene.azure.answers += ["Second.", "Third.", "Fourth."]
    async with scene.confab():
        root = await waited(scene, *pieces)
        answer = await answered(scene, root, 2)
        assert "2 messages that came before had no room" in answer.text
        for times, piece in enumerate(pieces[:2], 3):
            scene.ask(piece, under=root)
            await answered(scene, root, times)
        assert scene.answers(root)[2:] == ["Third.", "Fourth."]
    assert [scene.asked(f"piece {number}") for number in range(3)] == [1, 1, 1]


async def test_one_too_long_message_does_not_refuse_somebody_elses_short_question(scene: Scene) -> None:
    slack = scene.slack
    scene.azure.answers += [Answer("First.", stuck_after=1), "Four.", "Yes."]
    async with scene.confab():
        root = scene.ask("@Confab one")
        await scene.azure.until(lambda azure: len(azure.requests) == 1)
        slack.post(slack.grace, root.channel, "@Confab what is two and two?", thread_ts=root.ts)
        scene.ask(ENDLESS, under=root)
        await scene.settled()
        scene.azure.release()
        await stands(scene, root, "Four.", ONE_TOO_LONG, "Please send it in smaller pieces")
        scene.ask("And are you sure?", under=root)
        assert (await answered(scene, root, 3)).text == "Yes."
    assert "what is two and two?" in scene.azure.requests[-1].body["prompt"]  # past the long one
    assert scene.asked("long long") == 0


async def test_where_every_message_that_waited_is_too_long_they_are_refused_in_one_sentence(
    scene: Scene,
) -> None:
    async with scene.confab():
        root = await waited(scene, ENDLESS, ENDLESS)
        said = (await scene.answered(root, 2))[1]
    assert said.startswith("That message is too long for me: about 1,0")
    assert len(scene.azure.requests) == 1


async def test_where_only_what_was_said_before_had_no_room_nothing_is_noted(scene: Scene) -> None:
    scene.azure.answers += ["First.", "Second."]
    async with scene.confab():
        root = scene.ask("@Confab " + "x" * 180)
        await answered(scene, root)
        scene.ask("y" * 180, under=root)
        assert (await answered(scene, root, 2)).text == "Second."
    assert "xxx" not in scene.azure.requests[-1].body["prompt"]


async def test_a_recorded_answer_that_another_attempt_shows_has_its_note(scene: Scene) -> None:
    scene.azure.answers.append(Answer(WHOLE, stuck_after=8))
    async with running_bot(scene.environ) as first:
        root = await waited(scene, ORDER, BROKEN, ENDLESS)
        await scene.growing(root)
        hold = scene.slack.faults.hold("chat.stopStream")
        scene.azure.release()
        await asyncio.wait_for(hold.arrived.wait(), 60)
        first.send_signal(signal.SIGKILL)
        await first.wait()
    hold.release(drop=True)
    async with running_bot(scene.environ):
        await stands(scene, root, WHOLE, ONE_HAD_NO_ROOM, ONE_TOO_LONG)
    assert len(scene.azure.requests) == 2


async def test_another_answer_says_it_again_unless_there_is_room_by_then(scene: Scene) -> None:
    scene.azure.answers += ["Second.", "Another.", refusal.filtered_prompt("violence"), "Of both."]
    async with scene.confab():
        root = await waited(scene, ORDER, BROKEN)
        scene.slack.press("ada", await answered(scene, root, 2), AGAIN)
        await stands(scene, root, "Another.", ONE_HAD_NO_ROOM)
        scene.slack.press("ada", await answered(scene, root, 2), AGAIN)
        await scene.until(lambda: any(each.ephemeral for each in scene.thread(root)))
        await stands(scene, root, "Another.", ONE_HAD_NO_ROOM)
        answer = await answered(scene, root, 2)
    async with scene.confab(AZURE_OPENAI_DEPLOYMENTS=WIDE):
        scene.slack.press("ada", answer, AGAIN)
        await scene.until(lambda: scene.answers(root)[1] == "Of both.")
    assert scene.asked("4711") == 1


async def test_a_cut_answer_goes_on_without_what_was_too_long_and_still_says_so(scene: Scene) -> None:
    scene.azure.answers += [Answer("There are two. The first", ends=Ending.LENGTH), " is small."]
    async with scene.confab():
        root = await waited(scene, "which?", ENDLESS)
        await stands(scene, root, "There are two. The first", ONE_TOO_LONG, "Press Continue")
        scene.slack.press("ada", await answered(scene, root, 2), GO_ON)
        await stands(scene, root, "There are two. The first is small.", ONE_TOO_LONG)
        assert "Press Continue" not in last_answer(scene, root).text
    assert scene.asked("which?") == 2
