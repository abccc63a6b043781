"""An answer that was cut goes on where it was cut, in the same message, by the front door."""

import asyncio
import json
import signal

from bot.app import Confab
from bot.chat.code_samples.call import Language
from bot.chat.continuing import GO_ON as ASKED_ON
from bot.chat.setup import ChannelSettings, Setup
from bot.playground.model import refusal
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.workspace import Message
from bot.playground.workspace.surfaces import SessionStatus
from bot.slack.answer_row import texts
from bot.slack.answer_row.row import GO_ON, Choice
from tests.scenarios.answer_row import answered, choose, code, last_answer, sample, turned, words
from tests.scenarios.processes import running_bot
from tests.scenarios.scene import Scene

NOTE = "\n\n_Cut at this channel's maximum response of 800 tokens. Press Continue and I go on._"
FIRST = Answer("There are two models. The first", ends=Ending.LENGTH)
REST = " is small, the second is large."
WHOLE = FIRST.text + REST


def buttons(scene: Scene, root: Message) -> str:
    return json.dumps(last_answer(scene, root).blocks)


async def stands(scene: Scene, root: Message, *texts: str) -> None:
    """Wait until those are the messages of Confab's in the thread, with the row under the last."""
    await scene.until(lambda: scene.answers(root) == [*texts] and "actions" in buttons(scene, root))


async def cut(scene: Scene, root: Message) -> Message:
    """The answer, once it stands there cut, with its button."""
    await scene.until(lambda: len(scene.answers(root)) > 0 and GO_ON in buttons(scene, root))
    await scene.settled()
    return last_answer(scene, root)


def status(scene: Scene, root: Message) -> SessionStatus | None:
    session = scene.slack.surfaces.session(root.channel, root.ts)
    return session.status if session else None


async def whispered(scene: Scene, root: Message, words: str) -> None:
    await scene.until(lambda: any(words in each.text for each in scene.thread(root) if each.ephemeral))


async def set_up(scene: Scene, confab: Confab, settings: ChannelSettings) -> None:
    team, channel = scene.slack.team.id, scene.slack.general.id
    await confab.setups.publish(team, channel, Setup(settings=settings), scene.slack.ada.id)


async def test_a_cut_answer_goes_on_in_its_message_and_is_remembered_whole(scene: Scene) -> None:
    scene.azure.answers += [FIRST, REST, "Fine."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        answer = await cut(scene, root)
        assert scene.answers(root) == [FIRST.text + NOTE]
        scene.slack.press("ada", answer, GO_ON)
        await stands(scene, root, WHOLE)
        assert last_answer(scene, root).ts == answer.ts
        assert GO_ON not in buttons(scene, root)
        asked = scene.azure.requests[-1].body["messages"]
        assert [each["content"] for each in asked[1:]] == ["which?", FIRST.text, ASKED_ON]
        await scene.settled()
        scene.ask("thanks", under=root)
        await scene.answered(root, 2)
    assert [turn.text for turn in scene.azure.requests[-1].dialogue] == ["which?", WHOLE, "thanks"]


async def test_in_chatml_the_assistants_turn_is_left_open_and_view_code_shows_it_so(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers += [FIRST, REST]
    async with scene.confab() as confab:
        await set_up(scene, confab, ChannelSettings(deployment="qwen3-8b"))
        root = scene.ask("@Confab which?")
        scene.slack.press("ada", await cut(scene, root), GO_ON)
        await stands(scene, root, WHOLE)
        sent = scene.azure.requests[-1].body
        assert sent["prompt"].endswith(f"<|im_end|>\n<|im_start|>assistant\n{FIRST.text}")
        view = await choose(scene, Choice.CODE, last_answer(scene, root))
        view = await turned(scene, view, Language.JSON)
        assert json.loads(sample(view, Language.JSON).text)["prompt"] == sent["prompt"]
        scene.slack.close("ada", view)
        raw = code(await choose(scene, Choice.RAW, last_answer(scene, root)))
    assert f"<|im_start|>assistant\n{WHOLE}\n<|im_end|>" in raw


async def test_view_code_and_raw_syntax_of_a_chat_show_what_was_asked_to_go_on(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [FIRST, REST]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        scene.slack.press("ada", await cut(scene, root), GO_ON)
        await stands(scene, root, WHOLE)
        view = await choose(scene, Choice.CODE, last_answer(scene, root))
        view = await turned(scene, view, Language.JSON)
        shown = json.loads(sample(view, Language.JSON).text)["messages"]
        assert shown == scene.azure.requests[-1].body["messages"]
        scene.slack.close("ada", view)
        raw = await choose(scene, Choice.RAW, last_answer(scene, root))
    assert f"<|im_start|>user\n{ASKED_ON}\n<|im_end|>" in code(raw)
    assert "asked to go on" in words(raw)


async def test_what_is_cut_again_goes_on_again_and_grows_past_one_message(scene: Scene) -> None:
    long = "\n\n".join(f"Paragraph {n} of a long answer, with words enough for a line." for n in range(200))
    scene.azure.answers += [FIRST, Answer(f" of them.\n\n{long}", ends=Ending.LENGTH), " And that is all."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        answer = await cut(scene, root)
        scene.slack.press("ada", answer, GO_ON)
        await scene.until(lambda: len(scene.answers(root)) > 1 and GO_ON in buttons(scene, root))
        first, *_ = scene.answers(root)
        assert first.startswith(f"{FIRST.text} of them.\n\nParagraph 0")
        assert scene.thread(root)[1].ts == answer.ts
        await scene.settled()
        scene.slack.press("ada", last_answer(scene, root), GO_ON)
        await scene.until(lambda: scene.answers(root)[-1].endswith("for a line. And that is all."))
        assert "".join(scene.answers(root)).count("Paragraph 7 of") == 1
        assert len({each.ts for each in scene.thread(root)}) == len(scene.thread(root))


async def test_an_answer_that_broke_off_is_remembered_and_goes_on(scene: Scene) -> None:
    scene.azure.answers += [Answer("There are two models. The first", ends=Ending.HANG_UP), REST]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        answer = await cut(scene, root)
        assert "_My answer broke off here. Continue goes on" in scene.answers(root)[0]
        scene.slack.press("ada", answer, GO_ON)
        await stands(scene, root, WHOLE)


async def test_where_nothing_more_comes_the_text_so_far_stays_with_its_button(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [FIRST, refusal.filtered_prompt("violence"), REST]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        scene.slack.press("ada", await cut(scene, root), GO_ON)
        await whispered(scene, root, "I could not go on there.")
        assert scene.answers(root)[0].startswith(FIRST.text)
        scene.slack.press("ada", await cut(scene, root), GO_ON)
        await stands(scene, root, WHOLE)


async def test_an_answer_that_ended_just_at_the_limit_is_whole_by_then(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [FIRST, Answer("", ends=Ending.STOP)]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        scene.slack.press("ada", await cut(scene, root), GO_ON)
        await stands(scene, root, FIRST.text)
        assert GO_ON not in buttons(scene, root)


async def test_a_stop_keeps_what_was_added_by_then(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [FIRST, Answer(REST, stuck_after=3)]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        answer = await cut(scene, root)
        scene.slack.press("ada", answer, GO_ON)
        await scene.until(lambda: scene.slack.current(answer).text.startswith(f"{FIRST.text} is"))
        scene.slack.stop("ada", root.channel, root.ts)
        await scene.until(lambda: scene.answers(root)[0].endswith("_Stopped._"))
        said = scene.answers(root)[0].removesuffix("\n\n_Stopped._")
    assert WHOLE.startswith(said)
    assert said.startswith(f"{FIRST.text} is")


async def test_a_stop_before_the_first_new_word_leaves_it_as_it_was(small_scene: Scene) -> None:
    scene = small_scene
    scene.azure.answers += [FIRST, Answer(REST, stuck_after=0), REST]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        scene.slack.press("ada", await cut(scene, root), GO_ON)
        await scene.until(lambda: status(scene, root) is SessionStatus.PROCESSING)
        await scene.azure.until(lambda azure: len(azure.requests) == 2)
        scene.slack.stop("ada", root.channel, root.ts)
        await scene.until(lambda: status(scene, root) is SessionStatus.ACTIVE)
        assert "Press Continue" in scene.answers(root)[0]
        scene.slack.press("ada", await cut(scene, root), GO_ON)
        await stands(scene, root, WHOLE)


async def test_under_an_older_answer_and_for_who_may_not_it_explains_itself(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    slack.join(slack.add_person("Gus", is_guest=True), slack.general)
    scene.azure.answers += [FIRST, "Second."]
    async with scene.confab():
        root = scene.ask("@Confab which?")
        older = await cut(scene, root)
        slack.press("gus", older, GO_ON)
        await whispered(scene, root, texts.NOT_YOURS_TO_REPLACE)
        scene.ask("and?", under=root)
        await answered(scene, root, 2)
        slack.press("ada", older, GO_ON)
        await whispered(scene, root, "only its latest answer can")
    assert len(scene.azure.requests) == 2


async def test_what_was_added_counts_and_the_daily_cap_holds(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers += [
        Answer("word " * 60, ends=Ending.LENGTH),
        Answer("more " * 60, ends=Ending.LENGTH),
    ]
    async with scene.confab() as confab:
        await set_up(scene, confab, ChannelSettings(max_response=100, daily_tokens=260))
        root = scene.ask("@Confab which?")
        slack.press("ada", await cut(scene, root), GO_ON)
        await whispered(scene, root, "I could not go on there. This channel's 260 tokens")
        await set_up(scene, confab, ChannelSettings(max_response=100, daily_tokens=5_000))
        slack.press("ada", await cut(scene, root), GO_ON)
        await scene.until(lambda: "more more" in scene.answers(root)[0])
        await cut(scene, root)
        view = await choose(scene, Choice.MORE, last_answer(scene, root))
        usage = [request.usage for request in scene.azure.recordings.all() if request.usage]
    completion = sum(each["completion_tokens"] for each in usage)
    assert f"*Answer:* {completion} tokens" in words(view)


async def test_a_bot_killed_while_it_goes_on_leaves_the_text_so_far_and_adds_to_it_once(scene: Scene) -> None:
    scene.azure.answers += [FIRST, Answer(" is lost in the middle of this.", stuck_after=4), REST]
    async with running_bot(scene.environ) as first:
        root = scene.ask("@Confab which?")
        answer = await cut(scene, root)
        scene.slack.press("ada", answer, GO_ON)
        await scene.until(lambda: scene.slack.current(answer).text.startswith(f"{FIRST.text} is lost"))
        first.send_signal(signal.SIGKILL)
        await first.wait()
    async with running_bot(scene.environ) as second:
        await stands(scene, root, WHOLE)
        second.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(second.wait(), 60) == 0
    assert len([each for each in scene.thread(root) if each.author == scene.slack.confab.id]) == 1
    assert len(scene.azure.requests) == 3
