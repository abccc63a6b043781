"""Turns and their Slack messages: whose part one is, who asked and when, what other turns left there."""

from sqlalchemy import Select, Table, bindparam, select

from bot.chat.messages import Role
from bot.chat.turns import TurnState
from bot.database.tables import conversation, message, reply_part, spoken_by, stands, turn

ASKED = (spoken_by(Role.USER), message.c.overheard_as.is_(None))


def _at(place: Table) -> Select[int, int, str]:
    """The turn to which a row of that table, found by its place in Slack, belongs."""
    return (
        select(turn.c.id, turn.c.conversation_id, conversation.c.root_ts)
        .select_from(place)
        .join(turn, turn.c.id == place.c.turn_id)
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .where(
            place.c.team_id == bindparam("team_id"),
            place.c.channel_id == bindparam("channel_id"),
            place.c.ts == bindparam("ts"),
        )
    )


OF_PART = _at(reply_part)
OF_QUESTION = _at(message).where(*ASKED)
ASKERS = select(message.c.author_id).where(
    message.c.conversation_id == bindparam("conversation_id"),
    message.c.turn_id == bindparam("turn_id"),
    *ASKED,
)
RUNNING = select(turn.c.id).where(
    turn.c.conversation_id == bindparam("conversation_id"), stands(TurnState.RUNNING)
)
ASKED_AT = select(message.c.ts).where(
    message.c.conversation_id == bindparam("conversation_id"),
    message.c.turn_id == bindparam("turn_id"),
    *ASKED,
)
# Its names are a channel's, so that the primary key finds what is newer than the question.
OTHERS = (
    select(reply_part.c.ts)
    .join(turn, turn.c.id == reply_part.c.turn_id)
    .where(
        reply_part.c.team_id == bindparam("of_team"),
        reply_part.c.channel_id == bindparam("of_channel"),
        reply_part.c.ts > bindparam("after"),
        turn.c.conversation_id == bindparam("within"),
        turn.c.id != bindparam("of_turn"),
    )
)
