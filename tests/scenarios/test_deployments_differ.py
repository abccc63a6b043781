"""What a deployment does not take: said where it is set, not sent, and stop sequences hold all the same."""

from bot.app import Confab
from bot.chat.setup import ChannelSettings, Effort, Setup
from bot.playground.model import refusal
from bot.playground.workspace.surfaces import View
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene


def hints(view: View) -> dict[str, str]:
    """What stands under each field, by the name of its setting."""
    fields = [each for each in view.content["blocks"] if each["type"] == "input"]
    return {each["block_id"].partition(":")[0]: str(each["hint"]["text"]) for each in fields}


async def test_what_a_deployment_does_not_take_is_marked_kept_and_not_sent(small_scene: Scene) -> None:
    scene, ada = small_scene, Panel(small_scene, small_scene.slack.ada)
    scene.azure.replies["hello"] = "Before the END and after."
    async with scene.confab(AZURE_OPENAI_DEPLOYMENTS="o4-mini:chat:200000, gpt-4o-mini") as confab:
        setup = Setup(settings=ChannelSettings(temperature=0.2, stop=("END",)))
        await confab.setups.publish(scene.slack.team.id, scene.slack.general.id, setup, ada.person.id)
        assert await scene.answered(scene.ask("@Confab hello")) == ["Before the"]
        taken = scene.azure.requests[-1].body
        assert not {"temperature", "stop"} & set(taken)
        await ada.opens()
        await ada.part("settings")
        said = hints(ada.top)
        assert "o4-mini does not take this: it is kept here and not sent." in said["temperature"]
        assert "I end its answers there myself" in said["stop"]
        assert said["max_response"].startswith("o4-mini holds 200,000 tokens")
        assert ada.value("temperature") == "0.2"
        await ada.press("settings.deployment", "gpt-4o-mini")
        said = hints(ada.top)
        assert not any("does not take" in each for each in said.values())
        assert said["max_response"].startswith("gpt-4o-mini holds 128,000 tokens")


async def asked_with_effort(confab: Confab, scene: Scene) -> None:
    """A deployment that takes no effort has refused it once, and answered."""
    scene.azure.answers.append(refusal.unsupported_parameter("reasoning_effort"))
    setup = Setup(settings=ChannelSettings(effort=Effort.LOW))
    await confab.setups.publish(scene.slack.team.id, scene.slack.general.id, setup, scene.slack.ada.id)
    await scene.answered(scene.ask("@Confab hello"))


async def test_a_deployment_without_reasoning_effort_says_so_at_the_effort(small_scene: Scene) -> None:
    scene, ada = small_scene, Panel(small_scene, small_scene.slack.ada)
    async with scene.confab() as confab:
        await asked_with_effort(confab, scene)
        assert "reasoning_effort" not in scene.azure.requests[-1].body
        await ada.opens()
        await ada.part("settings")
        assert "gpt-4o-mini does not take this" in hints(ada.top)["effort"]


async def test_a_bot_that_starts_anew_knows_what_a_deployment_refused(small_scene: Scene) -> None:
    scene, ada = small_scene, Panel(small_scene, small_scene.slack.ada)
    async with scene.confab() as confab:
        await asked_with_effort(confab, scene)
    async with scene.confab():
        await ada.opens()
        await ada.part("settings")
        assert "gpt-4o-mini does not take this" in hints(ada.top)["effort"]
