"""The mention that led to Confab's invitation: whoever called it in would wait for ever."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from bot.chat.addressing import not_a_person
from bot.chat.greeting import Coming
from bot.chat.messages import Heard
from bot.chat.threads import Us
from bot.errors import SlackUnwilling, described
from bot.slack.calls import Calls
from bot.slack.history import as_heard, entries

_log = logging.getLogger(__name__)

MINUTES = 10
"""How old a mention may be that is answered after Confab came; Slack offers to invite it at once."""

PAGE = 100
THREADS = 3
"""Threads with new messages that are looked into as well: a channel's history shows no replies."""

Hear: TypeAlias = Callable[[Heard], Awaitable[object]]


class MissedMention:
    """Looks for it once Confab is in, and hears it as if it had come; what was heard before is not twice."""

    def __init__(self, calls: Calls, us: Us) -> None:
        self._calls = calls
        self._us = us

    def after(
        self, came: Callable[[Coming], Awaitable[object]], hear: Hear
    ) -> Callable[[Coming], Awaitable[None]]:
        """The verb given, and then the look. Until that is done the event has no ack, so none is lost."""

        async def came_and_heard(coming: Coming) -> None:
            await came(coming)
            missed = await self._missed(coming)
            if missed is not None:
                await hear(missed)

        return came_and_heard

    async def _missed(self, coming: Coming) -> Heard | None:
        """The newest mention by a person within the last minutes; None where Slack refuses to show any."""
        since = f"{float(coming.at) - MINUTES * 60:.6f}"
        try:
            page = await self._calls.read("conversations.history", channel=coming.channel_id, limit=PAGE)
            found = entries(page)
            recent = [each for each in found if str(each.get("latest_reply") or "") > since][:THREADS]
            for root in recent:
                found += entries(
                    await self._calls.read(
                        "conversations.replies",
                        channel=coming.channel_id,
                        ts=root["ts"],
                        oldest=since,
                        limit=PAGE,
                    )
                )
        except SlackUnwilling as refused:
            if refused.passing:
                raise
            _log.info("no look for a mention that came before Confab: %s", described(refused))
            return None
        mentioning = [self._mentioning(each, coming) for each in found]
        mentions = [each for each in mentioning if each is not None and since < each.ts < coming.at]
        return max(mentions, key=lambda each: each.ts, default=None)

    def _mentioning(self, entry: Mapping[str, Any], coming: Coming) -> Heard | None:
        found = as_heard(entry, coming.channel_id, self._us.user_id)
        if found is None or self._us.user_id not in found.mentions:
            return None
        return None if not_a_person(found, self._us) else found
