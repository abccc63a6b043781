"""App Home: what somebody sees of what is theirs, and how they arrange it."""

import json
from dataclasses import replace

from bot.chat.setup import Access, Configurers, Persona, Setup
from bot.playground.workspace import Message
from bot.playground.workspace.surfaces import View
from bot.slack.home import view as home
from bot.slack.settings_modal.modal import OPEN
from tests.scenarios.scene import Scene


async def opened(scene: Scene, person: str = "ada") -> View:
    """That person's home, drawn anew."""
    before = scene.slack.home(person)
    scene.slack.open_home(person)
    await scene.until(lambda: scene.slack.home(person) not in (before, None))
    return current(scene, person)


def current(scene: Scene, person: str = "ada") -> View:
    view = scene.slack.home(person)
    assert view
    return view


def content(view: View) -> str:
    return json.dumps(view.content)


def block_of(view: View, value: str) -> str:
    found = [block["block_id"] for block in view.content["blocks"] if f'"{value}"' in json.dumps(block)]
    return str(found[-1])


def asked(scene: Scene, text: str) -> Message:
    return scene.ask(f"@Confab {text}")


async def test_a_home_has_the_channels_that_its_person_may_set_up_and_no_others(scene: Scene) -> None:
    async with scene.confab() as confab:
        slack = scene.slack
        xbox = Setup(Persona(name="Xbox agent"))
        await confab.setups.publish(slack.team.id, slack.xbox_support.id, xbox, slack.ada.id)
        listed = Setup(access=Access(Configurers.LISTED))
        await confab.setups.publish(slack.team.id, slack.general.id, listed, slack.ada.id)
        adas, graces = content(await opened(scene, "ada")), content(await opened(scene, "grace"))
        for channel in (slack.general, slack.xbox_support, slack.launch):
            assert channel.id in adas
        assert slack.xbox_support.id in graces
        assert "Xbox agent" in graces
        assert slack.general.id not in graces
        assert slack.launch.id not in graces
        assert slack.random.id not in adas
        assert "Workspace defaults" in adas
        assert "Workspace defaults" not in graces


async def test_sessions_lead_to_ones_own_threads_alone(scene: Scene) -> None:
    async with scene.confab():
        slack = scene.slack
        mine = asked(scene, "where is <my> hat?")
        await scene.answered(mine)
        theirs = slack.post("grace", slack.general, "@Confab a secret")
        await scene.answered(theirs)
        secret = scene.ask("@Confab in private", slack.launch)
        await scene.answered(secret)
        view = content(await opened(scene))
        assert f"/archives/{mine.channel}/p{mine.ts.replace('.', '')}" in view
        assert "where is &lt;my&gt; hat?" in view
        assert "a secret" not in view
        assert "in private" in view
        slack.leave("ada", slack.launch)
        assert "in private" not in content(await opened(scene))
        slack.delete(mine)
        await scene.settled()
        assert "my&gt; hat" not in content(await opened(scene))


async def test_usage_is_ones_own(scene: Scene) -> None:
    async with scene.confab():
        await scene.answered(asked(scene, "hello"))
        assert "Today 0 tokens" not in content(await opened(scene, "ada"))
        assert "Today 0 tokens" in content(await opened(scene, "grace"))


async def test_panels_are_moved_closed_and_brought_back_and_stay_so(scene: Scene) -> None:
    async with scene.confab():
        view = await opened(scene)
        menus = [block for block in view.content["blocks"] if home.PANEL in json.dumps(block)]
        assert [menu["text"]["text"].split("*")[1] for menu in menus] == [
            "Assistant setup",
            "Chat sessions",
            "Settings",
        ]
        scene.slack.press("ada", view, home.PANEL, "lower:setup", block_id=menus[0]["block_id"])
        await scene.until(lambda: current(scene).hash != view.hash)
        assert panels(current(scene)) == ["Chat sessions", "Assistant setup", "Settings"]
        view = current(scene)
        block = block_of(view, "hide:settings")
        scene.slack.press("ada", view, home.PANEL, "hide:settings", block_id=block)
        await scene.until(lambda: len(panels(current(scene))) == 2)
    async with scene.confab():
        view = await opened(scene)
        assert panels(view) == ["Chat sessions", "Assistant setup"]
        scene.slack.press("ada", view, home.SHOWN, ["setup", "sessions", "settings"])
        await scene.until(lambda: len(panels(current(scene))) == 3)
        assert panels(current(scene)) == ["Chat sessions", "Assistant setup", "Settings"]
        assert panels(await opened(scene, "grace"))[0] == "Assistant setup"


def panels(view: View) -> list[str]:
    """The panels' names, from top to bottom."""
    menus = [block for block in view.content["blocks"] if home.PANEL in json.dumps(block)]
    return [menu["text"]["text"].split("*")[1] for menu in menus]


async def test_500_channels_page_and_each_opens_its_settings(small_scene: Scene) -> None:
    scene = small_scene
    slack = scene.slack
    everybody = (slack.ada, slack.confab)
    for number in range(500):
        slack.team.add_channel(f"{number:03}-{'x' * 70}", everybody)
    async with scene.confab():
        view = await opened(scene)
        assert len(view.content["blocks"]) <= 100
        assert "Page 1 of 34" in content(view)
        scene.slack.press("ada", view, f"{home.PAGE}_next")
        await scene.until(lambda: "Page 2 of 34" in content(current(scene)))
        channel = next(each for each in slack.team.channels if each.name.startswith("020-"))
        view = current(scene)
        scene.slack.press("ada", view, OPEN, block_id=block_of(view, channel.id))
        await scene.until(lambda: "Assistant setup" in str(getattr(slack.modal("ada"), "content", "")))
        assert channel.id in str(getattr(slack.modal("ada"), "content", ""))


async def test_the_workspaces_defaults_are_an_admins_to_open(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        guide = replace(Setup(), persona=Persona(name="Everybody's guide"))
        await confab.setups.publish(scene.slack.team.id, "*", guide, scene.slack.ada.id)
        view = await opened(scene)
        assert "Everybody's guide" in content(view)
        scene.slack.press("ada", view, OPEN, block_id=block_of(view, "*"))
        await scene.until(
            lambda: "workspace's defaults" in str(getattr(scene.slack.modal("ada"), "content", ""))
        )


async def test_the_messages_tab_offers_something_to_ask(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        place = scene.slack.open_home("ada", "messages")
        await scene.until(lambda: place.id in scene.slack.surfaces.prompts)
        assert len(scene.slack.surfaces.prompts[place.id]["prompts"]) == 2


async def test_a_home_that_slack_does_not_take_disturbs_nobody(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab():
        scene.slack.faults.refuse("views.publish", "not_enabled")
        scene.slack.open_home("ada")
        await scene.until(lambda: bool(scene.slack.calls.of("views.publish")))
        await scene.answered(asked(scene, "hello"))
