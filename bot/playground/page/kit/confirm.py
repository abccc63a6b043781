"""The question that some elements ask before they do anything."""

from nicegui import ui

from bot.playground.page.kit.words import draw_text, words
from bot.playground.page.prose import Prose
from bot.playground.workspace.messages import JSON


async def confirmed(asks: JSON, prose: Prose, viewer: str) -> bool:
    """Ask, and wait for the answer; whoever closes the dialog has said no."""
    # Beside the page's other content: what was pressed may be gone before the answer comes.
    with ui.context.client, ui.dialog() as dialog, ui.element("section").classes("dialog confirm"):
        with ui.element("header").classes("dialog-head"):
            ui.label(words(asks["title"])).classes("dialog-title").props("role=heading aria-level=2")
        with ui.element("div").classes("dialog-body"):
            draw_text(asks["text"], prose, viewer)
        with ui.element("footer").classes("dialog-foot"):
            deny = ui.button(words(asks["deny"]), color=None, on_click=lambda: dialog.submit(False))  # noqa: FBT003
            deny.classes("block-button").props("flat no-caps")
            confirm = ui.button(words(asks["confirm"]), color=None, on_click=lambda: dialog.submit(True))  # noqa: FBT003
            style = "is-danger" if asks.get("style") == "danger" else "is-primary"
            confirm.classes(f"block-button {style}").props("flat no-caps autofocus")
    dialog.props["aria-label"] = words(asks["title"])
    answer = await dialog
    dialog.delete()
    return bool(answer)
