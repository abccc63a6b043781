"""Is it for us? One pure function, with a reason for every no."""

from dataclasses import dataclass
from enum import StrEnum

from bot.chat.messages import Edited, Heard, Question
from bot.chat.setup import ReplyMode
from bot.chat.threads import Place, ThreadKey, Us

SLACKBOT = "USLACKBOT"
ORDINARY_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
"""What people write: plain messages, messages with files, thread replies also sent to the channel."""


FILES_ALONE = "(shared without a word)"
"""In place of words, where somebody turns to Confab with nothing but files."""


class Silence(StrEnum):
    """Why Confab does not answer."""

    OWN_MESSAGE = "own message"
    OTHER_BOT = "another bot"
    SLACKBOT = "Slackbot"
    NOT_SPEECH = "a join, a topic or another subtype"
    NOBODY = "no author"
    TO_SOMEBODY_ELSE = "begins by mentioning somebody else"
    NOT_ASKED = "its author has not asked Confab here"
    NOT_OURS = "nobody has asked Confab in this thread"
    NOT_MENTIONED = "only mentions are answered in this channel"
    NOTHING_SAID = "no words, and no mention"
    OFF = "Confab is off in this channel"
    ASIDE = "said to Confab itself, and to no model"
    DELETED = "deleted meanwhile"
    MUTED = "its thread is muted"
    HUSHED = "it mutes its thread"
    WOKEN = "it ends the mute of its thread"


@dataclass(frozen=True, slots=True)
class Ignored:
    """Not for us; nothing is stored."""

    reason: Silence


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms Confab is in a thread of a channel.

    `asked_here` says whether the message's author has mentioned Confab in that thread before, `ours` whether
    anybody has asked there.
    """

    reply_mode: ReplyMode = ReplyMode.ASKERS
    asked_here: bool = False
    ours: bool = False


def address(heard: Heard, us: Us, terms: Terms) -> Question | Ignored:
    """What to do with a message: a question for its thread, or silence with the reason.

    A direct message needs no mention, whatever the terms. A message that opens by mentioning people is
    theirs, unless Confab is among those it opens with.
    """
    silence = not_a_person(heard, us) or _not_for_us(heard, us, terms)
    if silence:
        return Ignored(silence)
    return Question(
        thread=ThreadKey(us.team_id, heard.channel_id, heard.root_ts),
        place=heard.place,
        ts=heard.ts,
        author_id=heard.author_id or "",
        author_team_id=heard.author_team_id,
        mentioned=us.user_id in heard.mentions or heard.place is Place.DIRECT,
        text=heard.text if heard.text.strip() or not heard.files else FILES_ALONE,
        files=heard.files,
    )


def ours(edited: Edited, us: Us) -> bool:
    """Whether the edited message is Confab's own: streaming an answer edits it many times."""
    return edited.author_id == us.user_id or (edited.bot_id is not None and edited.bot_id == us.bot_id)


def not_a_person(heard: Heard, us: Us) -> Silence | None:
    """Why nobody is there to be answered, if nobody is: our own messages, other bots, joins and topics."""
    if heard.author_id == us.user_id or (heard.bot_id is not None and heard.bot_id == us.bot_id):
        return Silence.OWN_MESSAGE
    if heard.bot_id is not None or heard.subtype == "bot_message":
        return Silence.OTHER_BOT
    if heard.author_id == SLACKBOT:
        return Silence.SLACKBOT
    if heard.subtype not in ORDINARY_SUBTYPES:
        return Silence.NOT_SPEECH
    return None if heard.author_id else Silence.NOBODY


def _not_for_us(heard: Heard, us: Us, terms: Terms) -> Silence | None:
    if heard.place is Place.DIRECT:
        return None
    if terms.reply_mode is ReplyMode.OFF:
        return Silence.OFF
    if heard.opens_with and us.user_id not in heard.opens_with:
        return Silence.TO_SOMEBODY_ELSE
    return None if us.user_id in heard.mentions else _unasked(heard, terms)


def _unasked(heard: Heard, terms: Terms) -> Silence | None:
    """Whether the channel has Confab answer without a mention."""
    if terms.reply_mode is ReplyMode.MENTIONS:
        return Silence.NOT_MENTIONED
    if terms.reply_mode is ReplyMode.ASKERS:
        return None if terms.asked_here and heard.in_thread else Silence.NOT_ASKED
    if terms.reply_mode is ReplyMode.THREAD and not (terms.ours and heard.in_thread):
        return Silence.NOT_OURS
    # Who never turned to Confab gets no help with it for dropping a picture.
    return None if heard.text.strip() else Silence.NOTHING_SAID
