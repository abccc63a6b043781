"""Try it: a private thread runs a draft; then it is published, or not."""

import time
from dataclasses import replace

import pytest

from bot.app import Confab
from bot.chat.outcomes import Done
from bot.chat.setup import Access, Configurers
from bot.chat.threads import ThreadKey
from bot.chat.versions import DraftKey
from bot.database.access import Database
from bot.database.trials import StoredTrials
from bot.errors import DatabaseDown
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Message
from bot.slack.answer_row.clear_view import HOW
from bot.slack.answer_row.row import ROW, STOP, Choice
from bot.slack.direct import Directly
from bot.slack.home import view as home
from bot.slack.trying import room
from bot.slack.trying.room import TrialRoom
from tests.scenarios.answer_row import answered, choose, code, last_answer, without_sessions
from tests.scenarios.scene import Scene


def key(scene: Scene) -> DraftKey:
    return DraftKey(scene.slack.team.id, scene.slack.general.id, scene.slack.ada.id)


async def drafted(confab: Confab, scene: Scene, system_message: str) -> None:
    done = await confab.trade.configuring.set_persona(
        key(scene), None, name="Guide", icon="", system_message=system_message, greeting=""
    )
    assert isinstance(done, Done)


async def begun(scene: Scene) -> Message:
    """The first message of a trial of #general's draft, begun from Ada's home."""
    slack = scene.slack
    place = slack.open_home("ada")
    await scene.until(lambda: bool(slack.home("ada")))
    view = slack.home("ada")
    assert view
    block = next(
        each["block_id"] for each in view.content["blocks"] if f"'value': '{slack.general.id}'" in str(each)
    )
    slack.press("ada", view, home.TRY, block_id=block)
    await scene.until(lambda: bool(slack.see(place)))
    found = slack.record.history.get(place.id, slack.see(place)[-1].ts)
    assert found
    return found


async def test_a_trial_runs_the_draft_as_it_is_at_each_turn_and_then_publishes_it(scene: Scene) -> None:
    async with scene.confab() as confab:
        await drafted(confab, scene, "You are a hiking guide.")
        root = await begun(scene)
        scene.ask("Where to?", under=root)
        await scene.answered(root, 2)
        await drafted(confab, scene, "You are a ship's captain.")
        scene.ask("And now?", under=root)
        await scene.answered(root, 3)
        personas = [request.persona for request in scene.azure.requests]
        assert personas == ["You are a hiking guide.", "You are a ship's captain."]
        assert not scene.slack.see(scene.slack.general)
        scene.slack.press("ada", scene.slack.current(root), room.PUBLISH)
        await scene.answered(root, 4)
        assert "Published as version 1" in scene.answers(root)[-1]
        await scene.until(lambda: bool(scene.slack.see(scene.slack.general)))
        (announced,) = scene.slack.see(scene.slack.general)
        assert "From now on I answer here as *Guide*" in announced.text
        await scene.answered(scene.ask("@Confab hello"))
        assert scene.azure.requests[-1].persona == "You are a ship's captain."


class _NoTrials(StoredTrials):
    async def begin(self, thread: ThreadKey, draft: DraftKey) -> None:
        raise DatabaseDown("gone")


async def test_a_trial_that_cannot_be_kept_leaves_no_thread_that_looks_like_one(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        database = Database(scene.environ["DATABASE_URL"])
        trying = replace(confab.trade.trying, trials=_NoTrials(database, time.time))
        with pytest.raises(DatabaseDown):
            await trying.begin(key(scene), TrialRoom(Directly(confab.workspace.calls)))
        await database.close()
        assert scene.slack.calls.of("chat.postMessage")
        assert not scene.slack.see(scene.slack.direct("ada"))


async def test_a_trial_spends_the_tokens_of_the_channel_that_it_tries(scene: Scene) -> None:
    async with scene.confab() as confab:
        await drafted(confab, scene, "You are a hiking guide.")
        root = await begun(scene)
        scene.ask("Where to?", under=root)
        await scene.answered(root, 2)
        books = confab.trade.answering.generating.model.spending
        spent = await books.spent(scene.slack.team.id, scene.slack.general.id)
        assert spent.today.completion > 0


async def test_a_draft_cannot_lift_the_cap_that_is_published(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        configuring, publishing = confab.trade.configuring, confab.trade.publishing
        await configuring.set_settings(key(scene), None, {"daily_tokens": "1"})
        await publishing.publish(key(scene), None)
        await configuring.set_settings(key(scene), None, {"daily_tokens": "1000000"})
        root = await begun(scene)
        scene.ask("Where to?", under=root)
        await scene.answered(root, 2)
        assert not scene.azure.requests


async def test_who_loses_the_right_tries_no_further_and_publishes_nothing(scene: Scene) -> None:
    async with scene.confab() as confab:
        slack, confabs = scene.slack, confab.trade
        grace = DraftKey(slack.team.id, slack.general.id, slack.grace.id)
        await confabs.configuring.set_persona(
            grace, None, name="Mine", icon="", system_message="You are mine.", greeting=""
        )
        setup = await confab.setups.current(slack.team.id, slack.general.id)
        direct = slack.direct("grace")
        place = await confabs.trying.begin(grace, TrialRoom(Directly(confab.workspace.calls)))
        assert isinstance(place, ThreadKey)
        root = slack.record.history.get(direct.id, place.root_ts)
        assert root
        listed = replace(setup, access=Access(Configurers.LISTED))
        await confab.setups.publish(slack.team.id, slack.general.id, listed, slack.ada.id)
        slack.post("grace", direct, "Still there?", thread_ts=root.ts)
        await scene.answered(root, 2)
        assert "may no longer" in scene.answers(root)[-1]
        assert not scene.azure.requests
        slack.press("grace", slack.current(root), room.PUBLISH)
        await scene.answered(root, 3)
        assert "its creator" in scene.answers(root)[-1]
        assert await confab.setups.current(slack.team.id, slack.general.id) == replace(listed, version=1)


async def tried(confab: Confab, scene: Scene) -> Message:
    """The first message of a trial of a guide, in which a question was asked."""
    await drafted(confab, scene, "You are a hiking guide.")
    root = await begun(scene)
    scene.ask("Where to?", under=root)
    return root


async def test_a_trial_has_as_many_turns_as_somebody_wants(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await confab.trade.configuring.set_settings(key(scene), None, {"turn_cap": "1"})
        root = await tried(confab, scene)
        await scene.answered(root, 2)
        scene.ask("And now?", under=root)
        await scene.answered(root, 3)
        assert [request.question for request in scene.azure.requests] == ["Where to?", "And now?"]


async def test_the_code_of_a_trial_has_the_drafts_persona_and_says_that_it_may_have_changed(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers.append("Up the hill.")
    async with scene.confab() as confab:
        root = await tried(confab, scene)
        view = await choose(scene, Choice.CODE, await answered(scene, root, 2))
    assert '"You are a hiking guide."' in code(view)
    assert "the draft's as it stands now" in code(view)
    assert "exactly" not in code(view)


async def test_the_settings_under_an_answer_of_a_trial_are_those_of_the_channel_that_is_tried(
    small_scene: Scene,
) -> None:
    scene = small_scene
    scene.azure.answers.append("Up the hill.")
    async with scene.confab() as confab:
        root = await tried(confab, scene)
        answer = await answered(scene, root, 2)
        scene.slack.press("ada", answer, ROW, Choice.SETTINGS.value)

        def shown() -> str:
            view = scene.slack.modal("ada")
            return str(view.content) if view else ""

        await scene.until(lambda: "Assistant setup" in shown())
        assert scene.slack.general.id in shown()
        assert root.channel not in shown()


async def test_a_trial_is_cleared_by_whoever_tries_and_the_next_question_starts_anew(
    small_scene: Scene,
) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        root = await tried(confab, scene)
        answer = await answered(scene, root, 2)
        scene.slack.press("ada", answer, ROW, Choice.CLEAR.value)
        await scene.until(lambda: scene.slack.modal("ada") is not None)
        view = scene.slack.modal("ada")
        assert view
        scene.slack.submit("ada", view, {HOW: "keep"})
        await scene.until(lambda: "starts anew here" in scene.answers(root)[-1])
        scene.ask("And now?", under=root)
        await scene.answered(root, 4)
        assert [each.text for each in scene.azure.requests[-1].dialogue] == ["And now?"]


async def test_without_sessions_the_button_stops_a_trial_for_whose_it_is(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    async with scene.confab() as confab:
        await without_sessions(scene)
        scene.azure.answers.append(Answer("One two three four five six seven.", stuck_after=4))
        await drafted(confab, scene, "You are a hiking guide.")
        root = await begun(scene)
        scene.ask("Where to?", under=root)
        await scene.until(lambda: STOP in str(last_answer(scene, root).blocks))
        slack.press("ada", last_answer(scene, root), STOP)
        await scene.until(lambda: "_Stopped._" in last_answer(scene, root).text)
