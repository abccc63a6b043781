"""A conversation's past: what was said before a turn, in the order of the turns."""

from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, func, or_, select

from bot.chat.messages import Message, Past, Role
from bot.chat.turns import TurnState
from bot.database.files_json import files_of
from bot.database.tables import by_ts, conversation, message, spoken_by, stands, turn

MESSAGE = (
    message.c.id,
    message.c.role,
    message.c.author_id,
    message.c.ts,
    message.c.text,
    message.c.tokens,
    message.c.encoding,
    message.c.deleted,
    message.c.files,
    message.c.overheard_as,
    message.c.author_name,
)
# Within a turn: what was overheard for it, then its questions, then its answer.
WITHIN_TURN = case((message.c.overheard_as.is_not(None), 0), (spoken_by(Role.ASSISTANT), 2), else_=1)

CLEARED = func.coalesce(
    select(conversation.c.cleared_turn_id)
    .where(conversation.c.id == bindparam("conversation_id"))
    .scalar_subquery(),
    0,
)
# An empty text is a deleted message or a bare mention.
REMEMBERED = and_(
    message.c.conversation_id == bindparam("conversation_id"),
    message.c.turn_id <= bindparam("turn_id"),
    or_(message.c.turn_id < bindparam("turn_id"), message.c.overheard_as.is_not(None)),
    message.c.turn_id > CLEARED,
    message.c.text != "",
    or_(
        and_(spoken_by(Role.USER), turn.c.state != TurnState.REFUSED),
        message.c.overheard_as.is_not(None),
        and_(spoken_by(Role.ASSISTANT), stands(TurnState.ANSWERED)),
    ),
)
OF_TURNS = message.join(turn, turn.c.id == message.c.turn_id)
# The newest come first, so that the database stops after as many as are wanted.
PAST = (
    select(*MESSAGE)
    .select_from(OF_TURNS)
    .where(REMEMBERED)
    .order_by(message.c.turn_id.desc(), WITHIN_TURN.desc(), *(order.desc() for order in by_ts(message.c.ts)))
    .limit(bindparam("limit"))
)
HOW_MANY = select(func.count()).select_from(OF_TURNS).where(REMEMBERED)

FUTURE = 2**62
"""A turn's number that comes after every other."""


def read_past(connection: Connection, conversation_id: int, turn_id: int, limit: int) -> Past:
    """The last `limit` messages before a turn, oldest first."""
    which = {"conversation_id": conversation_id, "turn_id": turn_id}
    rows = connection.execute(PAST, which | {"limit": limit}).all() if limit > 0 else []
    there_may_be_more = len(rows) >= limit
    total = connection.scalars(HOW_MANY, which).one() if there_may_be_more else len(rows)
    return Past(tuple(message_of(row) for row in reversed(rows)), max(0, total - len(rows)))


def message_of(row: Row[*tuple[Any, ...]]) -> Message:
    """A row of `MESSAGE` as the value."""
    return Message(
        id=row.id,
        role=Role(row.overheard_as or row.role),
        author_id=row.author_id,
        ts=row.ts,
        text=row.text,
        tokens=row.tokens,
        encoding=row.encoding,
        deleted=row.deleted,
        files=files_of(row.files) if row.files else (),
        author_name=row.author_name or "",
    )
