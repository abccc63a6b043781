"""The persona library by its front door: from an admin's home, through the strict workspace."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.app import Confab
from bot.chat.setup import Example, Persona, Setup
from bot.playground.workspace.people import Person
from bot.playground.workspace.surfaces import View
from bot.slack.library import texts, view
from tests.scenarios.scene import Scene


@dataclass
class Shelf:
    """Somebody in front of the library; every move waits until the modal shows what came of it."""

    scene: Scene
    person: str = "ada"

    @property
    def top(self) -> View:
        found = self.scene.slack.modal(self.person)
        assert found is not None
        return found

    @property
    def text(self) -> str:
        return str(self.top.content["blocks"])

    async def opens(self) -> None:
        slack = self.scene.slack
        slack.open_home(self.person)
        await self.scene.until(lambda: slack.home(self.person) is not None)
        home = slack.home(self.person)
        assert home is not None
        slack.press(self.person, home, view.OPEN)
        await self.scene.until(lambda: slack.modal(self.person) is not None)
        await self.scene.until(lambda: texts.ONE_MOMENT not in self.text)

    async def press(self, action: str, choice: Any = None, block_id: str | None = None) -> None:
        before = self._mark()
        self.scene.slack.press(self.person, self.top, action, choice, block_id=block_id)
        await self.scene.until(lambda: self._mark() != before)

    async def choose(self, deed: str, persona_id: str) -> None:
        await self.press(view.CHOSEN, f"{deed}:{persona_id}", f"persona:{persona_id}")

    async def submit(self, **values: Any) -> None:
        ids = {str(each.get("block_id")): each for each in self.top.content["blocks"]}
        named: dict[str | tuple[str, str], Any] = {
            next(block for block in ids if block.split(":")[0] == name.replace("__", ".")): value
            for name, value in values.items()
        }
        beneath = {(each.id, each.hash) for each in self.scene.slack.surfaces.stack(self._who)}
        parcel = self.scene.slack.submit(self.person, self.top, named)
        assert parcel is not None
        await self.scene.until(parcel.settled.is_set)
        # An earlier "Saved" may stand there still: only a view that is none of the ones before is an answer.
        await self.scene.until(lambda: bool(self.top.errors) or self._mark() not in beneath)

    @property
    def _who(self) -> str:
        return self.scene.slack.team.person(self.person).id

    def _mark(self) -> tuple[str, str]:
        return self.top.id, self.top.hash


@pytest.fixture
def shelf(small_scene: Scene) -> Shelf:
    return Shelf(small_scene)


async def own(confab: Confab) -> list[Persona]:
    team = confab.workspace.us.team_id
    listed = [each for each in (await confab.trade.library.list(team, limit=1_000)).personas if each.ours]
    found = [await confab.trade.library.find(team, each.id) for each in listed]
    return [each.persona for each in found if each]


async def test_a_persona_is_created_edited_copied_and_deleted(scene: Scene) -> None:
    shelf = Shelf(scene)
    async with scene.confab() as confab:
        await shelf.opens()
        assert "Xbox customer support agent" in shelf.text
        await shelf.press(view.NEW)
        await shelf.submit(name="Cook", icon=":cook:", system_message__0="You cook.", greeting__0="Hungry?")
        assert await own(confab) == [Persona("Cook", "You cook.", icon=":cook:", greeting="Hungry?")]
        [cook] = [
            each for each in (await confab.trade.library.list(scene.slack.team.id)).personas if each.ours
        ]
        await shelf.choose("edit", cook.id)
        await shelf.submit(name="Chef")
        assert [each.name for each in await own(confab)] == ["Chef"]
        await shelf.choose("copy", cook.id)
        assert texts.COPIED in shelf.text
        assert [each.name for each in await own(confab)] == ["Chef", "Chef (copy)"]
        await shelf.choose("delete", cook.id)
        assert texts.delete_asked("Chef") in shelf.text
        await shelf.press(view.KEEP)
        assert len(await own(confab)) == 2
        await shelf.choose("delete", cook.id)
        await shelf.press(view.DELETE)
        assert [each.name for each in await own(confab)] == ["Chef (copy)"]


async def test_a_channels_persona_is_taken_with_its_examples(shelf: Shelf) -> None:
    scene = shelf.scene
    persona = Persona("Tried", "You are tried.", (Example("a", "b"),))
    async with scene.confab() as confab:
        team = confab.workspace.us.team_id
        await confab.setups.publish(team, scene.slack.general.id, Setup(persona), "UADA")
        await shelf.opens()
        await shelf.press(view.NEW)
        await shelf.submit(channel=scene.slack.general.id)
        assert await own(confab) == [persona]
        await shelf.press(view.NEW)
        hidden = scene.slack.team.add_channel("hidden", (scene.slack.grace, scene.slack.confab))
        await shelf.submit(channel=hidden.id)
        assert texts.NOT_YOURS in str(shelf.top.errors)
        assert await own(confab) == [persona]


async def test_faults_stand_at_their_fields(shelf: Shelf) -> None:
    async with shelf.scene.confab() as confab:
        await shelf.opens()
        await shelf.press(view.NEW)
        await shelf.submit(icon="robot")
        assert {block.split(":")[0] for block in shelf.top.errors} == {"name", "icon"}
        assert await own(confab) == []


async def test_who_is_no_admin_any_more_changes_nothing_by_any_view(shelf: Shelf) -> None:
    scene = shelf.scene
    async with scene.confab(CONFAB_ADMINS="") as confab:
        await shelf.opens()
        await shelf.press(view.NEW)
        scene.slack.team.keep_person(_no_admin(scene))
        parcel = scene.slack.submit(shelf.person, shelf.top, {_block(shelf, "name"): "Mine"})
        assert parcel is not None
        await scene.until(parcel.settled.is_set)
        await scene.until(lambda: "Only admins" in shelf.text)
        scene.slack.close(shelf.person, shelf.top)
        await shelf.choose("copy", "default")
        assert "Only admins" in shelf.text
        assert await own(confab) == []


async def test_the_home_of_who_is_no_admin_has_no_door_to_it(small_scene: Scene) -> None:
    slack = small_scene.slack
    async with small_scene.confab():
        slack.open_home("grace")
        await small_scene.until(lambda: slack.home("grace") is not None)
        home = slack.home("grace")
        assert home is not None
        assert view.OPEN not in str(home.content)


async def test_two_hundred_personas_are_paged(shelf: Shelf) -> None:
    scene = shelf.scene
    async with scene.confab() as confab:
        for number in range(200):
            persona = Persona(f"{number:03}".ljust(80, "n"))
            await confab.trade.library._personas.add(
                scene.slack.team.id, persona, scene.slack.ada.id, most=200
            )
        await shelf.opens()
        pages = 1
        while (following := f"{view.PAGE}.next") in shelf.text:
            await shelf.press(following)
            pages += 1
        assert pages == 11
        assert "201 to 207 of 207" in shelf.text


def _block(shelf: Shelf, name: str) -> str:
    ids = [str(each.get("block_id")) for each in shelf.top.content["blocks"]]
    return next(each for each in ids if each.split(":")[0] == name)


def _no_admin(scene: Scene) -> Person:
    return replace(scene.slack.team.person("ada"), is_admin=False)
