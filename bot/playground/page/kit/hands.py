"""What somebody does with the elements of one message or view."""

from typing import Any

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.kit.confirm import confirmed
from bot.playground.page.world import World
from bot.playground.workspace import DeliveryState, Message, Parcel, Person, View
from bot.playground.workspace.interactions.elements import initial
from bot.playground.workspace.messages import JSON


class Hands:
    """Given to every element that is drawn.

    Args:
        world: the workspace and what goes with it.
        person: whose hands these are.
        where: the message or view; of a view always its newest version counts.
    """

    def __init__(self, world: World, person: Person, where: Message | View) -> None:
        self.world = world
        self.person = person
        self._where = where if isinstance(where, Message) else where.id

    def holds(self, block: JSON, element: JSON) -> JSON:
        """What stands in that element, as in `state.values`."""
        if isinstance(self._where, str):
            view = self.world.workspace.surfaces.find(self._where)
            kept = view.state.get(block["block_id"], {}) if view else {}
            if element["action_id"] in kept:
                return kept[element["action_id"]]
        return initial(element)

    async def choose(self, block: JSON, element: JSON, choice: Any) -> bool:
        """Choose or type something; the app hears of it at once, unless it waits for the submission.

        False where the element asked first and the person declined.
        """
        if block["type"] != "input" or block.get("dispatch_action"):
            return await self.press(block, element, choice)
        self.put(block, element, choice)
        return True

    def put(self, block: JSON, element: JSON, choice: Any) -> None:
        """Type or choose something that waits for the submission."""
        if isinstance(self._where, str) and self.world.workspace.surfaces.find(self._where):
            place = (block["block_id"], element["action_id"])
            self.world.workspace.fill(self.person, self._where, {place: choice})

    async def press(self, block: JSON, element: JSON, choice: Any = None) -> bool:
        """Press it, once whatever it asks first is confirmed; False where that was declined."""
        if element.get("confirm") and not await confirmed(
            element["confirm"], self.world.prose, self.person.id
        ):
            return False
        try:
            parcel = self.world.workspace.press(
                self.person, self._where, element["action_id"], choice, block_id=block["block_id"]
            )
        except KeyError:
            ui.notify(texts.GONE, position="top")
            return True
        await tell_if_lost(parcel)
        return True

    async def options(self, block: JSON, element: JSON, query: str) -> list[JSON]:
        """What the app offers for that query, in an external select."""
        if len(query) < element.get("min_query_length", 3):
            return []
        try:
            parcel = self.world.workspace.options(
                self.person, self._where, element["action_id"], query, block_id=block["block_id"]
            )
        except KeyError:
            return []
        await parcel.settled.wait()
        answer = parcel.answer or {}
        groups = answer.get("option_groups") or [answer]
        return [option for group in groups for option in group.get("options", ())]


async def tell_if_lost(parcel: Parcel) -> None:
    """Say so where the app did not answer in time."""
    await parcel.settled.wait()
    if parcel.state is DeliveryState.GIVEN_UP:
        ui.notify(texts.NO_ANSWER, position="top")
