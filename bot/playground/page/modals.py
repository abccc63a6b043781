"""The modal that a person has open, with what lies below it."""

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.kit.hands import tell_if_lost
from bot.playground.page.kit.words import words
from bot.playground.page.view_body import ViewBody
from bot.playground.page.world import World
from bot.playground.workspace import Parcel, Person, View


class ModalDialog:
    """One dialog for a tab; it shows whatever lies on top of its person's stack.

    Args:
        world: the workspace and what goes with it.
        viewer: whose modals these are.
    """

    def __init__(self, world: World, viewer: Person) -> None:
        self._world = world
        self._viewer = viewer
        self._shown: str | None = None
        self._bars: tuple[object, ...] = ()
        self._sent: Parcel | None = None
        with ui.dialog().props("persistent no-esc-dismiss no-shake") as self._dialog:
            self._frame = ui.element("section").classes("dialog modal").props("tabindex=-1")
        with self._frame:
            self._head = ui.element("header").classes("dialog-head")
            self._trouble = ui.label().classes("modal-trouble").props("role=alert")
            self._scroller = ui.element("div").classes("dialog-body modal-body")
            self._foot = ui.element("footer").classes("dialog-foot")
        self._body: ViewBody | None = None

    def become(self, viewer: Person) -> None:
        """Show somebody else's modals from now on."""
        self._viewer = viewer
        self._hide()

    def refresh(self) -> None:
        """Show what lies on top by now; what has not changed keeps its place, and the focus with it."""
        stack = self._world.workspace.surfaces.stack(self._viewer.id)
        if not stack:
            self._hide()
            return
        view = stack[-1]
        if view.id != self._shown or self._body is None:
            self._shown = view.id
            self._scroller.clear()
            with self._scroller:
                self._body = ViewBody(self._world, self._viewer, view, enter=self._submit)
            self._frame.client.run_javascript("modal.enter()")
        self._body.refresh(view)
        self._trouble.set_text(view.trouble)
        self._trouble.set_visibility(bool(view.trouble))
        self._show_bars(view, depth=len(stack))
        if not self._dialog.value:
            self._dialog.open()

    def _hide(self) -> None:
        if self._shown is not None:
            self._shown, self._body, self._bars = None, None, ()
            self._dialog.close()

    def _show_bars(self, view: View, depth: int) -> None:
        busy = self._sent is not None and not self._sent.settled.is_set()
        content = view.content
        bars = (view.id, content["title"], content.get("submit"), content.get("close"), depth, busy)
        if bars == self._bars:
            return
        self._bars = bars
        title = words(content["title"])
        self._dialog.props["aria-label"] = title
        self._head.clear()
        with self._head:
            if depth > 1:
                _icon("arrow_back", texts.BACK).on_click(self._close_top)
            ui.label(title).classes("dialog-title").props("role=heading aria-level=2")
            _icon("close", texts.CLOSE).on_click(self._close_all)
        self._foot.clear()
        with self._foot:
            close = ui.button(
                words(content.get("close")) or texts.CLOSE, color=None, on_click=self._close_top
            )
            close.classes("block-button closes-view").props("flat no-caps")
            if content.get("submit"):
                submit = ui.button(words(content["submit"]), color=None, on_click=self._submit)
                submit.classes("block-button is-primary").props("flat no-caps")
                submit.props["loading"] = submit.props["disable"] = busy

    async def _submit(self) -> None:
        view = self._world.workspace.modal(self._viewer)
        if view is None or view.id != self._shown or not view.content.get("submit"):
            return
        if self._sent is not None and not self._sent.settled.is_set():
            return
        self._sent = self._world.workspace.submit(self._viewer, view)
        self.refresh()
        if self._sent is None:
            self._frame.client.run_javascript("modal.showFirstError()")
            return
        await self._sent.settled.wait()
        self.refresh()
        self._frame.client.run_javascript("modal.showFirstError()")

    async def _close_top(self) -> None:
        await self._close(everything=False)

    async def _close_all(self) -> None:
        await self._close(everything=True)

    async def _close(self, *, everything: bool) -> None:
        view = self._world.workspace.modal(self._viewer)
        if view is None or view.id != self._shown:
            return
        told = self._world.workspace.close(self._viewer, view, everything=everything)
        self.refresh()
        for parcel in told:
            await tell_if_lost(parcel)


def _icon(name: str, label: str) -> ui.button:
    button = ui.button(icon=name, color=None).classes("icon-button").props("flat dense")
    button.props["aria-label"] = button.props["title"] = label
    return button
