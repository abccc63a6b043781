"""A walk through the command and the settings: each button pressed, each form submitted."""

import json

from bot.app import Confab
from bot.chat.setup import Example, Persona, Setup
from bot.playground.workspace.interactions.elements import options_of
from bot.slack.command import texts as command_texts
from bot.slack.settings_modal import assistant_setup, root
from bot.slack.settings_modal.import_export import EXPORT_CALLBACK
from tests.hostile.hands import Hands
from tests.scenarios.scene import Scene

WORDS = ("persona Xbox", "history", "code", "try", "usage", "help", "nonsense")
"""What is written after the command; without a word and with `reset` it has a walk of its own."""

VERSIONS, EXAMPLES, PERSONAS = 7, 25, 51
"""More than a page of each; with so many personas Slack asks for the options of their menu."""


async def publish_much(scene: Scene, confab: Confab) -> None:
    """Versions and examples for more than a page."""
    slack = scene.slack
    examples = tuple(Example(f"Question {number}", "Answer") for number in range(EXAMPLES))
    for number in range(VERSIONS):
        setup = Setup(Persona(f"Guide {number}", examples=examples))
        await confab.setups.publish(slack.team.id, slack.general.id, setup, slack.grace.id)


async def through_the_settings(scene: Scene, confab: Confab) -> None:
    """Everything that the command and the settings open."""
    for word in WORDS:
        await _commanded(scene, word)
    await _reset(scene)
    for part in root.PARTS:
        await _part(scene, part)
    await _example(scene)
    await _imported(scene)
    await _exported(scene)
    await _published(scene)
    await _overtaken(scene)
    await _many_personas(scene, confab)


async def _commanded(scene: Scene, word: str) -> None:
    walker = Hands.new(scene)
    parcel = walker.command(f"/confab {word}")
    await scene.until(lambda: scene.slack.modal(walker.person) is not None or parcel.answer is not None)
    if scene.slack.modal(walker.person) is None:
        return
    await walker.filled()
    await walker.touch(walker.top)


async def _reset(scene: Scene) -> None:
    walker = Hands.new(scene)
    walker.command("/confab reset")
    await walker.shows(command_texts.RESET_ASKS[:40])
    scene.slack.submit(walker.person, walker.top)
    await scene.settled()


async def _part(scene: Scene, part: str) -> None:
    """A part of the settings, whose buttons one presses, and which another submits and closes."""
    for submits in (False, True):
        walker = Hands.new(scene)
        await walker.opens()
        await walker.part(part)
        if not submits:
            await _turned(walker)
            await walker.touch(walker.top)
        elif "submit" in walker.top.content:
            scene.slack.submit(walker.person, walker.top)
            await scene.settled()
    walker = Hands.new(scene)
    await walker.opens()
    await walker.part(part)
    walker.leave()


async def _turned(walker: Hands) -> None:
    """A page further, from where both ways lead on."""
    for way in ("settings.turn_examples.on", "settings.turn_history.on"):
        if way in walker.text:
            await walker.press(way)


async def _example(scene: Scene) -> None:
    for choice in ("", "edit.0"):
        walker = await _in_the_example(scene, choice)
        await walker.touch(walker.top)
        await walker.submit(user__0="Where to?", assistant__0="Uphill.")
    (await _in_the_example(scene, "edit.0")).leave()


async def _in_the_example(scene: Scene, choice: str) -> Hands:
    """Somebody with the form of one example open: an old one, or a new one where nothing is chosen."""
    walker = Hands.new(scene)
    await walker.opens()
    await walker.part("examples")
    if choice:
        await walker.push("settings.on_example", choice, block="example.0")
    else:
        await walker.push("settings.add_example")
    return walker


async def _imported(scene: Scene) -> None:
    setup = json.dumps({"systemPrompt": "You are imported."})
    walker = Hands.new(scene)
    await walker.opens()
    await walker.part("setup")
    await walker.push("settings.import")
    file = scene.slack.upload(walker.person, "setup.json", setup.encode())
    await walker.submit(file=[file], pasted=setup)


async def _exported(scene: Scene) -> None:
    walker = Hands.new(scene)
    await walker.opens()
    await walker.part("setup")
    await walker.push(assistant_setup.EXPORT)
    await walker.shows(EXPORT_CALLBACK)


async def _drafted(scene: Scene, temperature: str) -> Hands:
    """Somebody in front of the settings, with a draft."""
    walker = Hands.new(scene)
    await walker.opens()
    await walker.part("settings")
    await walker.submit(temperature=temperature)
    return walker


async def _published(scene: Scene) -> None:
    walker = await _drafted(scene, "0.3")
    await walker.touch(walker.top)
    again = await _drafted(scene, "0.4")
    await again.submit()


async def _overtaken(scene: Scene) -> None:
    slow, fast = await _drafted(scene, "0.5"), await _drafted(scene, "0.6")
    await fast.submit()
    await slow.submit()
    await slow.touch(slow.top)


async def _many_personas(scene: Scene, confab: Confab) -> None:
    team, personas = scene.slack.team.id, confab.trade.library._personas
    for number in range(PERSONAS):
        await personas.add(team, Persona(f"Persona {number}"), scene.slack.ada.id, most=PERSONAS)
    walker = Hands.new(scene)
    await walker.opens()
    await walker.part("setup")
    parcel = scene.slack.options(walker.person, walker.top, assistant_setup.CHOOSE, "persona")
    await scene.until(lambda: parcel.answer is not None)
    assert parcel.answer is not None
    chosen = options_of(parcel.answer)[0]["value"]
    scene.slack.press(walker.person, walker.top, assistant_setup.CHOOSE, chosen)
