"""Rich text: sections, lists, quotes and preformatted code."""

from collections.abc import Collection

from bot.playground.workspace.blockkit.inspection import Inspection
from bot.playground.workspace.messages import JSON

_INLINE: dict[str, tuple[Collection[str], Collection[str]]] = {
    "text": (("text",), ("style",)),
    "link": (("url",), ("text", "unsafe", "style")),
    "user": (("user_id",), ("style",)),
    "channel": (("channel_id",), ("style",)),
    "emoji": (("name",), ("unicode", "style", "skin_tone")),
    "date": (("timestamp", "format"), ("url", "fallback", "style")),
}
_STYLES = ("bold", "italic", "strike", "code", "highlight", "client_highlight", "unlink", "underline")
_CODE = ("text", "link")  # Slack: nothing else inside preformatted text
_PARTS: dict[str, tuple[Collection[str], Collection[str]]] = {
    "rich_text_section": (_INLINE, ()),
    "rich_text_quote": (_INLINE, ("border",)),
    "rich_text_preformatted": (_CODE, ("border", "language")),
}
_LIST_STYLES = ("bullet", "ordered")
_MOST = 1_000  # Slack names no figure; what is longer is no text for people


def check_rich_text(look: Inspection, body: JSON, at: str) -> None:
    """A rich_text block."""
    look.fields(body, at, ("type", "elements"), ("block_id",))
    for index, part in enumerate(look.items(body.get("elements"), f"{at}/elements", most=_MOST)):
        place = f"{at}/elements/{index}"
        whole = look.mapping(part, place)
        if whole.get("type") == "rich_text_list":
            _list(look, whole, place)
        else:
            _part(look, whole, place)


def _list(look: Inspection, body: JSON, at: str) -> None:
    look.fields(body, at, ("type", "style", "elements"), ("indent", "offset", "border"))
    look.choice(body.get("style"), f"{at}/style", _LIST_STYLES)
    for index, item in enumerate(look.items(body.get("elements"), f"{at}/elements", most=_MOST)):
        _part(look, look.mapping(item, at), f"{at}/elements/{index}")


def _part(look: Inspection, body: JSON, at: str) -> None:
    kind = str(body.get("type"))
    if kind not in _PARTS:
        look.fault(f"unsupported type: {kind}", f"{at}/type")
        return
    inline, optional = _PARTS[kind]
    look.fields(body, at, ("type", "elements"), optional)
    for index, element in enumerate(look.items(body.get("elements"), f"{at}/elements", most=_MOST, least=0)):
        _check_inline(look, look.mapping(element, at), f"{at}/elements/{index}", inline)


def _check_inline(look: Inspection, body: JSON, at: str, allowed: Collection[str]) -> None:
    kind = str(body.get("type"))
    if kind not in allowed:
        look.fault(f"unsupported type: {kind}", f"{at}/type")
        return
    required, optional = _INLINE[kind]
    look.fields(body, at, ("type", *required), optional)
    if "text" in body:
        look.string(body["text"], f"{at}/text", 1_000_000, least=1)
    if "style" in body:
        look.fields(look.mapping(body["style"], at), f"{at}/style", (), _STYLES)
