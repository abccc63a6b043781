"""Where somebody writes: Enter sends, `@` offers names."""

import json
from collections.abc import Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.playground.page import texts
from bot.playground.page.avatars import avatar
from bot.playground.page.names import matching, started
from bot.playground.page.world import World
from bot.playground.workspace import Channel, Person

_BOX = "getElement(%d).$refs.qRef.getNativeElement()"


class Composer:
    """A message box, drawn into the container that is open.

    Args:
        world: whose people are offered.
        channel: where is written.
        label: what the box is called.
        send: told the text, which is never blank.
    """

    def __init__(self, world: World, channel: Channel, label: str, send: Callable[[str], None]) -> None:
        self._world = world
        self._channel = channel
        self._send = send
        self._offered: tuple[Person, ...] = ()
        self._chosen = 0
        self._text = ""
        with ui.element("div").classes("composer"):
            self._names = ui.element("div").classes("names").props("role=listbox")
            self._names.props["aria-label"] = texts.MENTION
            self._box = ui.textarea(placeholder=label).props("autogrow borderless dense")
            self._box.props["aria-label"] = label
            self._in_browser = _BOX % self._box.id
            names = f"getHtmlElement({self._names.id})"
            self._box.on("keydown", self._heard, js_handler=f"(event) => composer.key(event, {names}, emit)")
            self._box.on(
                "update:value",
                self._heard,
                js_handler=f"(text) => emit('typed', text, {self._in_browser}.selectionStart)",
            )
            self._draw_buttons()

    def focus(self) -> None:
        """Put the caret there."""
        self._box.run_method("focus")

    def write(self, text: str) -> None:
        """Put a text into the box, for the person to send."""
        where = f"{json.dumps(text)}, {len(text)}"
        self._box.client.run_javascript(f"composer.put({self._in_browser}, {where})")

    def _draw_buttons(self) -> None:
        with ui.element("div").classes("composer-buttons"):
            at = ui.button(icon="alternate_email", color=None, on_click=self._start_name)
            at.classes("icon-button is-small").props("flat dense")
            at.props["aria-label"] = at.props["title"] = texts.MENTION
            ui.label(texts.KEYS).classes("composer-keys")
            send = ui.button(icon="send", color=None)
            send.on("click", self._heard, js_handler=f"() => composer.send({self._in_browser}, emit)")
            send.classes("send-button").props("flat dense")
            send.props["aria-label"] = send.props["title"] = texts.SEND

    def _heard(self, event: GenericEventArguments) -> None:
        deed, text, caret = event.args
        match deed:
            case "typed":
                self._text = str(text or "")
                self._offer(started(self._text, int(caret)))
            case "send":
                self._offer(None)
                if text.strip():
                    self._send(text.strip())
            case "Escape":
                self._offer(None)
            case _ if self._offered:
                self._chosen = (self._chosen + (1 if deed == "ArrowDown" else -1)) % len(self._offered)
                self._draw_names()

    def _start_name(self) -> None:
        blank = " " if self._text and not self._text[-1].isspace() else ""
        self.write(f"{self._text}{blank}@")

    def _offer(self, name: str | None) -> None:
        app = self._world.workspace.confab.id
        people = self._world.workspace.team.people
        offered = () if name is None else matching(name, people, self._channel, app)
        if offered != self._offered:
            self._offered, self._chosen = offered, 0
            self._draw_names()

    def _draw_names(self) -> None:
        self._names.clear()
        with self._names:
            for index, person in enumerate(self._offered):
                self._draw_name(person, chosen=index == self._chosen)

    def _draw_name(self, person: Person, *, chosen: bool) -> None:
        option = ui.element("div").classes("name is-chosen" if chosen else "name")
        option.props(f"role=option aria-selected={'true' if chosen else 'false'}")
        option.props["data-name"] = person.display_name
        # Not at the click, which would take the focus out of the box.
        pick = f"(event) => composer.complete({self._in_browser}, event.currentTarget)"
        option.on("mousedown.prevent", js_handler=pick)
        with option:
            avatar(person, small=True)
            ui.label(person.display_name).classes("name-display")
            if person.is_bot:
                ui.label(texts.APP).classes("badge")
            elif person.real_name != person.display_name:
                ui.label(person.real_name).classes("name-real")
