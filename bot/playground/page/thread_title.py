"""What a thread is called, by the title of its session, which its people may change."""

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.status import title_of
from bot.playground.page.world import World
from bot.playground.workspace import Channel, Person


class ThreadTitle:
    """Drawn into the container that is open.

    Args:
        world: whose sessions have titles.
        viewer: who looks, and may change it.
        channel: where the thread is.
        root_ts: which thread.
    """

    def __init__(self, world: World, viewer: Person, channel: Channel, root_ts: str) -> None:
        self._world = world
        self._viewer = viewer
        self._place = (channel.id, root_ts)
        with ui.element("div").classes("title-row"):
            self._title = ui.label().classes("head-name is-title").props("role=heading aria-level=2")
            self._rename = ui.button(icon="edit", color=None, on_click=self._edit)
            self._rename.classes("icon-button is-small").props("flat dense")
            self._rename.props["aria-label"] = self._rename.props["title"] = texts.RENAME
            self._box = ui.input().classes("title-box").props("dense borderless maxlength=200")
            self._box.props["aria-label"] = texts.TITLE_OF_THREAD
            self._box.on("keydown.enter", self._save)
            self._box.on("keydown.escape.stop", self._close)
            self._box.on("blur", self._close)
        self._close()
        self.refresh()

    def refresh(self) -> None:
        """Show it as it is by now; before Confab has begun there is nothing to rename."""
        title = title_of(self._world.workspace, *self._place)
        self._title.set_text(title)
        self._title.props["title"] = title
        named = self._world.workspace.surfaces.session(*self._place) is not None
        self._rename.set_visibility(named and not self._box.visible)

    def _edit(self) -> None:
        self._box.set_value(self._title.text)
        self._show_box(visible=True)
        self._box.run_method("focus")
        self._box.run_method("select")

    def _save(self) -> None:
        title = str(self._box.value or "").strip()
        if title and title != self._title.text:
            self._world.workspace.rename_session(self._viewer, *self._place, title)
        self._close()
        button = f"getHtmlElement({self._rename.id})"
        self._rename.client.run_javascript(f"setTimeout(() => {button}?.focus())")  # once it is drawn again

    def _close(self) -> None:
        self._show_box(visible=False)
        self.refresh()

    def _show_box(self, *, visible: bool) -> None:
        self._box.set_visibility(visible)
        self._title.set_visibility(not visible)
        self._rename.set_visibility(not visible)
