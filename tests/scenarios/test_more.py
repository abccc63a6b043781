"""What "More" offers beside how an answer came about, and who has it at the moment of the press."""

from collections.abc import AsyncIterator

import pytest

from bot.app import Confab
from bot.chat.outcomes import Done, Published
from bot.chat.setup import Access, ChannelSettings, Configurers, Setup
from bot.chat.versions import DraftKey
from bot.playground.model.scripted.answer import Answer, Ending
from bot.playground.workspace import Message
from bot.playground.workspace.surfaces import View
from bot.slack.answer_row import texts
from bot.slack.answer_row.more import MORE
from bot.slack.answer_row.row import LARGER, Choice
from bot.slack.comparing import view as comparing
from bot.slack.example import view as example
from tests.scenarios.answer_row import answered, choose, has_row, last_answer, words
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


@pytest.fixture
async def confab(small_scene: Scene) -> AsyncIterator[Confab]:
    async with small_scene.confab() as running:
        yield running


async def publish(
    confab: Confab, scene: Scene, access: Access | None = None, temperature: float = 0.1
) -> None:
    setup = Setup(settings=ChannelSettings(temperature=temperature), access=access or Access())
    slack = scene.slack
    await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)


def actions(view: View) -> list[str]:
    """The names of the actions that a modal of More offers."""
    elements = [each for block in view.content["blocks"] for each in block.get("elements", ())]
    return [each["action_id"].removeprefix(MORE) for each in elements]


async def more(scene: Scene, answer: Message, person: str = "ada") -> View:
    return await choose(scene, Choice.MORE, answer, person)


async def press(scene: Scene, view: View, name: str, expected: str, person: str = "ada") -> View:
    """Press an action; the modal once it says what is expected."""
    scene.slack.press(person, view, f"{MORE}{name}")
    await scene.until(lambda: expected in str((scene.slack.modal(person) or view).content))
    found = scene.slack.modal(person)
    assert found is not None
    return found


async def test_more_has_the_actions_of_whoever_may_configure(small_scene: Scene, confab: Confab) -> None:
    scene = small_scene
    await publish(confab, scene)
    answer = await answered(scene, scene.ask("@Confab hello"))
    view = await more(scene, answer)
    assert "*Setup:* version 1 of this channel" in words(view)
    assert actions(view) == ["example", "compare", "history"]


async def test_who_may_only_look_has_the_history_alone(small_scene: Scene, confab: Confab) -> None:
    scene = small_scene
    await publish(confab, scene, Access(Configurers.LISTED))
    answer = await answered(scene, scene.ask("@Confab hello"))
    view = await more(scene, answer, "grace")
    assert actions(view) == ["history"]
    await press(scene, view, "history", "Version 1", "grace")


async def test_an_action_is_refused_once_the_right_to_it_is_lost(small_scene: Scene, confab: Confab) -> None:
    scene = small_scene
    answer = await answered(scene, scene.ask("@Confab hello"))
    view = await more(scene, answer, "grace")
    await publish(confab, scene, Access(Configurers.LISTED))
    for name in ("example", "compare"):
        shown = await press(scene, view, name, texts.NOT_ANY_MORE, "grace")
        assert "submit" not in shown.content
        scene.slack.close("grace", shown)
        await publish(confab, scene)
        view = await more(scene, answer, "grace")
        await publish(confab, scene, Access(Configurers.LISTED))


async def test_an_action_is_refused_to_who_has_left_the_channel(small_scene: Scene, confab: Confab) -> None:
    scene = small_scene
    answer = await answered(scene, scene.ask("@Confab hello"))
    view = await more(scene, answer, "grace")
    scene.slack.leave("grace", scene.slack.general)
    await press(scene, view, "history", "Only members of this channel", "grace")


async def test_an_answer_is_added_as_an_example_from_more(small_scene: Scene, confab: Confab) -> None:
    scene, slack = small_scene, small_scene.slack
    scene.azure.answers.append("Up the hill.")
    answer = await answered(scene, scene.ask("@Confab where to?"))
    view = await press(scene, await more(scene, answer), "example", "Up the hill.")
    slack.submit("ada", view, {example.USER: "where to?", example.ASSISTANT: "Uphill."})
    await scene.until(lambda: "as example 1" in str((slack.modal("ada") or view).content))
    draft = await confab.trade.configuring.open(DraftKey(slack.team.id, slack.general.id, slack.ada.id))
    assert [each.assistant for each in draft.draft.setup.persona.examples] == ["Uphill."]  # type: ignore[union-attr]


async def test_the_version_that_answered_is_compared_with_what_is_published_now(
    small_scene: Scene, confab: Confab
) -> None:
    scene = small_scene
    await publish(confab, scene)
    answer = await answered(scene, scene.ask("@Confab hello"))
    await publish(confab, scene, temperature=0.9)
    view = await press(scene, await more(scene, answer), "compare", "Ask both")
    assert chosen(view, comparing.RIGHT) == "version:1"


def chosen(view: View, name: str) -> str:
    [block] = [each for each in view.content["blocks"] if each.get("block_id") == name]
    return str(block["element"]["initial_option"]["value"])


async def test_the_draft_is_compared_from_the_settings(small_scene: Scene, confab: Confab) -> None:
    scene = small_scene
    ada = Panel(scene, scene.slack.ada)
    await ada.opens()
    await ada.part("settings")
    await ada.submit(temperature="0.2")
    await ada.push("settings.compare")
    await scene.until(lambda: "submit" in ada.top.content)
    assert chosen(ada.top, comparing.LEFT) == "current"
    assert chosen(ada.top, comparing.RIGHT) == "draft"


async def test_an_earlier_version_is_compared_from_the_history_over_the_root(
    small_scene: Scene, confab: Confab
) -> None:
    scene = small_scene
    for temperature in (0.1, 0.2, 0.3):
        await publish(confab, scene, temperature=temperature)
    ada = Panel(scene, scene.slack.ada)
    await ada.opens()
    await ada.part("history")
    await ada.push("settings.compare_with")
    await scene.until(lambda: "submit" in ada.top.content)
    assert chosen(ada.top, comparing.RIGHT) == "version:2"
    scene.azure.answers += ["One.", "Two."]
    scene.slack.submit("ada", ada.top, {comparing.QUESTION: "Where to?"})
    await ada.sees("One.")
    assert "Two." in ada.text


async def test_a_comparison_without_room_for_both_is_refused_in_one_sentence(
    small_scene: Scene, confab: Confab
) -> None:
    scene, slack = small_scene, small_scene.slack
    capped = Setup(settings=ChannelSettings(max_response=200, daily_tokens=350))
    await confab.setups.publish(slack.team.id, slack.general.id, capped, slack.ada.id)
    ada = Panel(scene, slack.ada)
    await ada.opens()
    await ada.push("settings.compare")
    await scene.until(lambda: "submit" in ada.top.content)
    slack.submit("ada", ada.top, {comparing.QUESTION: "Where to?"})
    await ada.sees("more than this channel has in a whole day (350)")
    assert not scene.azure.requests


async def test_who_may_not_change_it_is_offered_no_comparison(small_scene: Scene, confab: Confab) -> None:
    for temperature in (0.1, 0.2):
        await publish(confab, small_scene, Access(Configurers.LISTED), temperature)
    grace = Panel(small_scene, small_scene.slack.grace)
    await grace.opens()
    assert "settings.compare" not in grace.text
    await grace.part("history")
    assert "settings.compare_with" not in grace.text


def said(scene: Scene, person: str = "ada") -> str:
    """Everything in the modal that somebody has open, if they do."""
    view = scene.slack.modal(person)
    return str(view.content) if view else ""


async def emptied(scene: Scene, *, direct: bool = False) -> Message:
    """An answer that thinking left empty, with its button."""
    scene.azure.answers.append(Answer("", ends=Ending.LENGTH, reasoning_tokens=800))
    where = scene.slack.direct(scene.slack.ada) if direct else scene.slack.general
    root = scene.ask("think hard" if direct else "@Confab think hard", where)
    await scene.answered(root)
    await scene.until(lambda: has_row(last_answer(scene, root)))
    return last_answer(scene, root)


async def test_a_larger_maximum_is_proposed_at_its_field_and_in_no_draft_until_kept(
    small_scene: Scene, confab: Confab
) -> None:
    scene, slack = small_scene, small_scene.slack
    answer = await emptied(scene)
    slack.press("ada", answer, LARGER)
    await scene.until(lambda: "I propose 4,000" in said(scene))
    ada = Panel(scene, slack.ada)
    assert ada.title == "Settings"
    assert ada.value("max_response") == "4000"
    key = DraftKey(slack.team.id, slack.general.id, slack.ada.id)
    assert await confab.trade.configuring.discard(key) is False
    await ada.submit()
    await ada.sees("800 \u2192 4,000")
    done = await confab.trade.publishing.publish(key, None)
    assert isinstance(done, Published)
    assert done.after.settings.max_response == 4_000


async def test_who_may_not_change_it_sees_why_and_no_field(small_scene: Scene, confab: Confab) -> None:
    scene, slack = small_scene, small_scene.slack
    await publish(confab, scene, Access(Configurers.LISTED))
    answer = await emptied(scene)
    slack.press("grace", answer, LARGER)
    await scene.until(lambda: "people listed" in said(scene, "grace"))
    assert "submit" not in Panel(scene, slack.grace).top.content


async def test_in_a_trial_the_larger_maximum_is_for_the_channel_that_is_tried(
    small_scene: Scene, confab: Confab
) -> None:
    scene, slack = small_scene, small_scene.slack
    key = DraftKey(slack.team.id, slack.general.id, slack.ada.id)
    assert isinstance(await confab.trade.configuring.set_settings(key, None, {"max_response": "50"}), Done)
    answer = await tried(scene)
    slack.press("ada", answer, LARGER)
    await scene.until(lambda: "I propose 4,000" in said(scene))
    assert f'"channel_id":"{slack.general.id}"' in Panel(scene, slack.ada).top.content["private_metadata"]


async def tried(scene: Scene) -> Message:
    """An answer that thinking left empty in the thread of a trial."""
    slack = scene.slack
    ada, direct = Panel(scene, slack.ada), slack.direct(slack.ada)
    await ada.opens()
    scene.slack.press("ada", ada.top, "settings.try")
    await scene.until(lambda: bool(slack.see(direct)))
    ada.leave()
    scene.azure.answers.append(Answer("", ends=Ending.LENGTH, reasoning_tokens=50))
    root = slack.record.history.channel(direct.id)[-1]
    await scene.until(lambda: bool(root.blocks))
    scene.ask("think hard", under=root)
    await scene.until(lambda: has_row(last_answer(scene, root)) and last_answer(scene, root).ts != root.ts)
    return last_answer(scene, root)
