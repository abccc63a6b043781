"""Pictures that people share: where the page has them from, and how they are looked at."""

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.page import texts
from bot.playground.workspace import File, Workspace

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Kinds that a browser only shows; others, such as SVG, may hold what runs."""


def picture_route(workspace: Workspace) -> Route:
    """Pictures for the page itself, which has no bot token for a file's own address."""

    async def show(request: Request) -> Response:
        stored = workspace.files.get(request.path_params["file"])
        if stored is None or stored.file.mimetype not in PICTURES:
            return Response(status_code=404)
        head = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        return Response(stored.content, media_type=stored.file.mimetype, headers=head)

    return Route("/pictures/{file}", show, methods=["GET"])


def draw_picture(file: File) -> None:
    """The picture small, into the container that is open; a press shows it large."""
    button = ui.button(color=None, on_click=lambda: _enlarge(file)).props("flat no-caps")
    button.classes("picture").props["aria-label"] = texts.ENLARGE.format(name=alt_text(file))
    with button:
        _image(file)


def alt_text(file: File) -> str:
    """What stands for a picture where it is not seen: its author's words, or its name."""
    return file.alt or file.title or file.name


def _image(file: File) -> None:
    image = ui.element("img")
    image.props["src"] = f"/pictures/{file.id}"
    image.props["alt"] = alt_text(file)


def _enlarge(file: File) -> None:
    with ui.dialog() as dialog, ui.element("div").classes("dialog picture-large").props("role=document"):
        with ui.element("div").classes("dialog-head"):
            ui.label(alt_text(file)).classes("dialog-title")
            close = ui.button(icon="close", color=None, on_click=dialog.close)
            close.classes("icon-button").props("flat dense autofocus")
            close.props["aria-label"] = close.props["title"] = texts.CLOSE
        _image(file)
    dialog.on("hide", dialog.delete)
    dialog.open()
