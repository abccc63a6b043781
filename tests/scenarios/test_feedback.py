"""Thumbs under answers, and answers that are not for somebody, by the front door."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.app import Confab
from bot.chat.looking import Spot
from bot.chat.opinions import Rated
from bot.chat.rights import NoRight
from bot.chat.setup import ChannelSettings, Persona, Setup
from bot.chat.threads import ThreadKey
from bot.chat.versions import WORKSPACE, DraftKey
from bot.playground.workspace import Message
from bot.playground.workspace.surfaces import View
from bot.slack.answer_row.clear_view import HOW
from bot.slack.answer_row.row import BAD, FEEDBACK, GOOD, ROW, Choice
from bot.slack.feedback import texts
from bot.slack.feedback.listeners import NOT_FOR_YOU
from bot.slack.feedback.view import WORD
from bot.slack.settings_modal.words import READ
from tests.scenarios.answer_row import answered, filled, words
from tests.scenarios.scene import PATIENCE, Scene


async def thumb(scene: Scene, answer: Message, value: str, person: str = "ada") -> View:
    scene.slack.press(person, answer, FEEDBACK, value)
    return await filled(scene, person)


async def published(scene: Scene, confab: Confab) -> None:
    slack = scene.slack
    setup = Setup(Persona("Guide"), ChannelSettings())
    await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)


async def share(scene: Scene, confab: Confab) -> Any:
    key = DraftKey(scene.slack.team.id, scene.slack.general.id, scene.slack.ada.id)
    return (await confab.trade.feedback.shares(key, [1])).get(1)


async def test_one_thumb_of_each_person_counts_for_the_version_that_answered(scene: Scene) -> None:
    async with scene.confab() as confab:
        await published(scene, confab)
        answer = await answered(scene, scene.ask("@Confab hello"))
        for person, value in (("ada", BAD), ("grace", GOOD), ("ada", GOOD)):
            view = await thumb(scene, answer, value, person)
            assert (texts.LIKED if value == GOOD else texts.DISLIKED) in words(view)
            scene.slack.close(person, view)
        assert await share(scene, confab) == Rated(2, 2)
        await thumb(scene, answer, BAD, "grace")
        assert await share(scene, confab) == Rated(1, 2)
        history = await scene_history(scene)
        assert "50 % of 2 liked it" in words(history)


async def scene_history(scene: Scene) -> View:
    """The channel's history, as Ada's command opens it."""
    scene.slack.command("ada", scene.slack.general, "/confab history")

    def shown() -> bool:
        view = scene.slack.modal("ada")
        return view is not None and "Version 1" in words(view)

    await scene.until(shown)
    view = scene.slack.modal("ada")
    assert view is not None
    return view


async def test_a_word_is_never_asked_for_twice_and_never_required(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        answer = await answered(scene, scene.ask("@Confab hello"))
        view = await thumb(scene, answer, BAD)
        (field,) = [block for block in view.content["blocks"] if block["type"] == "input"]
        assert field["optional"]
        scene.slack.submit("ada", view, {WORD: "Too short."})
        await scene.until(lambda: scene.slack.modal("ada") is None)
        await scene.settled()

        async def kept() -> bool:
            again = await thumb(scene, answer, BAD)
            said = again.content["blocks"][-1]["element"].get("initial_value")
            scene.slack.close("ada", again)
            return bool(said == "Too short.")

        async with asyncio.timeout(PATIENCE):
            while not await kept():
                pass
        changed = await thumb(scene, answer, GOOD)
        assert "initial_value" not in changed.content["blocks"][-1]["element"]


async def test_who_may_configure_reads_the_words_without_names(
    small_scene: Scene,
) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await published(scene, confab)
        answer = await answered(scene, scene.ask("@Confab hello"))
        slack.submit("grace", await thumb(scene, answer, BAD, "grace"), {WORD: "Too <!channel> short."})
        await scene.until(lambda: slack.modal("grace") is None)
        async with asyncio.timeout(PATIENCE):
            while (rated := await share(scene, confab)) is None or not rated.words:
                pass
        history = await scene_history(scene)
        slack.press("ada", history, f"{READ}.1")
        await scene.until(lambda: "Too <!channel> short." in str((slack.modal("ada") or history).content))
        read = slack.modal("ada")
        assert read is not None
        assert texts.SAID_DISLIKED in words(read)
        assert f"p{answer.ts.replace('.', '')}?thread_ts={answer.thread_ts}" in str(read.content)
        assert slack.grace.id not in str(read.content)
        assert slack.pings == ()


async def test_who_may_not_configure_reads_no_words(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await published(scene, confab)
        slack.leave("grace", slack.general)
        key = DraftKey(slack.team.id, slack.general.id, slack.grace.id)
        assert await confab.trade.feedback.words(key, 1) is NoRight.NOT_MEMBER


async def test_a_draft_that_is_tried_is_rated_for_no_version(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await published(scene, confab)
        root = scene.ask("hello", slack.direct(slack.ada))
        answer = await answered(scene, root)
        thread = ThreadKey(slack.team.id, root.channel, root.ts)
        draft = DraftKey(slack.team.id, slack.general.id, slack.ada.id)
        await confab.trade.trying.trials.begin(thread, draft)
        assert texts.LIKED in words(await thumb(scene, answer, GOOD))
        ratings = confab.trade.feedback
        assert await share(scene, confab) is None
        assert await ratings.shares(replace(draft, channel_id=WORKSPACE), [0, 1]) == {}


async def test_who_left_the_channel_rates_nothing(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await published(scene, confab)
        answer = await answered(scene, scene.ask("@Confab hello"))
        slack.leave("grace", slack.general)
        spot = Spot(answer.channel, answer.ts, slack.grace.id, answer.thread_ts)
        assert await confab.trade.feedback.rate(spot, liked=True) is NoRight.NOT_MEMBER
        assert await share(scene, confab) is None


async def test_a_guest_rates_what_they_asked_and_nothing_else(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await published(scene, confab)
        guest = slack.add_person("Guido", is_guest=True)
        slack.join(guest, slack.general)
        of_ada = await answered(scene, scene.ask("@Confab hello"))
        asked = slack.post(guest, slack.general, "@Confab and me?")
        own = await answered(scene, asked)
        view = await thumb(scene, of_ada, GOOD, "guido")
        assert words(view) == texts.not_rated(NoRight.NOT_FULL)
        slack.close(guest, view)
        assert texts.LIKED in words(await thumb(scene, own, GOOD, "guido"))
        assert await share(scene, confab) == Rated(1, 1)


async def test_what_is_erased_has_no_rating_any_more(scene: Scene) -> None:
    async with scene.confab() as confab:
        await published(scene, confab)
        answer = await answered(scene, root := scene.ask("@Confab hello"))
        scene.slack.close("ada", await thumb(scene, answer, GOOD))
        scene.slack.press("ada", answer, ROW, Choice.CLEAR)
        await scene.until(lambda: scene.slack.modal("ada") is not None)
        view = scene.slack.modal("ada")
        assert view is not None
        scene.slack.submit("ada", view, {HOW: "erase"})
        await scene.until(lambda: "starts anew here" in scene.answers(root)[-1])
        assert await share(scene, confab) is None
        scene.slack.close("ada", await filled(scene))
        assert "nothing left to rate" in words(await thumb(scene, answer, GOOD))


async def test_an_answer_that_is_not_for_you_is_gone_everywhere_and_its_thread_is_quiet(scene: Scene) -> None:
    slack = scene.slack
    async with scene.confab():
        root = scene.ask("@Confab the secret is tuna")
        answer = await answered(scene, root)
        slack.shortcut("ada", NOT_FOR_YOU, answer)
        assert words(await filled(scene)) == texts.RETRACTED
        assert scene.answers(root) == []
        scene.ask("are you there?", under=root)
        await scene.settled()
        assert len(scene.azure.requests) == 1
        scene.ask("@Confab what is the secret?", under=root)
        await scene.answered(root)
        said = [turn.text for turn in scene.azure.requests[-1].dialogue]
        assert said == ["what is the secret?"]
        scene.ask("thanks", under=root)
        await scene.answered(root, 2)


async def test_only_whom_it_answered_or_who_configures_takes_an_answer_back(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        guest = slack.add_person("Guido", is_guest=True)
        slack.join(guest, slack.general)
        answer = await answered(scene, root := scene.ask("@Confab hello"))
        slack.shortcut("guido", NOT_FOR_YOU, answer)
        assert "Whoever I answered" in words(await filled(scene, "guido"))
        assert scene.answers(root)
        slack.shortcut("grace", NOT_FOR_YOU, answer)
        assert words(await filled(scene, "grace")) == texts.RETRACTED
        assert scene.answers(root) == []


async def test_on_anything_but_an_answer_it_explains_itself(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        alone = slack.post(slack.grace, slack.general, "just saying")
        slack.shortcut("ada", NOT_FOR_YOU, alone)
        assert "Choose this from the menu of one of my answers" in words(await filled(scene))


async def test_what_slack_would_not_delete_is_deleted_by_the_next_press(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab():
        answer = await answered(scene, root := scene.ask("@Confab hello"))
        slack.faults.answer_error("chat.delete", "compliance_exports_prevent_deletion")
        slack.shortcut("ada", NOT_FOR_YOU, answer)
        view = await filled(scene)
        assert words(view) == texts.HALF_RETRACTED
        slack.close("ada", view)
        slack.shortcut("ada", NOT_FOR_YOU, answer)
        assert words(await filled(scene)) == texts.RETRACTED
        assert scene.answers(root) == []
