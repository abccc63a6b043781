"""What people think of an answer: the slow part, which no acknowledgement waits for."""

import asyncio
from collections.abc import Awaitable

from bot.chat.feedback import Feedback
from bot.chat.opinions import StandingAnswer, Thumb
from bot.errors import ConfabError, SlackUnwilling
from bot.slack.answer_row.about import About
from bot.slack.answer_row.more_view import notice_view
from bot.slack.answer_row.row import GOOD
from bot.slack.answer_row.texts import FAILED, ONE_MOMENT
from bot.slack.blocks import Block
from bot.slack.calls import Calls
from bot.slack.feedback import texts
from bot.slack.feedback.view import WORD, word_view
from bot.slack.pressed import Pressed, Submitted


class FeedbackDeeds:
    """Each opens its modal at once, and fills it when it is done: a trigger lasts three seconds."""

    def __init__(self, feedback: Feedback, calls: Calls) -> None:
        self._feedback = feedback
        self._calls = calls

    async def rate(self, pressed: Pressed) -> None:
        """Keep a thumb, then offer a word to it."""
        await self._filled(pressed.trigger_id, texts.THANKS, self._rated(pressed))

    async def add_word(self, submitted: Submitted) -> None:
        """Keep the word that was sent."""
        about = About.decoded(submitted.about)
        if about is not None:
            spot = about.spot(submitted.person_id)
            await self._feedback.add_word(spot, submitted.typed.get(WORD, ""))

    async def not_for_you(self, pressed: Pressed) -> None:
        """Take an answer back, and say so to this person alone."""
        await self._filled(pressed.trigger_id, texts.NOT_FOR_YOU, self._retracted(pressed))

    async def _rated(self, pressed: Pressed) -> Block:
        about = About.message(pressed)
        found = await self._feedback.rate(about.spot(pressed.person_id), liked=pressed.value == GOOD)
        if isinstance(found, Thumb):
            return word_view(found, about)
        return notice_view(texts.THANKS, texts.not_rated(found))

    async def _retracted(self, pressed: Pressed) -> Block:
        spot = About.message(pressed).spot(pressed.person_id)
        found = await self._feedback.retract(spot, pressed.at)
        if not isinstance(found, StandingAnswer):
            return notice_view(texts.NOT_FOR_YOU, texts.not_retracted(found))
        deleted = [await self._deleted(found, ts) for ts in reversed(found.parts)]
        return notice_view(texts.NOT_FOR_YOU, texts.RETRACTED if all(deleted) else texts.HALF_RETRACTED)

    async def _deleted(self, answer: StandingAnswer, ts: str) -> bool:
        """Whether the message is gone from Slack; what stays is found again by the next press."""
        try:
            await self._calls.write("chat.delete", channel=answer.thread.channel_id, final=True, ts=ts)
        except SlackUnwilling as refused:
            return refused.code == "message_not_found"
        return True

    async def _filled(self, trigger_id: str, title: str, content: Awaitable[Block]) -> None:
        """Open a modal and do the work at once: what was pressed counts, also where Slack opens nothing."""
        view_id, view = await asyncio.gather(
            self._opened(trigger_id, title), _told(title, content), return_exceptions=True
        )
        for failed in (view_id, view):
            if isinstance(failed, BaseException):
                raise failed
        await self._calls.write("views.update", view_id=view_id, view=view)

    async def _opened(self, trigger_id: str, title: str) -> str:
        opened = await self._calls.write(
            "views.open", trigger_id=trigger_id, view=notice_view(title, ONE_MOMENT)
        )
        return str((opened.get("view") or {}).get("id", ""))


async def _told(title: str, content: Awaitable[Block]) -> Block:
    try:
        return await content
    except ConfabError:
        return notice_view(title, FAILED)
