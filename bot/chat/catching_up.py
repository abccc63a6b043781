"""The verb that reads what people said in a thread before Confab was asked there, and since it last was."""

from dataclasses import dataclass, replace

from bot.chat.overheard import BEGINNING_ONLY, UNREAD_THREAD
from bot.chat.ports import Conversations, Threads
from bot.chat.threads import ts_order
from bot.chat.turns import Turn


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """One look into the thread for each mention, and none where the thread began with Confab."""

    conversations: Conversations
    threads: Threads

    async def catch_up(self, turn: Turn) -> Turn:
        """The turn, once what stands in its thread up to its newest question is remembered.

        That Slack does not hand the thread out is no failure: then the turn has a note that says so. Raises
        what the database raises.
        """
        behind = turn.late is not None and turn.late.behind
        if turn.late is None or not behind or turn.answer or all(each.deleted for each in turn.questions):
            return turn
        newest = max((each.ts for each in turn.questions), key=ts_order)
        heard = await self.threads.said(turn.thread, after=turn.late.read, before=newest)
        turn = await self.conversations.overhear(turn, heard)
        if heard is not None and heard.whole:
            return turn
        return replace(turn, notes=(*turn.notes, UNREAD_THREAD if heard is None else BEGINNING_ONLY))
