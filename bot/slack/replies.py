"""Slack, as a turn needs it: a reply in its thread, or help for one person."""

import logging
import time
from collections.abc import Awaitable, Callable, Collection

from bot.chat.ports import Reply
from bot.chat.threads import Us
from bot.chat.turns import Turn
from bot.errors import SlackUnwilling
from bot.slack.answer_row.row import stop_row
from bot.slack.blocks import Block
from bot.slack.calls import Calls, ResponseLost
from bot.slack.edited import EditedPart
from bot.slack.reply import ThreadReply
from bot.slack.session import Session, Sitting
from bot.slack.texts import HELP
from bot.slack.thinking import Thinking
from bot.slack.writing import StreamLimits, Writing, fallback

_log = logging.getLogger(__name__)


class SlackReplies:
    """Implements `bot.chat.ports.Slack` for one workspace.

    Args:
        calls: the way to the Web API.
        us: who Confab is there.
        scopes: what the workspace granted; with `chat:write.customize` a persona's name and icon show.
        limits: what Slack does not promise.
        clock: seconds; only differences count.
    """

    def __init__(
        self,
        calls: Calls,
        us: Us,
        *,
        scopes: Collection[str] = (),
        limits: StreamLimits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._calls = calls
        self._us = us
        self._shows_names = "chat:write.customize" in scopes
        self._limits = limits or StreamLimits()
        self._clock = clock
        self._streams = True
        self._shows_thinking = True
        self._has_sessions = True

    def reply(
        self,
        turn: Turn,
        persona_name: str,
        keep: Callable[[str], Awaitable[None]],
        *,
        icon: str = "",
        stopped: Callable[[], None] = lambda: None,
        drop: Callable[[str], Awaitable[bool]] | None = None,
    ) -> Reply:
        """Begin a reply; nothing is sent yet."""
        writing = self._writing(turn, persona_name, keep, icon)
        writing.stopped, writing.drop = stopped, drop
        writing.meanwhile = self._meanwhile
        return ThreadReply(writing, self._may_start, self._never_stream)

    async def whisper(self, turn: Turn, person_id: str, text: str) -> None:
        """A sentence in the turn's thread that this person alone sees; lost where Slack does not take it."""
        try:
            await self._calls.write(
                "chat.postEphemeral",
                channel=turn.thread.channel_id,
                final=True,
                allow=self._writing(turn, "", _forget).require_held,
                user=person_id,
                thread_ts=turn.thread.root_ts,
                text=fallback(text),
            )
        except SlackUnwilling as refused:
            _log.info("not whispered: %s", refused.outcome)

    async def help(self, turn: Turn) -> None:
        """In a channel only the asker sees it; in a direct message there is nobody else."""
        writing = self._writing(turn, "", _forget)
        if not writing.in_channel:
            if not turn.resumed or not await writing.lost(0):
                await EditedPart(writing, 0).settle(HELP)
            return
        try:
            await self._calls.write(
                "chat.postEphemeral",
                channel=turn.thread.channel_id,
                final=True,
                allow=writing.require_held,
                user=turn.recipient_id or turn.questions[-1].author_id,
                thread_ts=turn.thread.root_ts,
                text=fallback(HELP),
                blocks=[{"type": "markdown", "text": HELP}],
            )
        except ResponseLost:
            return  # such a message cannot be looked for, and help twice is worse than none

    def _writing(
        self, turn: Turn, persona_name: str, keep: Callable[[str], Awaitable[None]], icon: str = ""
    ) -> Writing:
        named = self._shows_names and persona_name.casefold() not in ("", "confab", self._us.name.casefold())
        return Writing(
            calls=self._calls,
            us=self._us,
            turn=turn,
            keep=keep,
            limits=self._limits,
            username=persona_name if named else None,
            icon=icon if self._shows_names and icon else None,
            clock=self._clock,
            thinking=self._thinking(turn),
        )

    def _thinking(self, turn: Turn) -> Thinking | None:
        later = turn.resumed or bool(turn.reply_ts and turn.rerun is None)
        # A later attempt may do no more than edit what stands there, and that does not take the line away.
        wanted = self._shows_thinking and not later
        line = Thinking(self._calls, turn.thread, self._never_think) if wanted else None
        if not self._has_sessions:
            return line
        begins = turn.questions[0].ts == turn.thread.root_ts
        sitting = Sitting(turn.thread, turn.recipient_id, begins=begins, resumed=later)
        return Session(self._calls, sitting, self._never_sit, line)

    def _may_start(self) -> bool:
        # A stream takes no button, and without sessions nothing of Slack's own stops it.
        return (
            self._streams
            and self._has_sessions
            and self._calls.governor.wait_for("chat.startStream") <= self._limits.start_wait
        )

    def _meanwhile(self) -> tuple[Block, ...]:
        return () if self._has_sessions else stop_row()

    def _never_sit(self) -> None:
        if self._has_sessions:
            _log.info("this workspace has no agent sessions; answers are edited messages with a Stop button")
        self._has_sessions = False

    def _never_think(self) -> None:
        self._shows_thinking = False

    def _never_stream(self) -> None:
        if self._streams:
            _log.info("this workspace does not stream; answers are edited messages from now on")
        self._streams = False


async def _forget(_ts: str) -> None:
    """Help is no part of an answer."""
