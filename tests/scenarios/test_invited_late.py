"""Asked in a thread that people had before: Confab reads it, once for each mention."""

import json

import pytest

from bot.chat.code_samples.call import Language
from bot.chat.overheard import ANSWER_THIS_THREAD, UNREAD_THREAD
from bot.chat.setup import ChannelSettings, Setup
from bot.chat.threads import ThreadKey
from bot.playground.workspace import Message
from bot.slack.answer_row.row import Choice
from tests.scenarios.answer_row import answered, choose, sample, turned
from tests.scenarios.scene import Scene

READ = "conversations.replies"


def says(scene: Scene, name: str, text: str, under: Message | None = None) -> Message:
    place = scene.slack.general.id if under is None else under.channel
    return scene.slack.post(name, place, text, thread_ts=under.ts if under else None)


def picnic(scene: Scene) -> Message:
    """What people said before anybody thought of Confab."""
    root = says(scene, "grace", "Where shall we have the picnic?")
    says(scene, "ada", "By the lake, I have a boat", root)
    scene.slack.post(scene.slack.weather.id, root.channel, "Rain from four", thread_ts=root.ts)
    return root


def asked(scene: Scene, number: int = -1) -> list[tuple[str, str]]:
    """Who said what in a request."""
    messages = scene.azure.requests[number].body["messages"]
    return [(each["role"], each["content"]) for each in messages if each["role"] != "system"]


PICNIC = [
    ("user", "Grace: Where shall we have the picnic?"),
    ("user", "Ada: By the lake, I have a boat"),
    ("user", "Weather (bot): Rain from four"),
]


async def test_a_thread_that_people_had_is_read_and_answered_in_its_light(scene: Scene) -> None:
    root = picnic(scene)
    async with scene.confab():
        says(scene, "ada", "@Confab so when?", root)
        await scene.answered(root)
    assert asked(scene) == [*PICNIC, ("user", "Ada: so when?")]
    assert len(scene.slack.calls.of(READ)) == 1


async def test_a_bare_mention_there_means_answer_this_thread(small_scene: Scene) -> None:
    scene, root = small_scene, picnic(small_scene)
    async with scene.confab():
        says(scene, "ada", "@Confab", root)
        await scene.answered(root)
    assert asked(scene) == [*PICNIC, ("user", f"Ada: {ANSWER_THIS_THREAD}")]


async def test_only_the_next_mention_looks_for_what_is_new_since(scene: Scene) -> None:
    root = picnic(scene)
    async with scene.confab():
        says(scene, "ada", "@Confab so when?", root)
        (first,) = await scene.answered(root)
        says(scene, "grace", "I bring cake", root)
        says(scene, "ada", "and where?", root)
        (_, second) = await scene.answered(root, 2)
        assert len(scene.slack.calls.of(READ)) == 1
        says(scene, "grace", "@Confab and how?", root)
        await scene.answered(root, 3)
    assert asked(scene) == [
        *PICNIC,
        ("user", "Ada: so when?"),
        ("assistant", first),
        ("user", "Ada: and where?"),
        ("assistant", second),
        ("user", "Grace: I bring cake"),
        ("user", "Grace: and how?"),
    ]
    assert len(scene.slack.calls.of(READ)) == 2


async def test_a_thread_that_began_with_confab_costs_no_look(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        root = scene.ask("@Confab hello")
        await scene.answered(root)
        says(scene, "grace", "Not to you", root)
        says(scene, "grace", "@Confab and now?", root)
        await scene.answered(root, 2)
    assert not scene.slack.calls.of(READ)


async def test_what_was_read_counts_among_the_past_messages(small_scene: Scene) -> None:
    scene, root = small_scene, picnic(small_scene)
    async with scene.confab() as confab:
        setup = Setup(settings=ChannelSettings(past_messages=2))
        await confab.setups.publish(scene.slack.team.id, root.channel, setup, scene.slack.ada.id)
        says(scene, "ada", "@Confab so when?", root)
        await scene.answered(root)
    assert asked(scene) == [*PICNIC[1:], ("user", "Ada: so when?")]


async def test_edits_and_deletions_reach_what_was_read(scene: Scene) -> None:
    root = picnic(scene)
    boat, rain = scene.slack.record.history.replies(root.channel, root.ts)
    async with scene.confab():
        says(scene, "ada", "@Confab so when?", root)
        await scene.answered(root)
        scene.slack.edit(boat, "By the river")
        scene.slack.delete(rain)
        await scene.settled()
        says(scene, "ada", "@Confab sure?", root)
        await scene.answered(root, 2)
    said = [text for role, text in asked(scene) if role == "user"]
    assert said[:2] == ["Grace: Where shall we have the picnic?", "Ada: By the river"]
    assert not any("Rain" in text or "boat" in text for text in said)


@pytest.mark.parametrize("erase", [False, True])
async def test_what_was_read_is_forgotten_with_the_chat_and_not_read_again(scene: Scene, erase: bool) -> None:
    root = picnic(scene)
    async with scene.confab() as confab:
        says(scene, "ada", "@Confab so when?", root)
        await scene.answered(root)
        thread = the_thread(scene, root)
        assert await confab.conversations.clear(thread, erase=erase) >= 4
        says(scene, "ada", "@Confab what did we say?", root)
        await scene.answered(root, 2)
    assert asked(scene) == [("user", "what did we say?")]


def the_thread(scene: Scene, root: Message) -> ThreadKey:
    return ThreadKey(scene.slack.team.id, root.channel, root.ts)


async def test_slacks_refusal_is_owned_up_to_and_no_failure(small_scene: Scene) -> None:
    scene, root = small_scene, picnic(small_scene)
    async with scene.confab():
        scene.slack.faults.answer_error(READ, "missing_scope")
        says(scene, "ada", "@Confab so when?", root)
        (answer,) = await scene.answered(root)
        assert UNREAD_THREAD in answer
        says(scene, "ada", "and where?", root)
        await scene.answered(root, 2)
    assert asked(scene, 0) == [("user", "so when?")]
    assert len(scene.slack.calls.of(READ)) == 1


async def test_view_code_shows_what_was_read_as_it_was_sent(small_scene: Scene) -> None:
    scene, root = small_scene, picnic(small_scene)
    async with scene.confab():
        says(scene, "ada", "@Confab so when?", root)
        answer = await answered(scene, root)
        view = await turned(scene, await choose(scene, Choice.CODE, answer), Language.JSON)
    code = json.loads(sample(view, Language.JSON).text)
    assert code["messages"] == scene.azure.requests[-1].body["messages"]


async def test_of_a_long_thread_the_newest_are_read(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    root = slack.post("grace", slack.random, "A long story")
    for number in range(1_100):
        says(scene, "ada", f"chapter {number}", root)
    async with scene.confab():
        slack.join(slack.confab, slack.random)
        says(scene, "ada", "@Confab the end?", root)
        await scene.answered(root)
    assert asked(scene)[0] == ("user", "chapter 1090")
    assert asked(scene)[-2] == ("user", "chapter 1099")
    # Whoever looks for the mention that called Confab in asks for what is new alone.
    assert len([call for call in scene.slack.calls.of(READ) if "oldest" not in call.arguments]) == 2
