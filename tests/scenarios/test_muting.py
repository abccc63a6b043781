"""Threads that were muted: by word, by reaction, from an answer's menu; a mention wakes them."""

import pytest

from bot.playground.workspace import Message
from bot.playground.workspace.calls import Call
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.row import Choice
from bot.slack.muting import texts
from tests.scenarios.answer_row import answered, choose, words
from tests.scenarios.scene import Scene


async def in_thread(scene: Scene, root: Message, line: str) -> None:
    """Wait for Confab to say this under the root, last of all."""
    await scene.until(lambda: [line] == scene.answers(root)[-1:])


def hushed(scene: Scene) -> str:
    """What the thread is told, as it is shown."""
    return texts.hushed(scene.slack.ada.id).replace(f"<@{scene.slack.ada.id}>", "@Ada")


def called(scene: Scene) -> tuple[Call, ...]:
    """The calls that a message in a thread could cost."""
    return scene.slack.calls.of(
        "chat.startStream",
        "chat.postEphemeral",
        "conversations.replies",
        "conversations.members",
        "users.info",
    )


async def stays_quiet(scene: Scene, root: Message) -> None:
    """Nobody mentions Confab: it says, asks and calls nothing, and a mention wakes it."""
    before, calls, asked = len(scene.answers(root)), len(called(scene)), len(scene.azure.requests)
    scene.ask("are you there?", under=root)
    await scene.settled()
    assert len(scene.answers(root)) == before
    assert len(called(scene)) == calls
    scene.ask("@Confab hello again", under=root)
    await scene.answered(root, before + 1)
    said = [turn.text for turn in scene.azure.requests[asked].dialogue]
    assert "are you there?" not in said
    scene.ask("and without a mention?", under=root)
    await scene.answered(root, before + 2)


@pytest.mark.parametrize("word", ["@Confab mute", "mute", "@Confab, be quiet!"])
async def test_a_word_mutes_a_thread_until_the_next_mention(small_scene: Scene, word: str) -> None:
    scene = small_scene
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await answered(scene, root)
        scene.ask(word, under=root)
        await in_thread(scene, root, hushed(scene))
        await stays_quiet(scene, root)


@pytest.mark.parametrize("emoji", ["mute", "no_bell"])
async def test_a_reaction_mutes_a_thread_and_says_so_once(scene: Scene, emoji: str) -> None:
    slack = scene.slack
    async with scene.confab():
        root = scene.ask("@Confab hello")
        answer = await answered(scene, root)
        slack.react("ada", answer, emoji)
        await in_thread(scene, root, hushed(scene))
        slack.react("grace", root, emoji)
        first = next(each for each in slack.parcels if "reaction_added" in str(each.payload))
        slack.delivery.redeliver(first)
        await scene.settled()
        assert scene.answers(root).count(hushed(scene)) == 1
        await stays_quiet(scene, root)


async def test_who_muted_by_a_reaction_wakes_by_taking_it_off(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        root = scene.ask("@Confab hello")
        answer = await answered(scene, root)
        slack.react("ada", answer, "mute")
        await in_thread(scene, root, hushed(scene))
        slack.react("grace", answer, "mute")
        slack.react("grace", answer, "mute", remove=True)
        await scene.settled()
        assert texts.LISTENING not in scene.answers(root)
        slack.react("ada", answer, "mute", remove=True)
        await in_thread(scene, root, texts.LISTENING)
        scene.ask("and now?", under=root)
        await scene.answered(root, 4)


async def test_the_menu_of_an_answer_mutes_its_thread(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        root = scene.ask("@Confab hello")
        view = await choose(scene, Choice.MORE, await answered(scene, root))
        slack.press("ada", view, f"{MORE}mute")
        await in_thread(scene, root, hushed(scene))
        await scene.until(lambda: words(slack.modal("ada") or view) == texts.MUTED)
        await stays_quiet(scene, root)


async def test_unmute_wakes_a_thread_in_a_direct_message_too(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        root = scene.ask("hello", slack.direct(slack.ada))
        await answered(scene, root)
        scene.ask("mute", under=root)
        await in_thread(scene, root, hushed(scene))
        scene.ask("are you there?", under=root)
        await scene.settled()
        scene.ask("unmute", under=root)
        await in_thread(scene, root, texts.LISTENING)
        scene.ask("and now?", under=root)
        await scene.answered(root, 4)
        said = [turn.text for turn in scene.azure.requests[-1].dialogue]
        assert said[0] == "hello"
        assert said[-1] == "and now?"
        assert not {"mute", "are you there?", "unmute"} & set(said)


async def test_another_replica_honours_a_mute(scene: Scene) -> None:
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await answered(scene, root)
        scene.ask("mute", under=root)
        await in_thread(scene, root, hushed(scene))
    async with scene.confab():
        await stays_quiet(scene, root)


async def test_a_reaction_on_what_is_not_ours_says_nothing(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        alone = slack.post(slack.grace, slack.general, "just saying")
        slack.react("ada", alone, "mute")
        await scene.settled()
        root = scene.ask("@Confab hello", under=alone)
        await scene.answered(alone)
        assert len(scene.answers(alone)) == 1
        assert slack.calls.count("chat.postMessage") == 0
        assert root.thread_ts == alone.ts
