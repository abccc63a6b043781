"""The first steps, shown until somebody has taken them."""

from collections.abc import Callable

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.world import World
from bot.playground.workspace import Person


class Hint:
    """Two questions to ask in #xbox-support, drawn into the container that is open.

    Args:
        world: whose messages tell how far the person has come.
        viewer: who is to ask.
        first: puts a text into the channel's message box.
        second: puts a text into the message box of the thread with that root.
    """

    def __init__(
        self, world: World, viewer: Person, first: Callable[[str], None], second: Callable[[str, str], None]
    ) -> None:
        self._world = world
        self._viewer = viewer
        self._second = second
        self._hidden = False
        with ui.element("section").classes("hint") as self._element:
            self._element.props["aria-label"] = texts.HINT_TITLE
            with ui.element("div").classes("hint-head"):
                ui.icon("tips_and_updates").props("aria-hidden=true")
                ui.label(texts.HINT_TITLE).classes("hint-title").props("role=heading aria-level=2")
                close = ui.button(icon="close", color=None, on_click=self._hide)
                close.classes("icon-button is-small").props("flat dense")
                close.props["aria-label"] = close.props["title"] = texts.HINT_HIDE
            self._steps = [
                _step("1", texts.HINT_FIRST, texts.HINT_FIRST_QUESTION, first),
                _step("2", texts.HINT_THEN, texts.HINT_SECOND_QUESTION, self._ask_on),
            ]
        self.refresh()

    def refresh(self) -> None:
        """Tick off what is done; once all is, the hint goes."""
        done = self._done()
        for step, is_done in zip(self._steps, done, strict=True):
            step.classes(add="is-done" if is_done else "", remove="" if is_done else "is-done")
        self._element.set_visibility(not (self._hidden or all(done)))

    def _done(self) -> tuple[bool, bool]:
        mine = self._mine()
        return any(ts == root for ts, root in mine), any(ts != root for ts, root in mine)

    def _mine(self) -> list[tuple[str, str]]:
        workspace = self._world.workspace
        messages = workspace.record.history.channel(workspace.xbox_support.id)
        return [(each.ts, each.root_ts) for each in messages if each.user == self._viewer.id]

    def _ask_on(self, question: str) -> None:
        roots = [root for _, root in self._mine()]
        if roots:
            self._second(roots[-1], question)

    def _hide(self) -> None:
        self._hidden = True
        self.refresh()


def _step(number: str, words: str, question: str, use: Callable[[str], None]) -> ui.element:
    with ui.element("div").classes("hint-step") as element:
        ui.label(number).classes("hint-number").props("aria-hidden=true")
        with ui.element("div"):
            ui.label(words).classes("hint-words")
            button = ui.button(question, color=None, on_click=lambda: use(question))
            button.classes("hint-question").props("flat no-caps align=left")
            button.props["title"] = texts.HINT_USE
    return element
