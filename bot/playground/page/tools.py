"""What somebody can do with a message: answer it, change it, delete it."""

from collections.abc import Callable, Sequence

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.reactions import draw_offers
from bot.playground.page.world import World
from bot.playground.workspace import Message, Person
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.sight import readable

Deed = Callable[[Message], object]


def draw_tools(
    viewer: Person,
    message: Message,
    *,
    reply: Callable[[str], None] | None,
    use_on: Callable[[str, Message], object],
    shortcuts: Sequence[JSON],
    edit: Deed,
    delete: Deed,
) -> None:
    """Draw the buttons that this person has on that message into the container that is open."""
    if reply is not None:
        _icon("chat_bubble_outline", texts.REPLY_HERE).on_click(lambda: reply(message.root_ts))
    may_edit = message.user == viewer.id
    on_messages = [each for each in shortcuts if each["type"] == "message"]
    if not (may_edit or viewer.is_admin or on_messages):
        return
    with _icon("more_vert", texts.MORE), ui.menu().props("auto-close"):
        for each in on_messages:
            _shortcut(each, message, use_on)
        if may_edit:
            ui.menu_item(texts.EDIT, on_click=lambda: edit(message))
        if may_edit or viewer.is_admin:
            ui.menu_item(texts.DELETE, on_click=lambda: delete(message)).classes("is-danger")


def draw_react(world: World, viewer: Person, message: Message) -> None:
    """Draw the way to put an emoji under the message."""
    with _icon("add_reaction", texts.REACT), ui.menu().props("auto-close"):
        draw_offers(world, viewer, message)


def _shortcut(shortcut: JSON, message: Message, use_on: Callable[[str, Message], object]) -> None:
    item = ui.menu_item(shortcut["name"], on_click=lambda: use_on(str(shortcut["callback_id"]), message))
    item.props["title"] = str(shortcut.get("description", ""))


def _icon(name: str, label: str) -> ui.button:
    button = ui.button(icon=name, color=None).classes("icon-button is-small").props("flat dense")
    button.props["aria-label"] = label
    button.props["title"] = label
    return button


class Editor:
    """A box in the place of a message's text, until its author saves or cancels.

    Args:
        world: whose workspace takes the change.
        message: what is edited.
        instead_of: the element that it stands in for.
    """

    def __init__(self, world: World, message: Message, instead_of: ui.element) -> None:
        self._world = world
        self._message = message
        self._instead_of = instead_of
        instead_of.set_visibility(False)
        with ui.element("div").classes("editor") as self._element:
            text = readable(message.text, world.workspace.team)
            self._box = ui.textarea(value=text).props("autogrow borderless dense autofocus")
            self._box.props["aria-label"] = texts.EDIT
            self._box.on("keydown.escape", self._close)
            with ui.element("div").classes("editor-buttons"):
                ui.button(texts.CANCEL, color=None, on_click=self._close).props("flat no-caps")
                save = ui.button(texts.SAVE, color=None, on_click=self._save)
                save.classes("is-primary").props("flat no-caps")

    def _save(self) -> None:
        text = str(self._box.value).strip()
        if text and text != readable(self._message.text, self._world.workspace.team):
            self._world.workspace.edit(self._message, text)
        self._close()

    def _close(self) -> None:
        self._instead_of.set_visibility(True)
        self._element.delete()
