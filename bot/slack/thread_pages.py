"""Threads as Slack hands them out: the oldest message first, and the root again on top of every page."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from bot.chat.addressing import ORDINARY_SUBTYPES, SLACKBOT
from bot.chat.characters import legible
from bot.chat.overheard import Overheard, Transcript
from bot.chat.threads import ThreadKey, Us, ts_order
from bot.errors import SlackUnwilling, described
from bot.slack.calls import Calls
from bot.slack.direct import ASIDE
from bot.slack.history import as_heard, entries, words

_log = logging.getLogger(__name__)

PAGE = 999
"""Slack: at most 1,000 messages a page, the oldest first; some apps get fifteen, and one page a minute."""

MOST_PAGES = 4
"""Pages that are read for the newest of a thread which is longer than one."""

KEPT = 1_000
"""Messages of a thread that are kept, always the newest: no channel's window of past messages is longer."""

PATIENCE = 5.0
"""Seconds for a thread; an answer does not wait longer for it."""


class SlackThreads:
    """Implements `bot.chat.ports.Threads` for one workspace, by one call where a thread fits a page."""

    def __init__(self, calls: Calls, us: Us, *, patience: float = PATIENCE) -> None:
        self._calls = calls
        self._us = us
        self._patience = patience

    async def said(self, thread: ThreadKey, *, after: str = "", before: str = "") -> Transcript | None:
        """What stands between two ts; what came before Slack stopped handing out is better than nothing."""
        found: list[Overheard] = []
        read = 0
        try:
            async with asyncio.timeout(self._patience):
                cursor: str | None = None
                while cursor != "" and read < MOST_PAGES:
                    page = await self._page(thread, after, before, cursor)
                    known = {each.ts for each in found}
                    found += [each for each in self._of(page, thread) if each.ts not in known]
                    cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
                    read += 1
        except (SlackUnwilling, TimeoutError) as error:
            _log.info("a thread was not read to its end: %s", described(error))
            return _newest(_between(found, after, before), whole=False) if read else None
        return _newest(_between(found, after, before), whole=cursor == "")

    async def _page(
        self, thread: ThreadKey, after: str, before: str, cursor: str | None
    ) -> Mapping[str, Any]:
        return await self._calls.read(
            "conversations.replies",
            channel=thread.channel_id,
            ts=thread.root_ts,
            oldest=after or None,
            latest=before or None,
            limit=PAGE,
            cursor=cursor,
            include_all_metadata=True,
        )

    def _of(self, page: Mapping[str, Any], thread: ThreadKey) -> Iterable[Overheard]:
        for entry in entries(page):
            if (found := self._overheard(entry, thread)) is not None:
                yield found

    def _overheard(self, entry: Mapping[str, Any], thread: ThreadKey) -> Overheard | None:
        found = as_heard(entry, thread.channel_id, self._us.user_id)
        if found is None or found.subtype not in ORDINARY_SUBTYPES | {"bot_message"}:
            return None
        author = found.author_id or found.bot_id
        if author is None or author == SLACKBOT:
            return None
        ours = self._us.user_id == found.author_id or self._us.bot_id == found.bot_id
        if ours and (entry.get("metadata") or {}).get("event_type") == ASIDE:
            return None
        text = words(entry, self._us.user_id) if found.bot_id else found.text
        if not text.strip() and not found.files:
            return None
        bot = _bot_name(entry) if found.bot_id and not ours else ""
        return Overheard(
            found.ts, self._us.user_id if ours else author, text, bot=bot, ours=ours, files=found.files
        )


def _between(found: Iterable[Overheard], after: str, before: str) -> tuple[Overheard, ...]:
    """Slack repeats the root whatever was asked for."""
    return tuple(
        each
        for each in sorted(found, key=lambda each: ts_order(each.ts))
        if ts_order(each.ts) > ts_order(after) and (not before or ts_order(each.ts) < ts_order(before))
    )


def _newest(said: tuple[Overheard, ...], *, whole: bool) -> Transcript:
    return Transcript(said[-KEPT:], whole, earlier=max(0, len(said) - KEPT))


def _bot_name(entry: Mapping[str, Any]) -> str:
    profile = entry.get("bot_profile")
    named = entry.get("username") or (profile.get("name") if isinstance(profile, dict) else None)
    return legible(named).strip() if isinstance(named, str) and named.strip() else "a bot"
