"""The blocks of a modal or home tab, redrawn one by one as the app changes them."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from bot.playground.page.kit.blocks import Blocks
from bot.playground.page.kit.hands import Hands
from bot.playground.page.world import World
from bot.playground.workspace import Person, View
from bot.playground.workspace.messages import JSON


class ViewBody:
    """Drawn into the container that is open.

    A block that an update leaves as it was stays as it is on the screen, with what is being typed there.
    """

    def __init__(
        self, world: World, viewer: Person, view: View, *, enter: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._blocks = Blocks(Hands(world, viewer, view), enter)
        self._drawn: list[tuple[JSON, ui.element]] = []
        self._hash = ""
        self._element = ui.element("div").classes("view-blocks")

    def refresh(self, view: View) -> None:
        """Show the blocks as they are now, and the errors under them."""
        if view.hash != self._hash:
            self._hash = view.hash
            self._redraw(view.content["blocks"])
        self._blocks.show_errors(view.errors)

    def _redraw(self, blocks: list[JSON]) -> None:
        old, self._drawn = self._drawn, []
        for index, block in enumerate(blocks):
            kept = next((each for each in old if each[0] == block), None)
            if kept is None:
                with self._element, ui.element("div").classes("view-block") as element:
                    self._blocks.draw(block)
                kept = (block, element)
            else:
                old.remove(kept)
            kept[1].move(self._element, index)
            self._drawn.append(kept)
        for _, element in old:
            element.delete()
