"""What somebody typed and chose in a view, by the names of its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.chat.characters import legible

Value: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one view. A field is named by what stands before the colon in its `block_id`.

    `blocks` says under which `block_id` a field stood, so that an error finds it.
    """

    values: Mapping[str, Value] = field(repr=False)
    blocks: Mapping[str, str]

    def text(self, name: str) -> str | None:
        """What was typed or chosen; None where the view had no such field."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None

    def several(self, name: str) -> tuple[str, ...] | None:
        """What was chosen where several may be."""
        value = self.values.get(name)
        return value if isinstance(value, tuple) else None

    def long(self, name: str) -> str | None:
        """A text that was cut into fields, whole again."""
        parts = [self.text(f"{name}.{number}") for number in range(len(self.values))]
        found = [part for part in parts if part is not None]
        return "".join(found) if found else None

    def errors(self, faults: Mapping[str, str]) -> dict[str, str]:
        """Reasons by field, as Slack wants them by block; what has no block stands at the first one."""
        first = next(iter(self.blocks.values()), "")
        return {
            self.blocks.get(name, self.blocks.get(f"{name}.0", first)): reason
            for name, reason in faults.items()
        }


def typed(view: Mapping[str, object]) -> Typed:
    """Read a view's state; what is malformed is left out."""
    state = _mapping(_mapping(view.get("state")).get("values"))
    values: dict[str, Value] = {}
    blocks: dict[str, str] = {}
    for block_id, elements in state.items():
        for element in _mapping(elements).values():
            value = _value(_mapping(element))
            if value is not None:
                name = block_id.partition(":")[0]
                values[name], blocks[name] = value, block_id
    return Typed(values, blocks)


def _value(element: Mapping[str, object]) -> Value | None:
    kind = element.get("type")
    if kind == "multi_users_select":
        return _strings(element.get("selected_users"))
    if kind == "file_input":
        files = element.get("files")
        found = [_mapping(each).get("id") for each in files] if isinstance(files, list) else []
        return _strings(found)
    if kind in ("static_select", "radio_buttons", "external_select"):
        chosen = _mapping(element.get("selected_option")).get("value")
        return chosen if isinstance(chosen, str) else ""
    value = element.get("value")
    return legible(value) if isinstance(value, str) else ""


def _strings(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
