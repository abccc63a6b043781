"""Files on their way into a message: chosen, pasted or dropped, looked at, described, taken away again."""

import base64
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field

from nicegui import ui
from nicegui.events import UploadEventArguments

from bot.playground.page import texts
from bot.playground.page.pictures import PICTURES

LARGEST = 25 * 1024 * 1024
_THUMB = 400_000  # bytes; a larger picture is shown by its name alone until it is sent


@dataclass(slots=True)
class Attached:
    """A file that goes with the next message; `alt` says what a picture shows."""

    name: str
    content: bytes = field(repr=False)
    alt: str = ""

    @property
    def kind(self) -> str:
        """Its media type, by its name."""
        return mimetypes.guess_type(self.name)[0] or ""


class Attaching:
    """What a message box has beside its text; the tray of files is drawn into the container that is open."""

    def __init__(self) -> None:
        self._files: list[Attached] = []
        self._coming = False
        self._then: Callable[[], None] | None = None
        self._tray = ui.element("div").classes("attached").props("role=list")
        self._tray.props["aria-label"] = texts.ATTACHED
        self._upload = ui.upload(
            multiple=True,
            auto_upload=True,
            max_file_size=LARGEST,
            on_begin_upload=self._begin,
            on_upload=self._take,
            on_multi_upload=self._end,
            on_rejected=lambda: ui.notify(texts.TOO_LARGE_FILE),
        ).classes("attach-upload")
        self.in_browser = f"getElement({self._upload.id}).$refs.qRef"

    def draw_button(self) -> None:
        """The way to choose files, into the container that is open."""
        button = ui.button(icon="attach_file", color=None).classes("icon-button is-small").props("flat dense")
        button.props["aria-label"] = button.props["title"] = texts.ATTACH
        button.on("click", js_handler=f"() => {self.in_browser}.pickFiles()")

    def when_there(self, act: Callable[[], None]) -> None:
        """Do it now, or once the files that are still coming are there."""
        if self._coming:
            self._then = act
        else:
            act()

    def take_all(self) -> tuple[Attached, ...]:
        """The files, which the tray then has no longer."""
        found = tuple(self._files)
        self._files.clear()
        self._draw()
        return found

    def _begin(self) -> None:
        self._coming = True

    async def _take(self, event: UploadEventArguments) -> None:
        self._files.append(Attached(event.file.name, await event.file.read()))
        self._draw()

    def _end(self) -> None:
        self._coming = False
        self._upload.reset()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _remove(self, file: Attached) -> None:
        self._files.remove(file)
        self._draw()

    def _draw(self) -> None:
        self._tray.clear()
        with self._tray:
            for file in self._files:
                self._chip(file)

    def _chip(self, file: Attached) -> None:
        with ui.element("div").classes("attached-file").props("role=listitem"):
            if file.kind in PICTURES and len(file.content) <= _THUMB:
                thumb = ui.element("img").classes("attached-thumb")
                thumb.props["src"] = f"data:{file.kind};base64,{base64.b64encode(file.content).decode()}"
                thumb.props["alt"] = ""
            else:
                ui.icon("description").props("aria-hidden=true")
            with ui.element("div").classes("attached-words"):
                ui.label(file.name).classes("attached-name")
                if file.kind in PICTURES:
                    alt = ui.input(placeholder=texts.ALT_TEXT, value=file.alt).bind_value_to(file, "alt")
                    alt.props("borderless dense").props["aria-label"] = texts.ALT_TEXT_OF.format(
                        name=file.name
                    )
            remove = ui.button(icon="close", color=None, on_click=lambda: self._remove(file))
            remove.classes("icon-button is-small").props("flat dense")
            remove.props["aria-label"] = remove.props["title"] = texts.REMOVE_FILE.format(name=file.name)
