"""The blocks themselves."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.kit.elements import Elements
from bot.playground.page.kit.hands import Hands
from bot.playground.page.kit.rich_text import rich_text_html
from bot.playground.page.kit.words import draw_text, words
from bot.playground.workspace.messages import JSON


class Blocks:
    """Draws blocks into the container that is open.

    Args:
        hands: what is done with their elements.
        enter: what Enter in a single line does, where it does anything.
    """

    def __init__(self, hands: Hands, enter: Callable[[], Awaitable[None]] | None = None) -> None:
        self._prose = hands.world.prose
        self._team = hands.world.workspace.team
        self._viewer = hands.person.id
        self._elements = Elements(hands, enter)
        self._errors: dict[str, ui.label] = {}
        self._kinds: dict[str, Callable[[JSON], None]] = {
            "section": self._section,
            "markdown": self._markdown,
            "rich_text": self._rich_text,
            "header": self._header,
            "divider": self._divider,
            "context": self._context,
            "actions": self._actions,
            "context_actions": self._quiet_actions,
            "input": self._input,
        }

    def draw(self, block: JSON) -> None:
        """Draw one block; one that the page does not know says its name."""
        self._kinds.get(str(block.get("type")), self._unknown)(block)

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show the sentences under the input blocks with these ids, and no others."""
        for block_id, label in self._errors.items():
            label.set_text(errors.get(block_id, ""))
            label.set_visibility(block_id in errors)

    def _text(self, text: JSON) -> None:
        draw_text(text, self._prose, self._viewer)

    def _markdown(self, block: JSON) -> None:
        html = self._prose.markdown(str(block.get("text", "")), self._viewer)
        ui.html(html, sanitize=False).classes("prose")

    def _rich_text(self, block: JSON) -> None:
        ui.html(rich_text_html(block, self._team), sanitize=False).classes("prose")

    def _section(self, block: JSON) -> None:
        with ui.element("div").classes("block-section"):
            with ui.element("div").classes("block-text"):
                if block.get("text"):
                    self._text(block["text"])
                if block.get("fields"):
                    with ui.element("div").classes("block-fields"):
                        for each in block["fields"]:
                            self._text(each)
            if block.get("accessory"):
                self._elements.draw(block, block["accessory"], words(block.get("text")))

    def _header(self, block: JSON) -> None:
        ui.label(words(block["text"])).classes("block-header").props("role=heading aria-level=3")

    def _divider(self, _block: JSON) -> None:
        ui.element("hr").classes("block-divider")

    def _context(self, block: JSON) -> None:
        with ui.element("div").classes("block-context"):
            for each in block.get("elements", ()):
                if each.get("type") == "image":
                    ui.label(str(each.get("alt_text", "")))
                else:
                    self._text(each)

    def _actions(self, block: JSON) -> None:
        with ui.element("div").classes("block-actions"):
            for each in block.get("elements", ()):
                self._elements.draw(block, each)

    def _quiet_actions(self, block: JSON) -> None:
        with ui.element("div").classes("block-actions is-quiet"):
            for each in block.get("elements", ()):
                self._elements.draw(block, each)

    def _input(self, block: JSON) -> None:
        label, element = words(block["label"]), block["element"]
        with ui.element("div").classes("block-input"):
            with ui.element("div").classes("input-label").props("aria-hidden=true"):
                ui.label(label)
                if block.get("optional"):
                    ui.label(texts.OPTIONAL).classes("input-optional")
            self._elements.draw(block, element, label)
            error = ui.label().classes("input-error").props("role=alert")
            error.set_visibility(False)
            self._errors[block["block_id"]] = error
            if block.get("hint"):
                ui.label(words(block["hint"])).classes("input-hint")

    def _unknown(self, block: JSON) -> None:
        ui.label(f"[{block.get('type', 'block')}]").classes("block-unknown")
