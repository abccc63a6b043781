"""What stands over a trial: publishing it, the way back to the settings, and a comparison."""

import pytest

from bot.chat.versions import DraftKey
from bot.playground.workspace import Message
from bot.slack.comparing.view import COMPARE
from bot.slack.settings_modal.modal import OPEN
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def tried(scene: Scene, ada: Panel) -> Message:
    """The first message of a trial of #general's draft."""
    await ada.hears("/confab try")
    place = scene.slack.direct(ada.person)
    await scene.until(lambda: bool(scene.slack.see(place)))
    found = scene.slack.record.history.get(place.id, scene.slack.see(place)[-1].ts)
    assert found is not None
    return found


@pytest.mark.parametrize(("button", "shown"), [(OPEN, "Half done"), (COMPARE, "My draft")])
async def test_from_a_trial_there_is_a_way_back_and_to_a_comparison(
    small_scene: Scene, button: str, shown: str
) -> None:
    scene, ada = small_scene, Panel(small_scene, small_scene.slack.ada)
    async with scene.confab() as confab:
        key = DraftKey(scene.slack.team.id, scene.slack.general.id, ada.person.id)
        await confab.trade.configuring.set_persona(
            key, None, name="Half done", icon="", system_message="", greeting=""
        )
        root = await tried(scene, ada)
        scene.slack.press(ada.person, root, button)
        await scene.until(lambda: scene.slack.modal(ada.person) is not None and shown in ada.text)
        assert not scene.slack.see(scene.slack.general, viewer=scene.slack.grace)
