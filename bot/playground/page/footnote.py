"""The quiet line under an answer: who wrote it, and the way to what that one saw."""

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.backstage import turn_of
from bot.playground.page.deeds import Deeds
from bot.playground.page.world import World
from bot.playground.workspace import Message


class Footnote:
    """Drawn into the container that is open; empty until the message is an answer of the practice model."""

    def __init__(self, world: World, deeds: Deeds) -> None:
        self._world = world
        self._deeds = deeds
        self._turn: str | None = None
        self._element = ui.element("div").classes("message-foot")

    def show(self, message: Message) -> None:
        """Fill it, or empty it again."""
        turn = turn_of(message) if message.app_id == self._world.workspace.app.app_id else None
        model = self._world.backstage.model if turn else None
        if turn == self._turn:
            return
        self._turn = turn
        self._element.clear()
        if turn is None or model is None:
            return
        with self._element:
            ui.label(texts.WRITTEN_BY.format(model=model.written_by))
            button = ui.button(texts.SEE_CHATML, color=None, on_click=lambda: self._deeds.see_chatml(turn))
            button.classes("link-button").props("flat dense no-caps")
