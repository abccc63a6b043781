"""From what somebody types to what Slack stores."""

import re
from html import unescape

from bot.playground.workspace.messages import JSON
from bot.playground.workspace.team import Team

_LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")
_TOKEN = re.compile(r"<([^<>]+)>")
_BROADCASTS = ("channel", "here", "everyone")


def escape(text: str) -> str:
    """The three characters that Slack escapes, and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encode(typed: str, team: Team) -> str:
    """Typed text in Slack's encoding.

    `@Name` of a member becomes `<@U..>`, `@channel` and its like `<!channel>`, `#name` of a channel
    `<#C..|name>`, a web address `<https://..>`; `&`, `<` and `>` are escaped. What names nobody stays text.
    """
    text = _LINK.sub(lambda found: f"<{found.group()}>", escape(typed))
    said = text.casefold()
    for name, token in _names(team):
        if name.casefold() not in said:
            continue  # a pattern for every channel would be dear in a large workspace
        text = re.sub(rf"(?<![\w@/]){re.escape(name)}(?!\w)", token, text, flags=re.IGNORECASE)
    return text


def _names(team: Team) -> list[tuple[str, str]]:
    """Every name that means somebody, longest first so that a short one never cuts a long one."""
    names = {f"@{word}": f"<!{word}>" for word in _BROADCASTS}
    for person in team.people:
        names[f"@{escape(person.display_name)}"] = f"<@{person.id}>"
        names[f"@{escape(person.name)}"] = f"<@{person.id}>"
    for channel in team.channels:
        if channel.name:
            names[f"#{escape(channel.name)}"] = f"<#{channel.id}|{channel.name}>"
    return sorted(names.items(), key=lambda each: -len(each[0]))


def rich_text(text: str) -> JSON:
    """The rich_text block that Slack adds to what people write."""
    elements: list[JSON] = []
    position = 0
    for token in _TOKEN.finditer(text):
        _add_text(elements, text[position : token.start()])
        elements.append(_rich_element(token.group(1)))
        position = token.end()
    _add_text(elements, text[position:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": "text", "elements": [section]}


def _add_text(elements: list[JSON], text: str) -> None:
    if text:
        elements.append({"type": "text", "text": unescape(text)})


def _rich_element(token: str) -> JSON:
    target, _, label = token.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    link: JSON = {"type": "link", "url": unescape(target)}
    return {**link, "text": unescape(label)} if label else link
