"""History: every published version, who made it, when, and what it changed."""

import re
from collections.abc import Mapping, Sequence

from bot.chat.changes import Change
from bot.chat.opinions import Rated
from bot.chat.outcomes import HistoryEntry, HistoryPage
from bot.chat.versions import WORKSPACE
from bot.slack.blocks import Block, actions, button, confirm, context, cut, escaped, modal, section
from bot.slack.feedback.texts import read_words, share
from bot.slack.settings_modal import texts
from bot.slack.settings_modal.at import At
from bot.slack.settings_modal.draft_texts import more_changes
from bot.slack.settings_modal.words import READ

CALLBACK = "settings.history"
RESTORE = "settings.restore"
TURN = "settings.turn_history"
HOME = "settings.home"
COMPARE_WITH = "settings.compare_with"
"""Its value is the version to begin with, the newest on the page that is not the current one."""
PAGE = 5
_LINES = 12
_MENTION = re.compile(r"&lt;(@[A-Z0-9]+)&gt;")


def history_view(
    listed: HistoryPage,
    at: At,
    *,
    current: int,
    may_change: bool,
    note: str = "",
    shares: Mapping[int, Rated] | None = None,
) -> Block:
    """One page of versions, newest first; `shares` says how answers of which version were rated."""
    blocks: list[Block] = [context(note)] if note else []
    if not listed.entries:
        blocks.append(section(texts.NO_HISTORY))
    for entry in listed.entries:
        rated = (shares or {}).get(entry.version.setup.version)
        blocks += _entry(entry, at, current=current, may_change=may_change, rated=rated)
    turns = []
    if at.page:
        turns.append(button(texts.NEWEST, f"{TURN}.back", "0"))
    if listed.older is not None:
        turns.append(button(texts.OLDER, f"{TURN}.on", str(listed.older)))
    if at.alone:
        turns.append(button(texts.ALL_SETTINGS, HOME))
    others = [number for each in listed.entries if (number := each.version.setup.version) != current]
    if may_change and others and at.channel_id != WORKSPACE:
        turns.append(button(texts.COMPARE_WITH, COMPARE_WITH, str(others[0])))
    if turns:
        blocks.append(actions(*turns))
    close = texts.CLOSE if at.alone else texts.BACK
    return modal(texts.HISTORY, blocks, callback_id=CALLBACK, metadata=at.encoded(), close=close)


def _entry(
    entry: HistoryEntry, at: At, *, current: int, may_change: bool, rated: Rated | None
) -> list[Block]:
    version, number = entry.version, entry.version.setup.version
    head = f"*Version {number}*" + (f" ({texts.CURRENT})" if number == current else "")
    who = f"<@{version.by}>, {texts.date(version.at)}"
    if version.restored is not None:
        who += f", {texts.restored_said(version.restored)}"
    if rated is not None:
        who += f"\n{share(rated)}"
    changes = lines_of(entry.changes, most=len(entry.changes)) or [f"\u2022 {texts.NO_DIFFERENCE}"]
    asks = confirm(texts.RESTORE_TITLE.format(number=number), texts.RESTORE_TEXT, yes=texts.RESTORE)
    restore = button(texts.RESTORE, RESTORE, str(number), asks=asks)
    may_restore = may_change and number != current
    text = cut("\n".join([f"{head}\n{who}", *changes]), 2_900)
    listed = [section(text, restore if may_restore else None, block_id=f"version.{number}:{at.mark}")]
    # What was said of the workspace's versions stands in channels that its readers need not be in.
    if may_change and rated is not None and rated.words and at.channel_id != WORKSPACE:
        listed.append(actions(button(read_words(rated.words), f"{READ}.{number}", str(number))))
    return listed


def lines_of(changes: Sequence[Change], most: int = _LINES) -> list[str]:
    """Changes as a list in Slack's markup, the first `most` of them."""
    lines = [
        f"\u2022 {escaped(each.what)}: {_short(each.before)} \u2192 {_short(each.after)}"
        for each in changes[:most]
    ]
    more = len(changes) - most
    return [*lines, f"\u2022 {more_changes(more)}"] if more > 0 else lines


def _short(text: str) -> str:
    """People stay people; whatever else looks like markup is text."""
    return _MENTION.sub(r"<\1>", escaped(cut(text, 100)))
