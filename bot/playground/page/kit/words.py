"""Text objects, and where a text is only shown as it stands."""

from html import unescape

from nicegui import ui

from bot.playground.page.emoji import SHORT_NAME, emoji
from bot.playground.page.prose import Prose
from bot.playground.workspace.messages import JSON


def plain(text: str) -> str:
    """A plain_text as it reads: Slack's three escapes undone, emoji as pictures."""
    return SHORT_NAME.sub(lambda found: emoji(found.group(1)) or found.group(), unescape(text))


def words(text: JSON | None) -> str:
    """The words of a text object, empty where there is none."""
    return plain(str((text or {}).get("text", "")))


def draw_text(text: JSON, prose: Prose, viewer: str) -> None:
    """A text object, into the container that is open; mentions of `viewer`, a person's id, stand out."""
    if text.get("type") == "plain_text":
        ui.label(words(text)).classes("plain")
    else:
        ui.html(prose.mrkdwn(str(text.get("text", "")), viewer), sanitize=False).classes("prose")
