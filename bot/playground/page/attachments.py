"""Files under a message: a name, a way to keep them, and the beginning of what can be read."""

from html import escape

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.pictures import PICTURES, draw_picture
from bot.playground.page.world import World
from bot.playground.workspace import File

_LINES = 12
_READABLE = ("text/", "application/json", "application/x-sh", "application/yaml", "application/xml")


def draw_files(world: World, files: tuple[File, ...]) -> None:
    """Draw them into the container that is open."""
    for file in files:
        stored = world.workspace.files.get(file.id)
        with ui.element("div").classes("file"):
            if stored is not None and file.mimetype in PICTURES:
                draw_picture(file)
            with ui.element("div").classes("file-head"):
                ui.icon("image" if file.mimetype in PICTURES else "description").props("aria-hidden=true")
                with ui.element("div").classes("file-words"):
                    title = file.title or file.name
                    ui.label(title).classes("file-title")
                    below = texts.FILE_SIZE if title == file.name else texts.FILE_NAME_AND_SIZE
                    ui.label(below.format(name=file.name, size=file.size)).classes("file-size")
                if stored is not None:
                    _download(file, stored.content)
            if stored is not None and file.mimetype.startswith(_READABLE):
                _preview(stored.content.decode("utf-8", "replace"))


def _download(file: File, content: bytes) -> None:
    button = ui.button(icon="download", color=None).classes("icon-button").props("flat dense")
    button.on_click(lambda: ui.download.content(content, file.name, file.mimetype))
    button.props["aria-label"] = button.props["title"] = texts.DOWNLOAD.format(name=file.name)


def _preview(text: str) -> None:
    lines = text.splitlines()
    frame = ui.html(_as_code(lines[:_LINES]), sanitize=False, tag="pre").classes("file-preview")
    frame.props("tabindex=0")
    if len(lines) <= _LINES:
        return
    more = ui.button(texts.SHOW_ALL.format(count=len(lines)), color=None).props("flat dense no-caps")

    def show_all() -> None:
        frame.set_content(_as_code(lines))
        more.delete()

    more.classes("link-button").on_click(show_all)


def _as_code(lines: list[str]) -> str:
    return escape("\n".join(lines), quote=False)
