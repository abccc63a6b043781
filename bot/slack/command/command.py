"""`/confab`: each word's verb. What it says is for the person alone; a view opens beside the ack."""

import asyncio
import logging
from collections.abc import Awaitable

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.chat.outcomes import NotAllowed
from bot.chat.ports import People, Spending
from bot.chat.spending import total
from bot.chat.versions import DraftKey
from bot.errors import ConfabError, described
from bot.slack.beside import Beside
from bot.slack.command import texts
from bot.slack.command.presence import Presence
from bot.slack.command.reset import Reset
from bot.slack.command.words import COMMAND, Asked, Word, asked
from bot.slack.settings_modal.modal import SettingsModal
from bot.slack.settings_modal.whole_setup import Code, Try

_log = logging.getLogger(__name__)

PATIENCE = 1.6
"""Seconds for what stands in the acknowledgement itself, after a look at the channel (Slack: three)."""


class Command:
    """The verbs. Membership and rights are asked in each of them, where they are needed.

    Args:
        team_id: the one workspace.
        modal: what `settings`, `persona` and `history` open.
        reset: what `reset` asks before it is done.
        presence: whether Confab is there itself.
        people: who is in a channel.
        spending: what a channel's calls cost.
        code: what `code` shows.
        trying: what `try` begins.
        beside: where the slow part runs.
    """

    def __init__(
        self,
        team_id: str,
        modal: SettingsModal,
        reset: Reset,
        *,
        presence: Presence,
        people: People,
        spending: Spending,
        code: Code,
        trying: Try,
        beside: Beside,
    ) -> None:
        self._team_id = team_id
        self._modal = modal
        self._reset = reset
        self._presence = presence
        self._people = people
        self._spending = spending
        self._code = code
        self._try = trying
        self._beside = beside

    async def answer(self, asked: Asked) -> str | None:
        """What is said at once, if anything; a view opens by itself."""
        if asked.word is not Word.HELP:
            with_us = await self._presence.with_us(asked.channel_id, asked.person_id)
            if not with_us:
                return texts.INVITE
        if (opening := self._opening(asked)) is not None:
            self._beside.start(_done(opening), asked.person_id)
            return None
        if asked.word is Word.TRY:
            return await self._in_time(self._tried(asked))
        if asked.word is Word.USAGE:
            return await self._in_time(self._used(asked))
        return (texts.unknown(asked.unknown) if asked.unknown else "") + texts.HELP

    def register(self, app: AsyncApp) -> None:
        """Listen to the command and to its question."""

        async def on_command(ack: AsyncAck, body: dict[str, object]) -> None:
            said = await self.answer(asked(body))
            if said is None:
                await ack()
            else:
                await ack(response_type="ephemeral", text=said)

        app.command(COMMAND)(on_command)
        self._reset.register(app)

    def _opening(self, asked: Asked) -> Awaitable[object] | None:
        """What opens a view; None where the word is answered with a sentence."""
        match asked.word:
            case Word.SETTINGS:
                return self._modal.open(*_who(asked))
            case Word.PERSONA:
                return self._modal.open_persona(*_who(asked), asked.rest)
            case Word.HISTORY:
                return self._modal.open_history(*_who(asked))
            case Word.CODE:
                return self._code(self._key(asked), asked.trigger_id)
            case Word.RESET:
                return self._reset.ask(*_who(asked))
        return None

    async def _in_time(self, work: Awaitable[str]) -> str:
        """The sentence; where it takes too long its work is still done, and the person may look."""
        task = asyncio.ensure_future(work)
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(task)
        except (ConfabError, TimeoutError) as error:
            self._beside.start(_done(task))
            _log.info("a command was not answered: %s", described(error))
            return texts.LATE

    async def _tried(self, asked: Asked) -> str:
        begun = await self._try(asked.person_id, asked.channel_id)
        return texts.why_not(begun.reason) if isinstance(begun, NotAllowed) else texts.trial_begun(begun)

    async def _used(self, asked: Asked) -> str:
        standing = await self._people.standing(self._team_id, asked.channel_id, asked.person_id)
        if not standing.member:
            return texts.INVITE
        spent = await self._spending.spent(self._team_id, asked.channel_id)
        return texts.usage(total(spent.today), total(spent.month))

    def _key(self, asked: Asked) -> DraftKey:
        return DraftKey(self._team_id, asked.channel_id, asked.person_id)


def _who(asked: Asked) -> tuple[str, str, str]:
    return asked.trigger_id, asked.person_id, asked.channel_id


async def _done(work: Awaitable[object]) -> None:
    await work
