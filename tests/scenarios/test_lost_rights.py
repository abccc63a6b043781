"""A right that is gone is gone by every door, also one that was opened while it was there."""

from collections.abc import Awaitable, Callable

import pytest

from bot.app import Confab
from bot.chat.setup import Access, ChannelSettings, Configurers, Persona, Setup
from bot.chat.versions import DraftKey
from bot.playground.workspace.surfaces import View
from bot.slack.answer_row.row import ROW, Choice
from bot.slack.comparing import view as comparing
from bot.slack.example import view as example
from bot.slack.home import view as home
from bot.slack.settings_modal.modal import OPEN
from tests.scenarios.answer_row import answered
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene

WHY = "its creator, the people listed under Access and workspace admins do that"

Pressed = Callable[[], Awaitable[None]]
Door = Callable[[Panel], Awaitable[Pressed]]


def shows(panel: Panel, text: str) -> Callable[[], bool]:
    def shown() -> bool:
        view = panel.scene.slack.modal(panel.person)
        return view is not None and text in str(view.content)

    return shown


def told(panel: Panel) -> Callable[[], bool]:
    """Whether Confab said why directly, to that person."""
    slack = panel.scene.slack
    return lambda: any(WHY in each.text for each in slack.see(slack.direct(panel.person)))


async def by_a_question_to_reset(panel: Panel) -> Pressed:
    await panel.opens("/confab reset")

    async def press() -> None:
        await panel.submit()
        assert WHY in panel.text

    return press


async def by_an_open_history(panel: Panel) -> Pressed:
    await panel.opens("/confab history")

    async def press() -> None:
        panel.scene.slack.press(
            panel.person, panel.top, "settings.restore", block_id=panel.block("version.1")
        )
        await panel.scene.until(shows(panel, WHY))

    return press


async def by_a_setup_to_import(panel: Panel) -> Pressed:
    await panel.opens()
    await panel.part("setup")
    await panel.push("settings.import")

    async def press() -> None:
        await panel.submit(pasted='{"systemPrompt": "Mine."}')
        await panel.scene.until(shows(panel, WHY))

    return press


async def by_the_shortcut_to_an_example(panel: Panel) -> Pressed:
    scene, slack = panel.scene, panel.scene.slack
    answer = await answered(scene, scene.ask("@Confab hello"))
    slack.shortcut(panel.person, example.SHORTCUT, answer)
    await scene.until(shows(panel, "hello"))

    async def press() -> None:
        slack.submit(panel.person, panel.top)
        await scene.until(shows(panel, WHY))

    return press


async def by_the_row_under_an_answer(panel: Panel) -> Pressed:
    scene, slack = panel.scene, panel.scene.slack
    answer = await answered(scene, scene.ask("@Confab hello"))

    async def press() -> None:
        slack.press(panel.person, answer, ROW, Choice.SETTINGS)
        await scene.until(shows(panel, WHY))
        assert "submit" not in panel.top.content

    return press


async def opened_home(panel: Panel) -> tuple[View, str]:
    """The person's home, and its block of #general's buttons."""
    slack = panel.scene.slack
    slack.open_home(panel.person)
    await panel.scene.until(lambda: slack.home(panel.person) is not None)
    view = slack.home(panel.person)
    assert view is not None
    blocks = [each for each in view.content["blocks"] if f"'value': '{slack.general.id}'" in str(each)]
    return view, str(blocks[0]["block_id"])


async def by_the_settings_of_an_old_home(panel: Panel) -> Pressed:
    view, block = await opened_home(panel)

    async def press() -> None:
        panel.scene.slack.press(panel.person, view, OPEN, block_id=block)
        await panel.scene.until(shows(panel, WHY))
        assert "submit" not in panel.top.content

    return press


async def by_a_trial_from_an_old_home(panel: Panel) -> Pressed:
    view, block = await opened_home(panel)

    async def press() -> None:
        panel.scene.slack.press(panel.person, view, home.TRY, block_id=block)
        await panel.scene.until(told(panel))

    return press


async def by_a_comparison_from_an_old_home(panel: Panel) -> Pressed:
    view, block = await opened_home(panel)

    async def press() -> None:
        panel.scene.slack.press(panel.person, view, comparing.COMPARE, block_id=block)
        await panel.scene.until(shows(panel, WHY))
        assert "submit" not in panel.top.content

    return press


async def by_the_command_to_try(panel: Panel) -> Pressed:
    async def press() -> None:
        assert WHY in await panel.hears("/confab try")

    return press


DOORS: list[Door] = [
    by_a_question_to_reset,
    by_an_open_history,
    by_a_setup_to_import,
    by_the_shortcut_to_an_example,
    by_the_row_under_an_answer,
    by_the_settings_of_an_old_home,
    by_a_trial_from_an_old_home,
    by_a_comparison_from_an_old_home,
    by_the_command_to_try,
]


async def published(confab: Confab, scene: Scene, setup: Setup) -> int:
    slack = scene.slack
    return await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.ada.id)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
async def test_who_lost_the_right_changes_nothing_by_a_door_that_was_open(
    small_scene: Scene, door: Door
) -> None:
    scene, grace = small_scene, Panel(small_scene, small_scene.slack.grace)
    async with scene.confab() as confab:
        await published(confab, scene, Setup(Persona("First")))
        await published(confab, scene, Setup(Persona("Second"), ChannelSettings(temperature=0.2)))
        press = await door(grace)
        asked = len(scene.azure.requests)
        listed = Setup(Persona("Third"), ChannelSettings(temperature=0.3), access=Access(Configurers.LISTED))
        number = await published(confab, scene, listed)
        await press()
        await scene.settled()
        key = DraftKey(scene.slack.team.id, scene.slack.general.id, grace.person.id)
        assert (await confab.setups.current(key.team_id, key.channel_id)).version == number
        opened = await confab.trade.configuring.open(key)
        assert "Mine" not in str(opened)
        assert len(scene.azure.requests) == asked
