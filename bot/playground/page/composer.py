"""Where somebody writes: Enter sends, `@` offers names, `/` offers commands."""

import json
from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.playground.page import texts
from bot.playground.page.attaching import Attached, Attaching
from bot.playground.page.offering import Offer, draw_offer, offers
from bot.playground.page.world import World
from bot.playground.workspace import Channel
from bot.playground.workspace.messages import JSON

_BOX = "getElement(%d).$refs.qRef.getNativeElement()"


class Composer:
    """A message box, drawn into the container that is open.

    Args:
        world: whose people are offered.
        channel: where is written.
        label: what the box is called.
        send: told the text and the files; there is at least one of both.
        shortcut: starts a global shortcut, by its `callback_id`.
    """

    def __init__(
        self,
        world: World,
        channel: Channel,
        label: str,
        send: Callable[[str, tuple[Attached, ...]], None],
        shortcut: Callable[[str], Awaitable[None]],
    ) -> None:
        self._world = world
        self._channel = channel
        self._send = send
        self._shortcut = shortcut
        self._offered: tuple[Offer, ...] = ()
        self._chosen = 0
        self._text = ""
        with ui.element("div").classes("composer") as frame:
            self._names = ui.element("div").classes("names").props("role=listbox")
            self._names.props["aria-label"] = texts.MENTION
            self._attaching = Attaching()
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
            self._box.on(
                "paste", js_handler=f"(event) => composer.paste(event, {self._attaching.in_browser})"
            )
            self._draw_buttons()
        frame.on("dragover.prevent", js_handler="() => {}")
        dropped = f"(event) => composer.drop(event, {self._attaching.in_browser})"
        frame.on("drop.prevent", js_handler=dropped)

    def focus(self) -> None:
        """Put the caret there."""
        self._box.run_method("focus")

    def write(self, text: str) -> None:
        """Put a text into the box, for the person to send."""
        where = f"{json.dumps(text)}, {len(text)}"
        self._box.client.run_javascript(f"composer.put({self._in_browser}, {where})")

    def _draw_buttons(self) -> None:
        with ui.element("div").classes("composer-buttons"):
            self._draw_shortcuts()
            self._attaching.draw_button()
            at = ui.button(icon="alternate_email", color=None, on_click=self._start_name)
            at.classes("icon-button is-small").props("flat dense")
            at.props["aria-label"] = at.props["title"] = texts.MENTION
            ui.label(texts.KEYS).classes("composer-keys")
            send = ui.button(icon="send", color=None)
            send.on("click", self._heard, js_handler=f"() => composer.send({self._in_browser}, emit)")
            send.classes("send-button").props("flat dense")
            send.props["aria-label"] = send.props["title"] = texts.SEND

    def _draw_shortcuts(self) -> None:
        app = self._world.workspace.app
        started = [each for each in app.shortcuts if each["type"] == "global"]
        if not started and not app.commands:
            return
        with ui.button(icon="add", color=None).props("flat dense") as button:
            button.classes("icon-button is-small")
            button.props["aria-label"] = button.props["title"] = texts.SHORTCUTS
            with ui.menu().props("auto-close"):
                for each in app.commands:
                    self._command_item(each)
                for each in started:
                    self._shortcut_item(each)

    def _command_item(self, command: JSON) -> None:
        with ui.menu_item(on_click=lambda: self.write(f"{command['command']} ")), ui.element("div"):
            ui.label(f"{command['command']} {command.get('usage_hint', '')}")
            ui.label(str(command.get("description", ""))).classes("menu-note")

    def _shortcut_item(self, shortcut: JSON) -> None:
        with (
            ui.menu_item(on_click=lambda: self._shortcut(str(shortcut["callback_id"]))),
            ui.element("div"),
        ):
            ui.label(str(shortcut["name"]))
            ui.label(str(shortcut.get("description", ""))).classes("menu-note")

    def _heard(self, event: GenericEventArguments) -> None:
        deed, text, caret = event.args
        match deed:
            case "typed":
                self._text = str(text or "")
                self._offer(offers(self._world.workspace, self._text, int(caret), self._channel))
            case "send":
                self._offer(())
                self._attaching.when_there(lambda: self._send_all(text.strip()))
            case "Escape":
                self._offer(())
            case _ if self._offered:
                self._chosen = (self._chosen + (1 if deed == "ArrowDown" else -1)) % len(self._offered)
                self._draw_offers()

    def _send_all(self, text: str) -> None:
        files = self._attaching.take_all()
        if text or files:
            self._send(text, files)

    def _start_name(self) -> None:
        blank = " " if self._text and not self._text[-1].isspace() else ""
        self.write(f"{self._text}{blank}@")

    def _offer(self, offered: tuple[Offer, ...]) -> None:
        if offered != self._offered:
            self._offered, self._chosen = offered, 0
            self._draw_offers()

    def _draw_offers(self) -> None:
        self._names.clear()
        with self._names:
            for index, offer in enumerate(self._offered):
                option = draw_offer(offer, chosen=index == self._chosen)
                # Not at the click, which would take the focus out of the box.
                pick = f"(event) => composer.complete({self._in_browser}, event.currentTarget)"
                option.on("mousedown.prevent", js_handler=pick)
