"""Block Kit as elements: the blocks of messages."""

from collections.abc import Callable
from html import unescape
from typing import Any

from nicegui import ui

from bot.playground.page.emoji import SHORT_NAME, emoji
from bot.playground.page.prose import Prose
from bot.playground.workspace.messages import JSON

Press = Callable[[JSON, JSON], None]
"""Told when somebody presses something: the action as Slack reports it, and the element."""


class Blocks:
    """Draws blocks into the container that is open.

    Args:
        prose: renders their text.
        viewer: the id of who looks.
        press: hears of pressed buttons and chosen options.
    """

    def __init__(self, prose: Prose, viewer: str, press: Press) -> None:
        self._prose = prose
        self._viewer = viewer
        self._press = press
        self._kinds: dict[str, Callable[[JSON], None]] = {
            "section": self._section,
            "markdown": self._markdown,
            "header": self._header,
            "divider": self._divider,
            "context": self._context,
            "actions": self._actions,
            "context_actions": self._actions,
        }
        self._elements: dict[str, Callable[[JSON], None]] = {
            "button": self._button,
            "overflow": self._overflow,
            "feedback_buttons": self._feedback,
            "icon_button": self._button,
        }

    def draw(self, block: JSON) -> None:
        """Draw one block; one that the page does not know says its name."""
        self._kinds.get(str(block.get("type")), self._unknown)(block)

    def text(self, text: Any) -> None:
        """Draw a text object."""
        words = str(text.get("text", ""))
        if text.get("type") == "plain_text":
            ui.label(plain(words)).classes("plain")
        else:
            ui.html(self._prose.mrkdwn(words, self._viewer), sanitize=False).classes("prose")

    def _markdown(self, block: JSON) -> None:
        ui.html(self._prose.markdown(str(block.get("text", "")), self._viewer), sanitize=False).classes(
            "prose"
        )

    def _section(self, block: JSON) -> None:
        with ui.element("div").classes("block-section"):
            with ui.element("div").classes("block-text"):
                if block.get("text"):
                    self.text(block["text"])
                if block.get("fields"):
                    with ui.element("div").classes("block-fields"):
                        for each in block["fields"]:
                            self.text(each)
            if block.get("accessory"):
                self._element(block["accessory"], block)

    def _header(self, block: JSON) -> None:
        ui.label(plain(block["text"]["text"])).classes("block-header").props("role=heading aria-level=3")

    def _divider(self, _block: JSON) -> None:
        ui.element("hr").classes("block-divider")

    def _context(self, block: JSON) -> None:
        with ui.element("div").classes("block-context"):
            for each in block.get("elements", ()):
                if each.get("type") == "image":
                    ui.label(str(each.get("alt_text", "")))
                else:
                    self.text(each)

    def _actions(self, block: JSON) -> None:
        with ui.element("div").classes("block-actions"):
            for each in block.get("elements", ()):
                self._element(each, block)

    def _element(self, element: JSON, block: JSON) -> None:
        draw = self._elements.get(str(element.get("type")), self._unknown)
        draw({**element, "block_id": block.get("block_id", "")})

    def _button(self, element: JSON) -> None:
        style = {"primary": "is-primary", "danger": "is-danger"}.get(str(element.get("style")), "")
        label = plain((element.get("text") or {}).get("text", ""))
        button = ui.button(label, color=None, on_click=lambda: self._press(_action(element), element))
        button.classes(f"block-button {style}").props("flat no-caps")
        button.props["aria-label"] = element.get("accessibility_label") or label

    def _overflow(self, element: JSON) -> None:
        with ui.button(icon="more_horiz", color=None).props("flat aria-label='More options'") as button:
            button.classes("block-button")
            with ui.menu().props("auto-close"):
                for option in element.get("options", ()):
                    self._option(element, option)

    def _option(self, element: JSON, option: JSON) -> None:
        chosen = {"selected_option": option}
        ui.menu_item(
            plain(option["text"]["text"]), on_click=lambda: self._press(_action(element) | chosen, element)
        )

    def _feedback(self, element: JSON) -> None:
        for key, icon in (("positive_button", "thumb_up"), ("negative_button", "thumb_down")):
            self._thumb(element, element[key], icon)

    def _thumb(self, element: JSON, side: JSON, icon: str) -> None:
        said = {**_action(element), "value": side.get("value", "")}
        button = ui.button(icon=icon, color=None, on_click=lambda: self._press(said, element))
        button.classes("block-button").props("flat")
        button.props["aria-label"] = side.get("accessibility_label") or plain(side["text"]["text"])

    def _unknown(self, block: JSON) -> None:
        ui.label(f"[{block.get('type', 'block')}]").classes("block-unknown")


def plain(text: str) -> str:
    """A plain_text as it reads: Slack's three escapes undone, emoji as pictures."""
    return SHORT_NAME.sub(lambda found: emoji(found.group(1)) or found.group(), unescape(text))


def _action(element: JSON) -> JSON:
    kept = ("type", "action_id", "block_id", "value", "text")
    return {key: element[key] for key in kept if key in element}
