"""A conversation's past: what was said before a turn, in the order of the turns."""

from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, or_, select

from bot.chat.messages import Message, Role
from bot.chat.turns import TurnState
from bot.database.tables import by_ts, message, spoken_by, stands, turn

MESSAGE = (
    message.c.id,
    message.c.role,
    message.c.author_id,
    message.c.ts,
    message.c.text,
    message.c.tokens,
    message.c.encoding,
    message.c.deleted,
)
ANSWERS_LAST = case((spoken_by(Role.ASSISTANT), 1), else_=0)

# The newest come first, so that the database stops after as many as are wanted. An empty text is a deleted
# message or a bare mention.
PAST = (
    select(*MESSAGE)
    .join_from(message, turn, turn.c.id == message.c.turn_id)
    .where(
        message.c.conversation_id == bindparam("conversation_id"),
        message.c.turn_id < bindparam("turn_id"),
        message.c.text != "",
        or_(
            and_(spoken_by(Role.USER), turn.c.state != TurnState.REFUSED),
            and_(spoken_by(Role.ASSISTANT), stands(TurnState.ANSWERED)),
        ),
    )
    .order_by(message.c.turn_id.desc(), ANSWERS_LAST.desc(), *(order.desc() for order in by_ts(message.c.ts)))
    .limit(bindparam("limit"))
)


def read_past(connection: Connection, conversation_id: int, turn_id: int, limit: int) -> tuple[Message, ...]:
    """The last `limit` messages before a turn, oldest first."""
    if limit <= 0:
        return ()
    which = {"conversation_id": conversation_id, "turn_id": turn_id, "limit": limit}
    return tuple(message_of(row) for row in reversed(connection.execute(PAST, which).all()))


def message_of(row: Row[*tuple[Any, ...]]) -> Message:
    """A row of `MESSAGE` as the value."""
    return Message(
        id=row.id,
        role=Role(row.role),
        author_id=row.author_id,
        ts=row.ts,
        text=row.text,
        tokens=row.tokens,
        encoding=row.encoding,
        deleted=row.deleted,
    )
