"""Is it for us? One pure function, with a reason for every no."""

from dataclasses import dataclass
from enum import StrEnum

from bot.chat.messages import Edited, Heard, Question
from bot.chat.threads import Place, ThreadKey, Us

SLACKBOT = "USLACKBOT"
ORDINARY_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
"""What people write: plain messages, messages with files, thread replies also sent to the channel."""


class Silence(StrEnum):
    """Why Confab does not answer."""

    OWN_MESSAGE = "own message"
    OTHER_BOT = "another bot"
    SLACKBOT = "Slackbot"
    NOT_SPEECH = "a join, a topic or another subtype"
    NOBODY = "no author"
    TO_SOMEBODY_ELSE = "begins by mentioning somebody else"
    NOT_ASKED = "nobody asked Confab"
    DELETED = "deleted meanwhile"


@dataclass(frozen=True, slots=True)
class Ignored:
    """Not for us; nothing is stored."""

    reason: Silence


def address(heard: Heard, us: Us, *, asked_here: bool) -> Question | Ignored:
    """What to do with a message: a question for its thread, or silence with the reason.

    `asked_here` says whether its author has mentioned Confab in that thread before. A direct message needs no
    mention. A message that opens by mentioning people is theirs, unless Confab is among those it opens with.
    """
    silence = _not_a_person(heard, us) or _not_for_us(heard, us, asked_here=asked_here)
    if silence:
        return Ignored(silence)
    root = heard.thread_ts if heard.thread_ts is not None and heard.in_thread else heard.ts
    return Question(
        thread=ThreadKey(us.team_id, heard.channel_id, root),
        place=heard.place,
        ts=heard.ts,
        author_id=heard.author_id or "",
        author_team_id=heard.author_team_id,
        mentioned=us.user_id in heard.mentions or heard.place is Place.DIRECT,
        text=heard.text,
    )


def ours(edited: Edited, us: Us) -> bool:
    """Whether the edited message is Confab's own: streaming an answer edits it many times."""
    return edited.author_id == us.user_id or (edited.bot_id is not None and edited.bot_id == us.bot_id)


def _not_a_person(heard: Heard, us: Us) -> Silence | None:
    if heard.author_id == us.user_id or (heard.bot_id is not None and heard.bot_id == us.bot_id):
        return Silence.OWN_MESSAGE
    if heard.bot_id is not None or heard.subtype == "bot_message":
        return Silence.OTHER_BOT
    if heard.author_id == SLACKBOT:
        return Silence.SLACKBOT
    if heard.subtype not in ORDINARY_SUBTYPES:
        return Silence.NOT_SPEECH
    return None if heard.author_id else Silence.NOBODY


def _not_for_us(heard: Heard, us: Us, *, asked_here: bool) -> Silence | None:
    if heard.place is Place.DIRECT:
        return None
    if heard.opens_with and us.user_id not in heard.opens_with:
        return Silence.TO_SOMEBODY_ELSE
    if us.user_id in heard.mentions or (asked_here and heard.in_thread):
        return None
    return Silence.NOT_ASKED
