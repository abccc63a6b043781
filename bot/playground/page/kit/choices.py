"""What is chosen from a list: menus, boxes to tick, people and channels."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

from bot.playground.page import texts
from bot.playground.page.kit.hands import Hands
from bot.playground.page.kit.words import words
from bot.playground.workspace import ChannelKind
from bot.playground.workspace.interactions.elements import LISTS, options_of
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.team import SLACKBOT

_VALUE = "(event) => emit(event.target.value)"
_TICKED = "(event) => emit(event.target.checked)"
Offer = tuple[str, str, str]  # value, words, description


class Choices:
    """Drawn with the browser's own controls, which keyboards, screen readers and phones know."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self.kinds: dict[str, Callable[[JSON, JSON, str], None]] = {
            "static_select": self._menu,
            "multi_static_select": self._boxes,
            "checkboxes": self._boxes,
            "radio_buttons": self._radio,
            "external_select": self._external,
            "users_select": self._menu,
            "conversations_select": self._menu,
            "channels_select": self._menu,
            "multi_users_select": self._boxes,
            "multi_conversations_select": self._boxes,
            "multi_channels_select": self._boxes,
        }

    def _menu(self, block: JSON, element: JSON, label: str) -> None:
        chosen = self._chosen(block, element)
        hint = words(element.get("placeholder")) or texts.CHOOSE
        with ui.element("select").classes("select") as select:
            select.props["aria-label"] = label or hint
            if not chosen or block.get("optional"):
                _option("", hint, selected=not chosen)
            for group, offers in self._groups(element):
                self._offers(group, offers, chosen)

        async def change(event: GenericEventArguments) -> None:
            if not await self._hands.choose(block, element, event.args or None):
                _show_value(select, chosen[0] if chosen else "")

        select.on("change", change, js_handler=_VALUE)

    def _offers(self, group: str, offers: Sequence[Offer], chosen: Sequence[str]) -> None:
        if group:
            with ui.element("optgroup") as frame:
                frame.props["label"] = group
                for value, text, _ in offers:
                    _option(value, text, selected=value in chosen)
            return
        for value, text, _ in offers:
            _option(value, text, selected=value in chosen)

    def _boxes(self, block: JSON, element: JSON, label: str) -> None:
        with ui.element("div").classes("choices").props("role=group") as frame:
            frame.props["aria-label"] = label or words(element.get("placeholder")) or texts.CHOOSE
            for _, offers in self._groups(element):
                for offer in offers:
                    self._box(block, element, offer)

    def _box(self, block: JSON, element: JSON, offer: Offer) -> None:
        async def tick(event: GenericEventArguments) -> None:
            others = [value for value in self._chosen(block, element) if value != offer[0]]
            await self._hands.choose(block, element, [*others, offer[0]] if event.args else others)

        self._tickable("checkbox", block, element, offer).on("change", tick, js_handler=_TICKED)

    def _radio(self, block: JSON, element: JSON, label: str) -> None:
        with ui.element("div").classes("choices").props("role=radiogroup") as frame:
            frame.props["aria-label"] = label or texts.CHOOSE
            for _, offers in self._groups(element):
                for offer in offers:
                    self._dot(block, element, offer)

    def _dot(self, block: JSON, element: JSON, offer: Offer) -> None:
        async def tick(_event: GenericEventArguments) -> None:
            await self._hands.choose(block, element, offer[0])

        dot = self._tickable("radio", block, element, offer)
        dot.props["name"] = f"{block['block_id']}/{element['action_id']}"
        dot.on("change", tick, js_handler=_TICKED)

    def _tickable(self, kind: str, block: JSON, element: JSON, offer: Offer) -> ui.element:
        value, text, description = offer
        with ui.element("label").classes("choice"):
            box = ui.element("input").props(f"type={kind}")
            box.props["checked"] = value in self._chosen(block, element)
            box.props["aria-label"] = text
            with ui.element("span"):
                ui.label(text)
                if description:
                    ui.label(description).classes("choice-description")
        return box

    def _external(self, block: JSON, element: JSON, label: str) -> None:
        """A box to type into, and below it what the app offers for that."""
        chosen = self._hands.holds(block, element).get("selected_option")
        with ui.element("div").classes("external"):
            box = ui.element("input").classes("field").props("type=text autocomplete=off role=combobox")
            box.props["aria-label"] = label or words(element.get("placeholder")) or texts.CHOOSE
            box.props["placeholder"] = words(element.get("placeholder"))
            box.props["defaultValue"] = words(chosen["text"]) if chosen else ""
            offers = ui.element("div").classes("external-offers").props("role=listbox")

        asked: list[str] = [""]  # what was typed last; an answer to anything else comes too late

        async def ask(event: GenericEventArguments) -> None:
            asked[0] = query = str(event.args)
            found = await self._hands.options(block, element, query)
            if asked[0] != query:
                return
            offers.clear()
            with offers:
                for option in found:
                    self._offered(block, element, option, box, take)

        def take() -> None:
            asked[0] = ""
            offers.clear()

        box.on("input", ask, js_handler=_VALUE)
        box.on("focus", ask, js_handler=_VALUE)
        box.on("keydown.escape", take)

    def _offered(
        self,
        block: JSON,
        element: JSON,
        option: JSON,
        box: ui.element,
        taken: Callable[[], None],
    ) -> None:
        async def take() -> None:
            before = self._hands.holds(block, element).get("selected_option")
            _show_value(box, words(option["text"]))
            taken()
            if not await self._hands.choose(block, element, option["value"]):
                _show_value(box, words(before["text"]) if before else "")

        button = ui.button(words(option["text"]), color=None, on_click=take)
        button.classes("external-offer").props("flat no-caps align=left role=option")

    def _chosen(self, block: JSON, element: JSON) -> list[str]:
        holds = self._hands.holds(block, element)
        kind = str(element["type"])
        if kind in LISTS:
            found: Any = holds.get(f"selected_{LISTS[kind]}")
            return [found] if isinstance(found, str) else list(found or ())
        several = holds.get("selected_options") or [holds.get("selected_option")]
        return [each["value"] for each in several if each]

    def _groups(self, element: JSON) -> list[tuple[str, list[Offer]]]:
        kind = str(element["type"])
        if kind in LISTS:
            return [("", self._people() if "user" in kind else self._channels(kind))]
        if "option_groups" in element:
            return [(words(group["label"]), _offers_of(group)) for group in element["option_groups"]]
        return [("", _offers_of(element))]

    def _people(self) -> list[Offer]:
        people = self._hands.world.workspace.team.people
        return [
            (each.id, each.display_name, "") for each in people if not each.is_bot and each.id != SLACKBOT
        ]

    def _channels(self, kind: str) -> list[Offer]:
        wanted = {ChannelKind.PUBLIC} if "channels" in kind else {ChannelKind.PUBLIC, ChannelKind.PRIVATE}
        channels = self._hands.world.workspace.team.channels
        mine = (each for each in channels if each.has(self._hands.person.id))
        return [(each.id, f"#{each.name}", "") for each in mine if each.kind in wanted]


def _show_value(control: ui.element, value: str) -> None:
    """Show that value in the browser's own control, if it still stands there."""
    script = f"const control = getHtmlElement({control.id}); if (control) control.value = {json.dumps(value)}"
    control.client.run_javascript(script)


def _offers_of(holder: JSON) -> list[Offer]:
    return [
        (each["value"], words(each["text"]), words(each.get("description"))) for each in options_of(holder)
    ]


def _option(value: str, text: str, *, selected: bool) -> None:
    option = TextElement(tag="option", text=text)
    option.props["value"] = value
    option.props["selected"] = selected
