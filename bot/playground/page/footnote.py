"""The quiet line under an answer: who wrote it, and the way to what that one saw."""

import asyncio

from nicegui import background_tasks, ui

from bot.playground.page import texts
from bot.playground.page.backstage import turn_of
from bot.playground.page.deeds import Deeds
from bot.playground.page.world import World
from bot.playground.workspace import Message

_LOOK_AGAIN = 0.25  # seconds; the bot may be done with an answer before the model has noted its end


class Footnote:
    """Drawn into the container that is open; empty unless the message has words of the practice model."""

    def __init__(self, world: World, deeds: Deeds) -> None:
        self._world = world
        self._deeds = deeds
        self._turn: str | None = None
        self._looking: asyncio.Task[None] | None = None
        self._element = ui.element("div").classes("message-foot")

    def show(self, message: Message) -> None:
        """Fill it, or empty it again, as soon as the model can tell."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        turn = turn_of(message) if message.app_id == self._world.workspace.app.app_id else None
        if turn is None or self._world.backstage.model is None:
            self._fill(None)
        else:
            self._looking = background_tasks.create(self._look(message, turn), name="who wrote it")

    async def _look(self, message: Message, turn: str) -> None:
        found = await self._world.authorship.is_models(message)
        while found is None and not self._element.is_deleted:
            await asyncio.sleep(_LOOK_AGAIN)
            found = await self._world.authorship.is_models(message)
        if not self._element.is_deleted:
            self._fill(turn if found else None)

    def _fill(self, turn: str | None) -> None:
        model = self._world.backstage.model
        if turn == self._turn or model is None:
            return
        self._turn = turn
        self._element.clear()
        if turn is None:
            return
        with self._element:
            ui.label(texts.WRITTEN_BY.format(model=model.written_by))
            button = ui.button(texts.SEE_CHATML, color=None, on_click=lambda: self._deeds.see_chatml(turn))
            button.classes("link-button").props("flat dense no-caps")
