"""Under whose name and icon an answer stands."""

from bot.app import Confab
from bot.chat.setup import Persona, Setup
from bot.playground.model import running_scripted_azure
from bot.playground.workspace import Installation, running_workspace
from tests.scenarios.answer_row import answered
from tests.scenarios.scene import MANIFEST, Scene, environ_for

AGENT = Setup(Persona("Xbox agent", "Help.", icon=":video_game:"))


async def published(confab: Confab, scene: Scene) -> None:
    slack = scene.slack
    await confab.setups.publish(slack.team.id, slack.general.id, AGENT, slack.ada.id)


async def test_an_answer_stands_under_its_personas_name_and_icon(small_scene: Scene) -> None:
    scene = small_scene
    async with scene.confab() as confab:
        await published(confab, scene)
        answer = await answered(scene, scene.ask("@Confab hello"))
        elsewhere = await answered(scene, scene.ask("@Confab hello", scene.slack.xbox_support))
    assert answer.face is not None
    assert (answer.face.name, answer.face.emoji) == ("Xbox agent", ":video_game:")
    assert elsewhere.face is None or elsewhere.face.name == Persona().name


async def test_without_the_scope_for_names_the_persona_answers_under_confabs_own(sqlite_url: str) -> None:
    app = Installation.from_manifest(MANIFEST).without("chat:write.customize")
    async with running_workspace(app=app) as running, running_scripted_azure() as azure:
        scene = Scene(running, azure, environ_for(running, azure, sqlite_url))
        async with scene.confab() as confab:
            await published(confab, scene)
            answer = await answered(scene, scene.ask("@Confab hello"))
    assert answer.face is None
    assert azure.requests[-1].persona == "Help."
