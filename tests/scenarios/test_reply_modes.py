"""Whom Confab answers is the channel's to say."""

from bot.app import Confab
from bot.chat.setup import ChannelSettings, ReplyMode, Setup
from bot.playground.workspace import Message
from tests.scenarios.scene import Scene


async def answer_in_mode(scene: Scene, confab: Confab, mode: ReplyMode) -> None:
    slack = scene.slack
    setup = Setup(settings=ChannelSettings(reply_mode=mode))
    await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)


def grace_writes(scene: Scene, text: str, under: Message) -> Message:
    return scene.slack.post(scene.slack.grace, under.channel, text, thread_ts=under.ts)


def questions(scene: Scene) -> list[str]:
    return [asked.question.removeprefix("Grace: ") for asked in scene.azure.requests]


async def test_every_message_is_answered_in_a_thread_under_it(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await answer_in_mode(scene, confab, ReplyMode.EVERY)
        root = scene.ask("nobody is mentioned here")
        await scene.answered(root)
        grace_writes(scene, "nor here", root)
        await scene.answered(root, 2)
    assert questions(scene) == ["nobody is mentioned here", "nor here"]


async def test_in_an_askers_thread_everyone_writes_on_and_nowhere_else(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await answer_in_mode(scene, confab, ReplyMode.THREAD)
        root = scene.ask("@Confab hello")
        await scene.answered(root)
        await scene.settled()
        slack.calls.clear()
        theirs = scene.ask("does anybody know?")
        grace_writes(scene, "no idea", theirs)
        await scene.settled()
        assert slack.calls.of() == ()
        grace_writes(scene, "me too", root)
        await scene.answered(root, 2)
    assert questions(scene) == ["hello", "me too"]


async def test_where_only_mentions_are_answered_the_asker_mentions_each_time(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await answer_in_mode(scene, confab, ReplyMode.MENTIONS)
        root = scene.ask("@Confab one")
        await scene.answered(root)
        scene.ask("two", under=root)
        scene.ask("@Confab three", under=root)
        await scene.answered(root, 2)
        await scene.settled()
    assert questions(scene) == ["one", "three"]


async def test_where_confab_is_off_even_a_mention_is_met_with_silence(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await answer_in_mode(scene, confab, ReplyMode.OFF)
        slack.calls.clear()
        scene.ask("@Confab hello")
        await scene.settled()
        assert slack.calls.of() == ()
        direct = scene.ask("hello", slack.direct(slack.ada))
        elsewhere = scene.ask("@Confab hello there", slack.xbox_support)
        await scene.answered(direct)
        await scene.answered(elsewhere)
    assert set(questions(scene)) == {"hello", "hello there"}


async def test_a_change_of_mode_counts_from_the_next_message(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await answer_in_mode(scene, confab, ReplyMode.EVERY)
        root = scene.ask("one")
        await scene.answered(root)
        await answer_in_mode(scene, confab, ReplyMode.THREAD)
        grace_writes(scene, "two", root)
        await scene.answered(root, 2)
        await answer_in_mode(scene, confab, ReplyMode.ASKERS)
        grace_writes(scene, "three", root)
        grace_writes(scene, "@Confab four", root)
        await scene.answered(root, 3)
        await scene.settled()
    assert questions(scene) == ["one", "two", "four"]
