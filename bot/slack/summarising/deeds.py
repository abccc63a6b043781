"""Summarising a thread, and posting it: the slow part, which no acknowledgement waits for."""

import logging

from bot.chat.summarising import NoSummary, Summarising
from bot.errors import ConfabError, SlackUnwilling, described
from bot.slack.blocks import Block
from bot.slack.calls import Calls, ResponseLost
from bot.slack.command.presence import Presence
from bot.slack.direct import Directly
from bot.slack.filling import fill
from bot.slack.pressed import Pressed
from bot.slack.summarising import texts
from bot.slack.summarising.view import Draft, message, notice, posted_view, summary_view

_log = logging.getLogger(__name__)

_PRESSED_BEFORE = "hash_conflict"
"""Slack's word for a view that has changed since it was pressed."""


class SummaryDeeds:
    """Opens a modal at once and fills it when the model is done: a trigger lasts three seconds."""

    def __init__(self, summarising: Summarising, calls: Calls, presence: Presence, name: str) -> None:
        self._summarising = summarising
        self._calls = calls
        self._directly = Directly(calls)
        self._presence = presence
        self._name = name

    async def summarise(self, pressed: Pressed) -> None:
        """Show a summary of the message's thread to this person alone."""
        waiting = notice(texts.ONE_MOMENT)
        opened = await self._calls.write("views.open", trigger_id=pressed.trigger_id, view=waiting)
        view_id = str((opened.get("view") or {}).get("id", ""))
        await fill(self._calls, view_id, await self._summary(pressed), failed=notice(texts.FAILED))

    async def post(self, pressed: Pressed) -> None:
        """Post what the modal shows, once, for somebody who is a member of the channel now."""
        draft = Draft.decoded(pressed.about)
        if draft is None or not await self._is_first(pressed, draft):
            return
        after = await self._posted(draft, pressed.person_id)
        await fill(self._calls, pressed.view_id, after, failed=notice(texts.FAILED))

    async def _summary(self, pressed: Pressed) -> Block:
        channel_id, person_id = pressed.channel_id, pressed.person_id
        try:
            found = await self._summarising.summarise(channel_id, pressed.root_ts, person_id)
            if not isinstance(found, NoSummary):
                return summary_view(Draft.of(found))
            unseen = found in (NoSummary.NOT_MEMBER, NoSummary.UNREAD)
            if unseen and not await self._presence.with_us(channel_id, person_id):
                return notice(texts.not_here(self._name))
            return notice(texts.why_not(found))
        except ConfabError as error:
            _log.info("a thread was not summarised: %s", described(error))
            return notice(texts.failed(error))

    async def _is_first(self, pressed: Pressed, draft: Draft) -> bool:
        """Whether no press came before it, on whichever process: Slack lets one of them change the view."""
        view, seen = posted_view(draft, texts.POSTING), pressed.view_hash
        try:
            await self._calls.write("views.update", view_id=pressed.view_id, hash=seen, view=view)
        except SlackUnwilling as refused:
            if refused.code == _PRESSED_BEFORE:
                return False
            raise
        return True

    async def _posted(self, draft: Draft, person_id: str) -> Block:
        try:
            if not await self._summarising.is_member(draft.channel_id, person_id):
                return notice(texts.why_not(NoSummary.NOT_MEMBER))
            blocks = message(draft, person_id)
            await self._directly.post(draft.channel_id, texts.SUMMARY, blocks, root_ts=draft.root_ts)
        except ResponseLost:
            return posted_view(draft, texts.UNSURE)
        except ConfabError as error:
            _log.info("a summary was not posted: %s", described(error))
            return summary_view(draft, trouble=texts.NOT_POSTED)
        return posted_view(draft, texts.POSTED)
