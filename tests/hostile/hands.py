"""What one of many people does in a walk: each has modals of their own, and none lies over another's."""

import re
from dataclasses import dataclass
from typing import Any

from bot.playground.workspace import Message
from bot.playground.workspace.interactions.elements import OPTION, OPTIONS, TYPED, elements_of, options_of
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.surfaces import View
from bot.slack.settings_modal.texts import ONE_MOMENT
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene

_WORD = re.compile(r"[a-z_]*")


def word(value: object) -> str:
    """What a value asks for, without the number or the id that follows: of "edit.3" it is "edit"."""
    found = _WORD.match(value) if isinstance(value, str) else None
    return found[0] if found else ""


@dataclass
class Hands(Panel):
    """An admin of the workspace and member of #general, with no modal open yet."""

    @classmethod
    def new(cls, scene: Scene) -> "Hands":
        """Somebody whom nobody has seen before."""
        team = scene.slack.team
        name = f"walker{sum(not each.is_bot for each in team.people)}"
        person = team.add_person(name, name.title(), is_admin=True)
        team.add_member(scene.slack.general, person)
        return cls(scene, person)

    async def shows(self, text: str) -> View:
        """The modal on top, once that is in it."""
        await self.scene.until(lambda: text in self._said())
        return self.top

    async def filled(self) -> None:
        """Wait until the modal says more than to wait."""
        await self.scene.until(lambda: ONE_MOMENT not in self._said())

    async def home(self) -> View:
        """Their home tab, once it is drawn."""
        slack = self.scene.slack
        slack.open_home(self.person)
        await self.scene.until(lambda: slack.home(self.person) is not None)
        view = slack.home(self.person)
        assert view is not None
        return view

    async def hears_aside(self, channel_id: str, action_id: str) -> Message:
        """What Confab says there to this person alone, with that button."""
        history = self.scene.slack.record.history

        def found() -> list[Message]:
            own = [each for each in history.everything() if each.ephemeral_to == self.person.id]
            return [each for each in own if each.channel == channel_id and action_id in str(each.blocks)]

        await self.scene.until(lambda: bool(found()))
        return found()[-1]

    async def touch(self, where: Message | View) -> None:
        """Press each button and choose from each menu in it, whatever comes of that: it is acknowledged."""
        done: set[tuple[str, str, str]] = set()
        blocks = where.content["blocks"] if isinstance(where, View) else where.blocks
        for block, element in elements_of(blocks):
            if block["type"] == "input" and not block.get("dispatch_action"):
                continue
            for choice in _choices(element):
                which = element["action_id"], element["type"], word(choice)
                if which not in done:
                    self.scene.slack.press(
                        self.person, where, element["action_id"], choice, block_id=block["block_id"]
                    )
                done.add(which)
        await self.scene.settled()

    def _said(self) -> str:
        view = self.scene.slack.modal(self.person)
        return "" if view is None else str(view.content)


def _choices(element: JSON) -> list[Any]:
    """What can be chosen of it; of a button that is nothing."""
    kind = element["type"]
    if kind == "feedback_buttons":
        return [element[side]["value"] for side in ("positive_button", "negative_button")]
    values = [each["value"] for each in options_of(element)]
    if kind == "overflow" or kind in OPTION:
        return values
    if kind in OPTIONS:
        return [values[:1]]
    return ["0.5"] if kind in TYPED else [None]
