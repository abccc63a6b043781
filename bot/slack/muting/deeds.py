"""Muting a thread: by an answer's menu, a reaction or a word. It is said once in the thread."""

from bot.chat.addressing import Ignored, Silence
from bot.chat.asides import Wish, wish
from bot.chat.attention import Hear
from bot.chat.messages import Heard, MessageKey, Question, key_of
from bot.chat.muting import Hushed, Muting, Reacted
from bot.chat.ports import Clock
from bot.chat.recent import Recent
from bot.chat.rights import NoRight
from bot.slack.answer_row.more import Chosen
from bot.slack.answer_row.more_view import notice_view
from bot.slack.beside import Beside
from bot.slack.calls import Calls
from bot.slack.direct import Directly
from bot.slack.muting import texts

_DONE = (Silence.HUSHED, Silence.WOKEN)


class MuteDeeds:
    """The database lets one process through for each change, and that one says so."""

    def __init__(self, muting: Muting, calls: Calls, beside: Beside, clock: Clock) -> None:
        self._muting = muting
        self._calls = calls
        self._directly = Directly(calls)
        self._beside = beside
        self._cut_off: Recent[MessageKey, Wish] = Recent(clock)

    def telling(self, hear: Hear) -> Hear:
        """The verb given, which then also says what a word did to its thread.

        A word that was cut off on its way into the database may have got there all the same: whoever hears it
        again would take it for one that was told.
        """

        async def heard_and_told(heard: Heard) -> Question | Ignored:
            try:
                found = await hear(heard)
            except BaseException:
                if wished := wish(heard):
                    self._cut_off.put(key_of(heard), wished)
                raise
            reason = found.reason if isinstance(found, Ignored) else None
            was_cut_off = self._cut_off.drop(key_of(heard)) is not None
            if reason in _DONE or (reason is Silence.ASIDE and was_cut_off):
                self._tell(heard)
            return found

        return heard_and_told

    def _tell(self, heard: Heard) -> None:
        line = texts.LISTENING if wish(heard) is Wish.HEARD else texts.hushed(heard.author_id or "")
        self._beside.start(self._directly.post(heard.channel_id, line, root_ts=heard.root_ts))

    async def reacted(self, reacted: Reacted) -> None:
        """Let an emoji mute a thread or wake it; returns when that is durable."""
        hushed = await self._muting.react(reacted)
        if hushed is not None:
            self._beside.start(self._say(hushed))

    async def mute(self, chosen: Chosen) -> None:
        """Mute the thread of an answer, from its "More"."""
        done = await self._muting.mute(chosen.about.spot(chosen.person_id), chosen.at)
        if isinstance(done, Hushed):
            await self._say(done)
        said = texts.refused(done) if isinstance(done, NoRight) else texts.MUTED_BEFORE
        view = notice_view(texts.MUTE, texts.MUTED if isinstance(done, Hushed) else said)
        await self._calls.write("views.update", view_id=chosen.view_id, view=view)

    async def _say(self, hushed: Hushed) -> None:
        line = texts.hushed(hushed.person_id) if hushed.quiet else texts.LISTENING
        await self._directly.post(hushed.thread.channel_id, line, root_ts=hushed.thread.root_ts)
