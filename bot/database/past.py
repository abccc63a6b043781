"""A conversation's past: what was said before a turn, in the order of the turns."""

from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, or_, select

from bot.chat.messages import Message, Role
from bot.chat.turns import TurnState
from bot.database.tables import by_ts, message, stands, turn

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


def read_past(connection: Connection, conversation_id: int, turn_id: int, limit: int) -> tuple[Message, ...]:
    """The last `limit` messages before a turn, oldest first."""
    if limit <= 0:
        return ()
    rows = connection.execute(past(conversation_id, turn_id, limit)).all()
    return tuple(message_of(row) for row in reversed(rows))


def past(conversation_id: int, turn_id: int, limit: int) -> Select[*tuple[Any, ...]]:
    """The newest messages first, so that the database stops after `limit` of them.

    Empty texts are deleted messages and bare mentions.
    """
    answers_last = case((message.c.role == Role.ASSISTANT, 1), else_=0)
    return (
        select(*MESSAGE)
        .join_from(message, turn, turn.c.id == message.c.turn_id)
        .where(
            message.c.conversation_id == conversation_id,
            message.c.turn_id < turn_id,
            message.c.text != "",
            or_(
                and_(message.c.role == Role.USER, turn.c.state != TurnState.REFUSED),
                and_(message.c.role == Role.ASSISTANT, stands(TurnState.ANSWERED)),
            ),
        )
        .order_by(
            message.c.turn_id.desc(), answers_last.desc(), *(order.desc() for order in by_ts(message.c.ts))
        )
        .limit(limit)
    )


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
