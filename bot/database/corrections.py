"""What people take back: edited and deleted messages."""

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from bot.chat.messages import Role
from bot.database.storing import kept
from bot.database.tables import conversation, message, reply_part, spoken_by


def edit(connection: Connection, team_id: str, channel_id: str, ts: str, text: str) -> bool:
    """Replace the text of a person's message that was not deleted; False if there is none.

    The new text is a new row: a count of the old one that is still on its way finds nothing to mark.
    """
    ours = and_(_question(team_id, channel_id, ts), message.c.deleted.is_(False))
    # Two edits of one message come one after the other, and the second one finds the first one's row.
    connection.execute(
        select(conversation.c.id)
        .join(message, message.c.conversation_id == conversation.c.id)
        .where(ours)
        .with_for_update(of=conversation, key_share=True)
    )
    found = connection.execute(select(message).where(ours)).one_or_none()
    if found is None:
        return False
    row = dict(found._mapping)  # noqa: SLF001 - how SQLAlchemy spells a row as a mapping
    old_id = row.pop("id")
    if row["text"] != kept(text):
        connection.execute(delete(message).where(message.c.id == old_id))
        connection.execute(
            insert(message).values(row | {"text": kept(text), "tokens": None, "encoding": None})
        )
    return True


def forget(connection: Connection, team_id: str, channel_id: str, ts: str) -> bool:
    """Blank a message, or the whole answer of which this Slack message is a part; False if none of ours."""
    answered = connection.scalar(
        update(reply_part)
        .where(reply_part.c.team_id == team_id, reply_part.c.channel_id == channel_id, reply_part.c.ts == ts)
        .values(deleted=True)
        .returning(reply_part.c.turn_id)
    )
    if answered is None:
        return _blank(connection, _question(team_id, channel_id, ts))
    _blank(connection, and_(message.c.turn_id == answered, spoken_by(Role.ASSISTANT)))
    return True


def _question(team_id: str, channel_id: str, ts: str) -> ColumnElement[bool]:
    return and_(
        message.c.team_id == team_id,
        message.c.channel_id == channel_id,
        message.c.ts == ts,
        spoken_by(Role.USER),
    )


def _blank(connection: Connection, which: ColumnElement[bool]) -> bool:
    blanked = update(message).where(which).values(text="", tokens=None, encoding=None, deleted=True)
    return connection.scalar(blanked.returning(message.c.id)) is not None
