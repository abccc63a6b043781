"""Where somebody writes: Enter sends, `@` offers names."""

from collections.abc import Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.playground.page import texts
from bot.playground.page.avatars import avatar
from bot.playground.page.names import completed, matching, started
from bot.playground.page.world import World
from bot.playground.workspace import Channel, Person

# In the browser, because the text must be gone at once: what is typed next belongs to the next message.
_ON_KEY = """(event) => {
  if (event.isComposing) return;
  const box = event.target;
  const offered = document.getElementById('%s').childElementCount > 0;
  const taken = offered && ['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key);
  const sent = !taken && event.key === 'Enter' && !event.shiftKey;
  if (!taken && !sent) return;
  event.preventDefault();
  event.stopPropagation();
  emit({deed: taken ? event.key : 'send', text: box.value, caret: box.selectionStart});
  if (sent) {
    box.value = '';
    box.dispatchEvent(new Event('input', {bubbles: true}));
  }
}"""
_ON_TYPED = """(text) => {
  const box = document.getElementById('%s')?.querySelector('textarea') ?? document.activeElement;
  emit({deed: 'typed', text: text ?? '', caret: box.selectionStart ?? (text ?? '').length});
}"""
_PLACE_CARET = """
  const box = getElement(%d).$refs.qRef.getNativeElement();
  box.focus();
  setTimeout(() => box.setSelectionRange(%d, %d), 0);
"""


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
        self._text, self._caret = "", 0
        with ui.element("div").classes("composer"):
            self._names = ui.element("div").classes("names").props("role=listbox")
            self._names.props["aria-label"] = texts.MENTION
            self._box = ui.textarea(placeholder=label).props("autogrow borderless dense")
            self._box.props["aria-label"] = label
            self._box.on("keydown", self._heard, js_handler=_ON_KEY % self._names.html_id)
            self._box.on("update:value", self._heard, js_handler=_ON_TYPED % self._box.html_id)
            self._draw_buttons()

    def focus(self) -> None:
        """Put the caret there."""
        self._box.run_method("focus")

    def write(self, text: str) -> None:
        """Put a text into the box, for the person to send."""
        self._put(text, len(text))

    def _draw_buttons(self) -> None:
        with ui.element("div").classes("composer-buttons"):
            at = ui.button(icon="alternate_email", color=None, on_click=self._start_name)
            at.classes("icon-button is-small").props("flat dense")
            at.props["aria-label"] = at.props["title"] = texts.MENTION
            ui.label(texts.KEYS).classes("composer-keys")
            send = ui.button(icon="send", color=None, on_click=self._send_box)
            send.classes("send-button").props("flat dense")
            send.props["aria-label"] = send.props["title"] = texts.SEND

    def _heard(self, event: GenericEventArguments) -> None:
        deed = event.args["deed"]
        self._text, self._caret = str(event.args["text"]), int(event.args["caret"])
        match deed:
            case "typed":
                self._offer()
            case "send":
                self._take(self._text)
            case "Escape":
                self._offer_none()
            case "ArrowDown" | "ArrowUp":
                self._chosen = (self._chosen + (1 if deed == "ArrowDown" else -1)) % len(self._offered or "x")
                self._draw_names()
            case _ if self._offered:
                self._complete(self._offered[self._chosen])

    def _send_box(self) -> None:
        text = str(self._box.value or "")
        self._box.set_value("")
        self._take(text)

    def _take(self, text: str) -> None:
        self._offer_none()
        if text.strip():
            self._send(text.strip())

    def _start_name(self) -> None:
        text = str(self._box.value or "")
        blank = " " if text and not text[-1].isspace() else ""
        self._put(f"{text}{blank}@", len(text + blank) + 1)
        self._offer()

    def _offer(self) -> None:
        name = started(self._text, self._caret)
        app = self._world.workspace.confab.id
        people = self._world.workspace.team.people
        self._offered = () if name is None else matching(name, people, self._channel, app)
        self._chosen = 0
        self._draw_names()

    def _offer_none(self) -> None:
        if self._offered:
            self._offered = ()
            self._draw_names()

    def _draw_names(self) -> None:
        self._names.clear()
        with self._names:
            for index, person in enumerate(self._offered):
                self._draw_name(person, chosen=index == self._chosen)

    def _draw_name(self, person: Person, *, chosen: bool) -> None:
        option = ui.element("div").classes("name is-chosen" if chosen else "name")
        option.props(f"role=option aria-selected={'true' if chosen else 'false'}")
        # The box keeps its focus: a click would take it before the name is written.
        option.on("mousedown.prevent", lambda: self._complete(person))
        with option:
            avatar(person, small=True)
            ui.label(person.display_name).classes("name-display")
            if person.is_bot:
                ui.label(texts.APP).classes("badge")
            elif person.real_name != person.display_name:
                ui.label(person.real_name).classes("name-real")

    def _complete(self, person: Person) -> None:
        text, caret = completed(self._text, self._caret, person.display_name)
        self._offer_none()
        self._put(text, caret)

    def _put(self, text: str, caret: int) -> None:
        self._text, self._caret = text, caret
        self._box.set_value(text)
        self._box.client.run_javascript(_PLACE_CARET % (self._box.id, caret, caret))
