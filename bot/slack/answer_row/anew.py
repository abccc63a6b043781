"""Asking somebody who changed their latest question whether they want another answer."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.chat.again import Regenerating
from bot.chat.messages import Amended, Deleted, Edited, Reworded
from bot.chat.regenerating import NotAgain
from bot.errors import SlackUnwilling
from bot.slack.answer_row import texts
from bot.slack.beside import Beside
from bot.slack.blocks import Block, actions, button, section
from bot.slack.calls import Calls
from bot.slack.pressed import Pressed
from bot.slack.responding import Responses

ANEW = "answer.anew"
Amend: TypeAlias = Callable[[Edited | Deleted], Awaitable[Amended]]


class AnewOffers:
    """One offer for each edit, to its author alone; a press on it says in its place what came of it.

    The database knows each edit once, whichever process hears of it first: that one makes the offer.
    """

    def __init__(
        self, calls: Calls, regenerating: Regenerating, responses: Responses, beside: Beside
    ) -> None:
        self._calls = calls
        self._regenerating = regenerating
        self._responses = responses
        self._beside = beside

    def after(self, amend: Amend) -> Amend:
        """The verb given, which then also begins to offer."""

        async def amended(change: Edited | Deleted) -> Amended:
            found = await amend(change)
            if isinstance(found, Reworded):
                self._beside.start(self._offer(found))
            return found

        return amended

    async def accept(self, pressed: Pressed) -> None:
        """Answer anew; the question's place came back with the button."""
        refused = await self._regenerating.regenerate(
            pressed.channel_id, pressed.value, pressed.person_id, at=pressed.at
        )
        text = texts.anew(refused)
        later = refused in (NotAgain.UNDER_WAY, NotAgain.AT_IT)
        blocks = _offer(text, pressed.value) if later else [section(text)]
        try:
            await self._responses.replace(pressed.answer_to, text, blocks)
        except SlackUnwilling:
            await self._show(pressed.channel_id, pressed.root_ts, pressed.person_id, text, [section(text)])

    async def _offer(self, reworded: Reworded) -> None:
        if await self._regenerating.may_offer(reworded):
            thread, text = reworded.thread, texts.REWORDED
            blocks = _offer(text, reworded.ts)
            await self._show(thread.channel_id, thread.root_ts, reworded.author_id, text, blocks)

    async def _show(
        self, channel_id: str, root_ts: str, person_id: str, text: str, blocks: list[Block]
    ) -> None:
        await self._calls.write(
            "chat.postEphemeral",
            channel=channel_id,
            final=True,
            user=person_id,
            thread_ts=root_ts,
            text=text,
            blocks=blocks,
        )


def _offer(text: str, question_ts: str) -> list[Block]:
    return [section(text), actions(button(texts.ANEW, ANEW, question_ts))]
