"""Everybody's own defaults: who answers them in their direct message, set up from their home."""

from bot.slack.settings_modal.modal import OPEN
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


async def test_somebody_sets_up_who_answers_them_directly_and_nobody_else(small_scene: Scene) -> None:
    scene, slack = small_scene, small_scene.slack
    grace, theirs = Panel(scene, slack.grace), slack.direct(slack.grace)
    async with scene.confab():
        slack.open_home(grace.person)
        await scene.until(lambda: slack.home(grace.person) is not None)
        home = slack.home(grace.person)
        assert home is not None
        [block] = [each for each in home.content["blocks"] if f"'value': '{theirs.id}'" in str(each)]
        assert "Your defaults" in str(block)
        slack.press(grace.person, home, OPEN, block_id=block["block_id"])
        await scene.until(lambda: slack.modal(grace.person) is not None and "part.setup" in grace.text)
        await grace.part("setup")
        await grace.submit(name="Own", system__0="You are Grace's.")
        await grace.submit()
        await scene.answered(slack.post(grace.person, theirs, "hello"))
        await scene.answered(scene.ask("hello", slack.direct(slack.ada)))
        await scene.answered(scene.ask("@Confab hello"))
    assert [asked.persona == "You are Grace's." for asked in scene.azure.requests] == [True, False, False]
