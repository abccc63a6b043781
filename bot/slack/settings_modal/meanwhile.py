"""Somebody else published while a draft was changed: what the root says of it, and the ways on."""

from collections.abc import Sequence

from bot.chat.outcomes import HistoryEntry
from bot.slack.blocks import Block, actions, button, confirm, context, divider, section
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.history import lines_of

ON_TOP = "settings.on_top"
KEEP_MINE = "settings.keep_mine"

PUT_ON_TOP = "Keep my changes on top"
HINT = (
    "On top: your draft takes over what they changed, and keeps what you changed yourself. "
    "Nothing is published yet."
)
NO_BASE = "There is nothing to put on top: the draft, or the version that it began from, is gone."
PUBLISH_OVER = "Publish mine over it"
OVER_TITLE = "Publish over the newer version?"
OVER_TEXT = (
    "Your draft takes the place of the newer version whole. "
    "That version stays in the history and can be restored."
)


def meanwhile_blocks(newest: int, entry: HistoryEntry | None) -> list[Block]:
    """What was published, as far as it is known, and the buttons; `newest` is its number."""
    said = [texts.MEANWHILE]
    if entry is not None:
        version = entry.version
        said = [texts.meanwhile_said(version.setup.version, version.by, version.at)]
        said += lines_of(entry.changes)
    asks = confirm(OVER_TITLE, OVER_TEXT, yes=texts.PUBLISH)
    on_top = button(PUT_ON_TOP, ON_TOP, style="primary")
    over = button(PUBLISH_OVER, KEEP_MINE, str(newest), style="danger", asks=asks)
    return [section("\n".join(said)), context(HINT), actions(on_top, over), divider()]


def on_top_said(version: int, both: Sequence[str]) -> str:
    """After a draft was put on top of that version."""
    said = f"Your draft now stands on top of version {version}, with your changes kept."
    if not both:
        return said
    return f"{said} Both of you changed {', '.join(both)}: there it has yours. Look it over, then publish."
