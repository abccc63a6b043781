"""Rich text blocks as HTML."""

from html import escape

from bot.playground.page.emoji import emoji
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.team import Team

_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "code": "code", "underline": "u"}


def rich_text_html(block: JSON, team: Team) -> str:
    """The whole block; nothing in it is HTML of its own."""
    return "".join(_part(part, team) for part in block.get("elements", ()))


def _part(part: JSON, team: Team) -> str:
    kind = part.get("type")
    if kind == "rich_text_list":
        tag = "ol" if part.get("style") == "ordered" else "ul"
        items = "".join(f"<li>{_inline(item, team)}</li>" for item in part["elements"])
        return f"<{tag}>{items}</{tag}>"
    inner = _inline(part, team)
    if kind == "rich_text_preformatted":
        return f'<pre tabindex="0"><code>{inner}</code></pre>'
    if kind == "rich_text_quote":
        return f"<blockquote>{inner}</blockquote>"
    return f'<p class="keeps-lines">{inner}</p>'


def _inline(part: JSON, team: Team) -> str:
    return "".join(_element(each, team) for each in part.get("elements", ()))


def _element(element: JSON, team: Team) -> str:
    draw = {"text": _text, "link": _link, "emoji": _picture}.get(str(element.get("type")))
    return draw(element) if draw else _name(element, team)


def _text(element: JSON) -> str:
    return _styled(escape(element["text"], quote=False), element)


def _link(element: JSON) -> str:
    label = escape(element.get("text") or element["url"])
    address = escape(element["url"])
    if not address.startswith(("http://", "https://", "mailto:")):
        return label
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{label}</a>'


def _picture(element: JSON) -> str:
    return emoji(element["name"]) or f":{escape(element['name'])}:"


def _name(element: JSON, team: Team) -> str:
    person = team.find_person(str(element.get("user_id", "")))
    channel = team.find_channel(str(element.get("channel_id", "")))
    if person is None and channel is None:
        return escape(str(element.get("fallback") or element.get("user_id") or element.get("channel_id", "")))
    name = f"@{person.display_name}" if person else f"#{channel.name if channel else ''}"
    return f'<span class="mention">{escape(name)}</span>'


def _styled(text: str, element: JSON) -> str:
    for style, tag in _TAGS.items():
        if element.get("style", {}).get(style):
            text = f"<{tag}>{text}</{tag}>"
    return text
