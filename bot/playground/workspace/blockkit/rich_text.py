"""Rich text: sections, code and quotes, each with elements that are shown as they stand."""

from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.messages import JSON

_PARTS = {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}
_STYLES = {"bold", "italic", "strike", "code"}
_MOST = 1_000  # Slack names no figure: whatever is larger is no text for people


def check_rich_text(look: Inspection, body: JSON, at: str) -> None:
    """A rich_text block."""
    look.fields(body, at, ("type", "elements"), ("block_id",))
    for index, part in enumerate(look.items(body.get("elements"), f"{at}/elements", most=_MOST)):
        place = f"{at}/elements/{index}"
        inner = look.mapping(part, place)
        look.fields(inner, place, ("type", "elements"), ("border", "language"))
        look.choice(inner.get("type"), f"{place}/type", _PARTS)
        found = look.items(inner.get("elements"), f"{place}/elements", most=_MOST, least=0)
        for number, element in enumerate(found):
            _check_text(
                look, look.mapping(element, f"{place}/elements/{number}"), f"{place}/elements/{number}"
            )


def _check_text(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "text"), ("style",))
    look.choice(body.get("type"), f"{at}/type", {"text"})
    look.string(body.get("text"), f"{at}/text", 40_000, least=1)
    for name, value in look.mapping(body.get("style", {}), f"{at}/style").items():
        if name not in _STYLES or not isinstance(value, bool):
            look.fault(f"invalid additional property: {name}", f"{at}/style")
