"""What is typed or handed in."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from bot.playground.page import texts
from bot.playground.page.kit.hands import Hands
from bot.playground.page.kit.words import words
from bot.playground.workspace import File
from bot.playground.workspace.messages import JSON

_VALUE = "(event) => emit(event.target.value)"
_FILES = "(event) => fileInput.read(event.target, emit)"
_TYPES = {"number_input": "text", "email_text_input": "email", "url_text_input": "url"}


class Fields:
    """Drawn with the browser's own controls.

    Args:
        hands: take what is typed, letter by letter, so that a redrawn view loses nothing.
        enter: what Enter in a single line does, where it does anything.
    """

    def __init__(self, hands: Hands, enter: Callable[[], Awaitable[None]] | None) -> None:
        self._hands = hands
        self._enter = enter
        self.kinds: dict[str, Callable[[JSON, JSON, str], None]] = {
            **dict.fromkeys(("plain_text_input", *_TYPES), self._line),
            "file_input": self._files,
        }

    def _line(self, block: JSON, element: JSON, label: str) -> None:
        multiline = bool(element.get("multiline"))
        field = ui.element("textarea" if multiline else "input").classes("field")
        field.props["aria-label"] = label
        field.props["placeholder"] = words(element.get("placeholder"))
        text = self._hands.holds(block, element).get("value") or ""
        field.props["defaultValue"] = text
        if multiline:
            field.props["rows"] = max(3, min(9, len(text) // 60 + text.count("\n") + 1))
        else:
            field.props["type"] = _TYPES.get(str(element["type"]), "text")
        if element["type"] == "number_input":
            field.props["inputmode"] = "decimal" if element.get("is_decimal_allowed") else "numeric"
        if element.get("focus_on_load"):
            field.props["autofocus"] = True
        if "max_length" in element:
            field.props["maxlength"] = element["max_length"]
        self._listen(field, block, element, multiline=multiline)

    def _listen(self, field: ui.element, block: JSON, element: JSON, *, multiline: bool) -> None:
        asked = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
        at_once = block.get("dispatch_action") or block["type"] != "input"

        async def typed(event: GenericEventArguments) -> None:
            self._hands.put(block, element, event.args)
            if at_once and "on_character_entered" in asked:
                await self._hands.press(block, element, event.args)

        async def entered(event: GenericEventArguments) -> None:
            if at_once and "on_enter_pressed" in asked:
                await self._hands.press(block, element, event.args)
            elif self._enter is not None:
                await self._enter()

        field.on("input", typed, js_handler=_VALUE)
        if not multiline:
            field.on("keydown.enter.prevent", entered, js_handler=_VALUE)

    def _files(self, block: JSON, element: JSON, label: str) -> None:
        with ui.element("div").classes("file-input"):
            picker = ui.element("input").props("type=file").classes("file-picker")
            picker.props["aria-label"] = label
            picker.props["multiple"] = element.get("max_files", 10) > 1
            if element.get("filetypes"):
                picker.props["accept"] = ",".join(f".{each}" for each in element["filetypes"])
            chosen = ui.element("div").classes("file-names")

        def take(event: GenericEventArguments) -> None:
            files = [self._stored(each) for each in event.args]
            self._hands.put(block, element, files)
            chosen.clear()
            with chosen:
                for file in files:
                    ui.label(texts.FILE_NAME_AND_SIZE.format(name=file.name, size=file.size))

        picker.on("change", take, js_handler=_FILES)

    def _stored(self, read: Any) -> File:
        content = base64.b64decode(read["content"])
        return self._hands.world.workspace.upload(self._hands.person, str(read["name"]), content)
