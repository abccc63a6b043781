"""A walk through the home tab and what it leads to: comparisons and the persona library."""

from bot.slack.comparing import view as comparing
from bot.slack.home import view as home
from bot.slack.library import view as library
from bot.slack.settings_modal import root
from tests.hostile.hands import Hands
from tests.scenarios.scene import Scene

CHANNELS = 35
"""More than a page."""


async def from_home(scene: Scene) -> None:
    """Everything in the home, the comparison and the library."""
    await _at_home(scene)
    await _compared(scene)
    await _in_the_library(scene)


async def _at_home(scene: Scene) -> None:
    walker, slack = Hands.new(scene), scene.slack
    for number in range(CHANNELS):
        slack.team.add_channel(f"room{number}", (walker.person, slack.confab))
    first = await walker.home()
    slack.press(walker.person, first, f"{home.PAGE}_next")
    await scene.until(lambda: slack.home(walker.person) not in (first, None))
    second = slack.home(walker.person)
    assert second is not None
    await walker.touch(second)


async def _compared(scene: Scene) -> None:
    walker = Hands.new(scene)
    await walker.opens()
    await walker.push(root.COMPARE)
    await walker.shows("Ask both")
    choices = {comparing.LEFT: "deployment:gpt-4o-mini", comparing.RIGHT: "deployment:qwen3-8b"}
    scene.slack.submit(walker.person, walker.top, {comparing.QUESTION: "Where to?", **choices})
    await walker.shows(comparing.AGAIN)
    await walker.touch(walker.top)


async def _in_the_library(scene: Scene) -> None:
    walker = await _library(scene)
    await walker.press(f"{library.PAGE}.next")
    await walker.touch(walker.top)
    walker = await _library(scene)
    ours = next(each["block_id"] for each in walker.top.content["blocks"] if "edit:" in str(each))
    deletes = f"delete:{ours.partition(':')[2]}"
    scene.slack.press(walker.person, walker.top, library.CHOSEN, deletes, block_id=ours)
    await walker.touch(await walker.shows(library.DELETE))
    walker = await _library(scene)
    await walker.push(library.NEW)
    await walker.submit(name="Cook", icon=":cook:", system_message__0="You cook.", greeting__0="Hungry?")


async def _library(scene: Scene) -> Hands:
    walker = Hands.new(scene)
    scene.slack.press(walker.person, await walker.home(), library.OPEN)
    await walker.shows(library.NEW)
    return walker
