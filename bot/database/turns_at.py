"""The turn that a Slack message is a part of, and who asked in it."""

from sqlalchemy import bindparam, select

from bot.chat.messages import Role
from bot.database.tables import conversation, message, reply_part, spoken_by, turn

OF_PART = (
    select(turn.c.id, turn.c.conversation_id, conversation.c.root_ts)
    .select_from(reply_part)
    .join(turn, turn.c.id == reply_part.c.turn_id)
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .where(
        reply_part.c.team_id == bindparam("team_id"),
        reply_part.c.channel_id == bindparam("channel_id"),
        reply_part.c.ts == bindparam("ts"),
    )
)
OF_QUESTION = (
    select(turn.c.id, turn.c.conversation_id, conversation.c.root_ts)
    .select_from(message)
    .join(turn, turn.c.id == message.c.turn_id)
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .where(
        message.c.team_id == bindparam("team_id"),
        message.c.channel_id == bindparam("channel_id"),
        message.c.ts == bindparam("ts"),
        spoken_by(Role.USER),
        message.c.overheard_as.is_(None),
    )
)
ASKERS = select(message.c.author_id).where(
    message.c.conversation_id == bindparam("conversation_id"),
    message.c.turn_id == bindparam("turn_id"),
    spoken_by(Role.USER),
    message.c.overheard_as.is_(None),
)
