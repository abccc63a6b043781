"""The panel while Slack refuses: whoever pressed something reads a sentence, and what they typed stays."""

import copy
import json

import pytest

from bot.chat.setup import Example, Persona, Setup
from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace.surfaces import View
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.row import ROW, SHORTCUT, Choice
from bot.slack.blocks import escaped
from bot.slack.command import texts as command_texts
from bot.slack.example import texts as example_texts
from bot.slack.example import view as example
from bot.slack.greeting.saying import Saying
from bot.slack.home import texts as home_texts
from bot.slack.home import view as home
from bot.slack.library import texts as library_texts
from bot.slack.settings_modal import texts
from bot.slack.texts import NOT_SHOWN, NOTHING_OPENED
from tests.scenarios.answer_row import answered, choose
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


def directly(scene: Scene) -> list[str]:
    slack = scene.slack
    return [each.text for each in slack.see(slack.direct(slack.ada), viewer=slack.ada)]


async def told(scene: Scene) -> None:
    await scene.until(lambda: NOTHING_OPENED in directly(scene))


def shown(scene: Scene) -> str:
    view = scene.slack.modal("ada")
    return json.dumps(view.content, ensure_ascii=False) if view else ""


async def at_home(scene: Scene) -> View:
    """Ada's home, opened."""
    scene.slack.open_home("ada")
    await scene.until(lambda: scene.slack.home("ada") is not None)
    return homes(scene)


def homes(scene: Scene) -> View:
    view = scene.slack.home("ada")
    assert view is not None
    return view


@pytest.mark.parametrize("word", ["", " persona Xbox", " history", " code", " reset"])
async def test_a_command_whose_trigger_ran_out_is_answered_directly(ada: Panel, word: str) -> None:
    async with ada.scene.confab():
        ada.scene.slack.faults.answer_error("views.open", "expired_trigger_id")
        ada.command(f"/confab{word}")
        await told(ada.scene)
        assert ada.scene.slack.modal("ada") is None


async def test_a_press_whose_trigger_ran_out_is_answered_directly(ada: Panel) -> None:
    async with ada.scene.confab():
        await ada.opens()
        ada.scene.slack.faults.answer_error("views.push", "expired_trigger_id", times=None)
        ada.scene.slack.press(ada.person, ada.top, "settings.open.settings")
        await told(ada.scene)
        assert ada.title == texts.ROOT


@pytest.mark.parametrize(
    "what", [f"{SHORTCUT}code", f"{SHORTCUT}clear", f"{SHORTCUT}settings", example.SHORTCUT]
)
async def test_a_shortcut_whose_trigger_ran_out_is_answered_directly(small_scene: Scene, what: str) -> None:
    async with small_scene.confab():
        answer = await answered(small_scene, small_scene.ask("@Confab hello"))
        small_scene.slack.faults.answer_error("views.open", "expired_trigger_id")
        small_scene.slack.shortcut("ada", what, answer)
        await told(small_scene)


async def test_a_trial_that_could_not_begin_says_so(small_scene: Scene) -> None:
    slack = small_scene.slack
    async with small_scene.confab():
        view = await at_home(small_scene)
        slack.faults.answer_error("users.info", "access_denied")
        rows = [each for each in view.content["blocks"] if home.TRY in json.dumps(each)]
        slack.press("ada", view, home.TRY, block_id=str(rows[0]["block_id"]))
        await told(small_scene)


async def test_a_home_that_could_not_be_filled_says_so_and_is_whole_the_next_time(small_scene: Scene) -> None:
    slack = small_scene.slack
    async with small_scene.confab():
        slack.faults.answer_error("users.conversations", "access_denied")
        slack.open_home("ada")
        await small_scene.until(lambda: slack.home("ada") is not None)
        assert home_texts.FAILED in json.dumps(homes(small_scene).content)
        slack.open_home("ada")
        await small_scene.until(lambda: home_texts.FAILED not in json.dumps(homes(small_scene).content))


async def test_settings_that_slack_does_not_take_leave_nobody_waiting(ada: Panel) -> None:
    async with ada.scene.confab():
        ada.scene.slack.faults.answer_error("views.update", "view_too_large")
        await ada.opens()
        await ada.sees(texts.FAILED)


@pytest.mark.parametrize("choice", [Choice.CODE, Choice.RAW, Choice.MORE])
async def test_what_slack_does_not_take_of_an_answer_is_said(small_scene: Scene, choice: Choice) -> None:
    async with small_scene.confab():
        answer = await answered(small_scene, small_scene.ask("@Confab hello"))
        small_scene.slack.faults.answer_error("views.update", "view_too_large")
        small_scene.slack.press("ada", answer, ROW, choice.value)
        await small_scene.until(lambda: NOT_SHOWN in shown(small_scene))


@pytest.mark.parametrize("entry", ["example", "compare", "history"])
async def test_what_slack_does_not_take_of_an_action_of_more_is_said(small_scene: Scene, entry: str) -> None:
    async with small_scene.confab():
        view = await choose(
            small_scene, Choice.MORE, await answered(small_scene, small_scene.ask("@Confab hello"))
        )
        # The first update asks for patience, the second one would show what was chosen.
        small_scene.slack.faults.answer_error("views.update", "view_too_large", times=2, every=2)
        small_scene.slack.press("ada", view, f"{MORE}{entry}")
        await small_scene.until(lambda: "Please try again in a minute" in shown(small_scene))


async def test_a_reset_that_slack_does_not_take_leaves_nobody_waiting(ada: Panel) -> None:
    async with ada.scene.confab():
        ada.scene.slack.faults.answer_error("views.update", "view_too_large")
        await ada.opens("/confab reset")
        await ada.sees(command_texts.LATE)


async def test_a_library_that_slack_does_not_take_leaves_nobody_waiting(small_scene: Scene) -> None:
    slack = small_scene.slack
    async with small_scene.confab():
        view = await at_home(small_scene)
        slack.faults.answer_error("views.update", "view_too_large")
        slack.press("ada", view, "library_open")
        await small_scene.until(lambda: library_texts.FAILED in shown(small_scene))


async def test_a_value_made_by_hand_does_nothing(ada: Panel, caplog: pytest.LogCaptureFixture) -> None:
    slack = ada.scene.slack
    async with ada.scene.confab() as confab:
        for name in ("One", "Two"):
            await confab.setups.publish(slack.team.id, slack.general.id, Setup(Persona(name)), slack.ada.id)
        await ada.opens("/confab history")
        await ada.press("settings.restore", block="version.1")
        pressed = next(each for each in reversed(slack.parcels) if "settings.restore" in str(each.payload))
        for value in ("\u00b2", "9" * 30, "1.5"):
            payload = copy.deepcopy(pressed.payload)
            payload["actions"][0]["value"] = value
            parcel = slack.send("interactive", payload)
            await ada.scene.until(parcel.settled.is_set)
        await ada.press("settings.restore", block="version.2")
        await ada.sees("as version 4")
    assert not [each for each in caplog.messages if "not done" in each]


async def test_a_greeting_of_nothing_but_markup_is_posted_whole(small_scene: Scene) -> None:
    slack = small_scene.slack
    greeting = ("&" * 30 + " ") * 96
    async with small_scene.confab() as confab:
        saying = Saying(confab.workspace.calls, frozenset())
        await saying.say(slack.general.id, escaped(greeting), Persona())
    (posted,) = slack.see(slack.general)[-1:]
    assert posted.text.count("&") == 30 * 96


async def test_a_reset_that_cannot_ask_who_somebody_is_says_so(ada: Panel) -> None:
    async with ada.scene.confab():
        ada.scene.slack.faults.answer_error("users.info", "access_denied")
        await ada.opens("/confab reset")
        await ada.sees(command_texts.LATE)


async def test_the_library_says_what_it_could_not_do(small_scene: Scene) -> None:
    slack = small_scene.slack
    async with small_scene.confab():
        slack.press("ada", await at_home(small_scene), "library_open")
        await small_scene.until(lambda: library_texts.INTRO[:20] in shown(small_scene))
        view = slack.modal("ada")
        assert view is not None
        slack.faults.answer_error("users.info", "access_denied")
        slack.press("ada", view, "library_new")
        await small_scene.until(lambda: library_texts.FAILED in shown(small_scene))


async def test_an_answer_of_emoji_fits_the_field_of_an_example(small_scene: Scene) -> None:
    small_scene.azure.answers.append(Answer("\U0001f600" * 2_990))
    async with small_scene.confab():
        answer = await answered(small_scene, small_scene.ask("@Confab smile"))
        small_scene.slack.shortcut("ada", example.SHORTCUT, answer)
        await small_scene.until(lambda: example_texts.SHORTENED in shown(small_scene))
        assert "\U0001f600" * 1_500 in shown(small_scene)
        assert "\U0001f600" * 1_501 not in shown(small_scene)


async def test_a_corrected_pair_that_the_draft_does_not_take_stays_to_be_copied(small_scene: Scene) -> None:
    slack = small_scene.slack
    full = Setup(Persona(examples=tuple(Example(str(number), "a") for number in range(50))))
    async with small_scene.confab() as confab:
        await confab.setups.publish(slack.team.id, slack.general.id, full, slack.ada.id)
        answer = await answered(small_scene, small_scene.ask("@Confab hello"))
        slack.shortcut("ada", example.SHORTCUT, answer)
        await small_scene.until(lambda: example_texts.ADD in shown(small_scene))
        view = slack.modal("ada")
        assert view is not None
        slack.submit("ada", view, {example.USER: "hello", example.ASSISTANT: "Corrected by hand."})
        await small_scene.until(lambda: "at most 50 examples" in shown(small_scene))
        assert "Corrected by hand." in shown(small_scene)
