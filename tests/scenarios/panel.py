"""Somebody with the settings modal in front of them."""

from dataclasses import dataclass
from typing import Any

from bot.app import Confab
from bot.chat.setup import Setup
from bot.playground.workspace import Channel, Parcel
from bot.playground.workspace.people import Person
from bot.playground.workspace.surfaces import View
from bot.slack.settings_modal.texts import ONE_MOMENT
from tests.scenarios.scene import Scene


@dataclass
class Panel:
    """One person's hands; every move waits until the modal shows what came of it."""

    scene: Scene
    person: Person

    @property
    def top(self) -> View:
        view = self.scene.slack.modal(self.person)
        assert view is not None
        return view

    @property
    def text(self) -> str:
        return str(self.top.content["blocks"])

    @property
    def title(self) -> str:
        return str(self.top.content["title"]["text"])

    def block(self, name: str) -> str:
        """The `block_id` of a field: it changes with the draft."""
        ids = [str(each["block_id"]) for each in self.top.content["blocks"]]
        return next(each for each in ids if each.partition(":")[0] == name)

    def value(self, name: str) -> Any:
        """What stands in a field."""
        (element,) = self.top.state[self.block(name)].values()
        if element["type"] in ("static_select", "radio_buttons"):
            return element["selected_option"]["value"]
        return element.get("value", element.get("selected_users"))

    async def opens(self, text: str = "/confab", channel: Channel | None = None) -> View:
        """Write the command, and look at what it opened."""
        parcel = self.command(text, channel)
        await self.scene.until(parcel.settled.is_set)
        await self.scene.until(lambda: bool(self._marks()) and ONE_MOMENT not in self.text)
        return self.top

    def command(self, text: str, channel: Channel | None = None) -> Parcel:
        parcel = self.scene.slack.command(self.person, channel or self.scene.slack.general, text)
        assert parcel is not None
        return parcel

    async def hears(self, text: str, channel: Channel | None = None) -> str:
        """Write the command, and read the answer that only this person gets."""
        parcel = self.command(text, channel)
        await self.scene.until(parcel.settled.is_set)
        assert parcel.answer is not None
        assert parcel.answer["response_type"] == "ephemeral"
        return str(parcel.answer["text"])

    async def press(self, action: str, choice: Any = None, block: str | None = None) -> View:
        """Press what shows this view in another way."""
        before = self._press(action, choice, block)
        await self.scene.until(lambda: bool(self._marks()) and self._marks()[-1] not in before)
        return self.top

    async def change(self, action: str, choice: Any = None, block: str | None = None) -> View:
        """Press what changes the draft: this view and those beneath it are new when this returns."""
        before = self._press(action, choice, block)
        await self.scene.until(lambda: not set(before) & set(self._marks()))
        return self.top

    async def push(self, action: str, choice: Any = None, block: str | None = None) -> View:
        """Press what lays another view over this one."""
        height = len(self._press(action, choice, block))
        await self.scene.until(lambda: len(self._marks()) > height)
        return self.top

    def _press(self, action: str, choice: Any, block: str | None) -> list[tuple[str, str]]:
        before, block_id = self._marks(), self.block(block) if block else None
        self.scene.slack.press(self.person, self.top, action, choice, block_id=block_id)
        return before

    async def submit(self, **values: Any) -> View:
        """Fill fields by their names and submit; the view beneath is refreshed when this returns."""
        await self.scene.until(lambda: "submit" in self.top.content)
        top, before = self.top, self._marks()
        named: dict[str | tuple[str, str], Any] = {
            self.block(name.replace("__", ".")): value for name, value in values.items()
        }
        parcel = self.scene.slack.submit(self.person, top, named)
        assert parcel is not None
        await self.scene.until(parcel.settled.is_set)
        await self.scene.until(lambda: bool(self._marks()) and self._answered(top.id, before))
        assert not self.scene.slack.submissions.refused
        return self.top

    def _answered(self, view_id: str, before: list[tuple[str, str]]) -> bool:
        """Errors stand in the view, it shows something else, or it closed and the one beneath is new."""
        if view_id not in dict(self._marks()):
            return not set(before) & set(self._marks())
        return bool(self.top.errors) or self.top.trouble != "" or self._marks()[-1] not in before

    async def part(self, name: str) -> View:
        return await self.push(f"settings.open.{name}")

    async def sees(self, text: str) -> None:
        """Wait until it stands there: what lies beneath a view is refreshed beside everything else."""
        await self.scene.until(lambda: text in self.text)

    def back(self) -> View:
        self.scene.slack.close(self.person, self.top)
        return self.top

    def leave(self) -> None:
        self.scene.slack.close(self.person, self.top, everything=True)

    def _marks(self) -> list[tuple[str, str]]:
        return [(each.id, each.hash) for each in self.scene.slack.surfaces.stack(self.person.id)]


async def current(confab: Confab, channel: Channel) -> Setup:
    return await confab.setups.current(confab.workspace.us.team_id, channel.id)


async def published(confab: Confab, channel: Channel, setup: Setup) -> int:
    return await confab.setups.publish(confab.workspace.us.team_id, channel.id, setup, "UADA")
