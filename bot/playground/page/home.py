"""The app's home tab, beside the messages of the direct conversation with it."""

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.view_body import ViewBody
from bot.playground.page.world import World
from bot.playground.workspace import Person


class HomeTab:
    """Drawn into the container that is open; the app hears that it was opened."""

    def __init__(self, world: World, viewer: Person) -> None:
        self._world = world
        self._viewer = viewer
        self._body: ViewBody | None = None
        with ui.element("div").classes("scroller home").props("tabindex=0") as scroller:
            scroller.props["aria-label"] = texts.HOME
            self._inner = ui.element("div").classes("home-in")
        with self._inner:
            self._empty = ui.label(texts.HOME_EMPTY).classes("home-empty")
        world.workspace.open_home(viewer, "home")
        self.refresh()

    def refresh(self) -> None:
        """Show what the app published by now."""
        view = self._world.workspace.home(self._viewer)
        self._empty.set_visibility(view is None)
        if view is None:
            return
        if self._body is None:
            with self._inner:
                self._body = ViewBody(self._world, self._viewer, view)
        self._body.refresh(view)
