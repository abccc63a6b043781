"""History: every published version, who made it, when, and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.versions import Version
from bot.slack.blocks import Block, actions, button, confirm, context, cut, modal, section
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.at import At

CALLBACK = "settings.history"
RESTORE = "settings.restore"
TURN = "settings.turn_history"
HOME = "settings.home"
PAGE = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A version with the lines that say what it changed; `hidden` ones were kept from this person."""

    version: Version
    changes: Sequence[str]


def history_view(
    entries: Sequence[Entry], at: At, *, current: int, older: bool, may_change: bool, note: str = ""
) -> Block:
    """One page of versions, newest first."""
    blocks: list[Block] = [context(note)] if note else []
    if not entries:
        blocks.append(section(texts.NO_HISTORY))
    for entry in entries:
        blocks += _entry(entry, at, current=current, may_change=may_change)
    turns = []
    if at.page:
        turns.append(button(texts.NEWEST, f"{TURN}.back", "0"))
    if older and entries:
        turns.append(button(texts.OLDER, f"{TURN}.on", str(entries[-1].version.setup.version)))
    if at.alone:
        turns.append(button(texts.ALL_SETTINGS, HOME))
    if turns:
        blocks.append(actions(*turns))
    close = texts.CLOSE if at.alone else texts.BACK
    return modal(texts.HISTORY, blocks, callback_id=CALLBACK, metadata=at.encoded(), close=close)


def _entry(entry: Entry, at: At, *, current: int, may_change: bool) -> list[Block]:
    version, number = entry.version, entry.version.setup.version
    head = f"*Version {number}*" + (f" ({texts.CURRENT})" if number == current else "")
    who = f"<@{version.by}>, {texts.date(version.at)}"
    if version.restored is not None:
        who += f", {texts.restored_said(version.restored)}"
    changes = [f"\u2022 {line}" for line in entry.changes[:10]] or [f"\u2022 {texts.NO_DIFFERENCE}"]
    asks = confirm(texts.RESTORE_TITLE.format(number=number), texts.RESTORE_TEXT, yes=texts.RESTORE)
    restore = button(texts.RESTORE, RESTORE, str(number), asks=asks)
    may_restore = may_change and number != current
    text = cut("\n".join([f"{head}\n{who}", *changes]), 2_900)
    return [section(text, restore if may_restore else None, block_id=f"version.{number}:{at.revision}")]
