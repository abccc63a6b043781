"""Interactive elements: buttons and menus here, what is typed and chosen in the rooms beside."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from bot.playground.page import texts
from bot.playground.page.kit.choices import Choices
from bot.playground.page.kit.fields import Fields
from bot.playground.page.kit.hands import Hands
from bot.playground.page.kit.words import words
from bot.playground.workspace.messages import JSON

Draw = Callable[[JSON, JSON, str], None]
_STYLES = {"primary": "is-primary", "danger": "is-danger"}


class Elements:
    """Draws one element after the other into the container that is open.

    Args:
        hands: what is done with them.
        enter: what Enter in a single line does, where it does anything.
    """

    def __init__(self, hands: Hands, enter: Callable[[], Awaitable[None]] | None) -> None:
        self._hands = hands
        choices, fields = Choices(hands), Fields(hands, enter)
        self._kinds: dict[str, Draw] = {
            "button": self._button,
            "icon_button": self._button,
            "overflow": self._overflow,
            "feedback_buttons": self._feedback,
            **choices.kinds,
            **fields.kinds,
        }

    def draw(self, block: JSON, element: JSON, label: str = "") -> None:
        """Draw it, if this person is to see it; `label` is its name where it has none of its own."""
        if self._hands.person.id not in element.get("visible_to_user_ids", [self._hands.person.id]):
            return
        self._kinds.get(str(element.get("type")), self._unknown)(block, element, label)

    def _button(self, block: JSON, element: JSON, _label: str) -> None:
        label = words(element.get("text"))
        button = ui.button(label, color=None, on_click=self._presses(block, element))
        button.classes(f"block-button {_STYLES.get(str(element.get('style')), '')}").props("flat no-caps")
        button.props["aria-label"] = element.get("accessibility_label") or label
        if element.get("url"):
            button.on("click", js_handler=f"() => links.open({json.dumps(element['url'])})")

    def _overflow(self, block: JSON, element: JSON, _label: str) -> None:
        with ui.button(icon="more_horiz", color=None).props("flat") as button:
            button.classes("block-button is-overflow")
            button.props["aria-label"] = button.props["title"] = texts.MORE_OPTIONS
            with ui.menu().props("auto-close"):
                for option in element.get("options", ()):
                    chosen = self._presses(block, element, option["value"])
                    ui.menu_item(words(option["text"]), on_click=chosen)

    def _feedback(self, block: JSON, element: JSON, _label: str) -> None:
        for key, icon in (("positive_button", "thumb_up"), ("negative_button", "thumb_down")):
            side = element[key]
            button = ui.button(icon=icon, color=None, on_click=self._presses(block, element, side["value"]))
            button.classes("block-button").props("flat")
            button.props["aria-label"] = side.get("accessibility_label") or words(side["text"])

    def _presses(self, block: JSON, element: JSON, choice: Any = None) -> Callable[[], Any]:
        return lambda: self._hands.press(block, element, choice)

    def _unknown(self, _block: JSON, element: JSON, _label: str) -> None:
        ui.label(f"[{element.get('type', 'element')}]").classes("block-unknown")
