"""Somebody else published while a draft was changed: what the root says of it, and the ways on."""

from bot.chat.outcomes import HistoryEntry
from bot.slack.blocks import Block, actions, button, confirm, context, divider, section
from bot.slack.settings_modal import draft_texts, texts
from bot.slack.settings_modal.history import lines_of

ON_TOP = "settings.on_top"
KEEP_MINE = "settings.keep_mine"


def meanwhile_blocks(newest: int, entry: HistoryEntry | None) -> list[Block]:
    """What was published, as far as it is known, and the buttons; `newest` is its number."""
    said = [texts.MEANWHILE]
    if entry is not None:
        version = entry.version
        said = [texts.meanwhile_said(version.setup.version, version.by, version.at)]
        said += lines_of(entry.changes)
    asks = confirm(draft_texts.OVER_TITLE, draft_texts.OVER_TEXT, yes=texts.PUBLISH)
    on_top = button(draft_texts.PUT_ON_TOP, ON_TOP, style="primary")
    over = button(draft_texts.PUBLISH_OVER, KEEP_MINE, str(newest), style="danger", asks=asks)
    return [section("\n".join(said)), context(draft_texts.HINT), actions(on_top, over), divider()]
