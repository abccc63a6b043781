"""What people take back: edited and deleted messages."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from bot.chat.messages import Reworded, Role
from bot.chat.threads import ThreadKey, ts_order
from bot.chat.turns import MOVES, Move, TurnState
from bot.database.again import forget_versions, is_latest
from bot.database.ratings import forget_words
from bot.database.storing import kept
from bot.database.tables import conversation, message, reply_part, spoken_by, stands, turn

QUESTION = and_(
    message.c.team_id == bindparam("of_team"),
    message.c.channel_id == bindparam("of_channel"),
    message.c.ts == bindparam("of_ts"),
    spoken_by(Role.USER),
)
# What is taken back twice at once, edited and deleted for one, is taken back one after the other.
LOCKED_CONVERSATION = (
    select(conversation.c.id)
    .join(message, message.c.conversation_id == conversation.c.id)
    .where(QUESTION)
    .with_for_update(of=conversation, key_share=True)
)
LOCKED_TURN = select(turn.c.id).where(turn.c.id == bindparam("of_turn")).with_for_update(key_share=True)
# A claim that is under way is waited for, and passes over what is locked: it reads all of an edit or nothing.
WAITS = (
    select(turn.c.id)
    .where(turn.c.id == bindparam("of_turn"), stands(TurnState.WAITING))
    .with_for_update(key_share=True)
)
TAKEN_UP = (
    select(turn.c.state, conversation.c.root_ts, conversation.c.cleared_turn_id)
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .where(turn.c.id == bindparam("of_turn"))
)
EDITABLE = select(message).where(QUESTION, message.c.deleted.is_(False))
REMOVED = message.delete().where(message.c.id == bindparam("of_id"))
BLANK = {"text": "", "tokens": None, "encoding": None, "deleted": True, "files": None}
BLANKED_QUESTION = message.update().where(QUESTION).values(BLANK).returning(message.c.id)
BLANKED_ANSWER = (
    message.update().where(message.c.turn_id == bindparam("of_turn"), spoken_by(Role.ASSISTANT)).values(BLANK)
)
DELETED_PART = (
    reply_part.update()
    .where(
        reply_part.c.team_id == bindparam("of_team"),
        reply_part.c.channel_id == bindparam("of_channel"),
        reply_part.c.ts == bindparam("of_ts"),
    )
    .values(deleted=True)
    .returning(reply_part.c.turn_id)
)


def edit(
    connection: Connection,
    *,
    team_id: str,
    channel_id: str,
    ts: str,
    text: str,
    edited_ts: str = "",
    gone_files: Collection[str] = (),
) -> bool | Reworded:
    """Replace the text of a person's message that was not deleted; False if there is none.

    An edit that Slack delivers after a newer one changes nothing, and neither does one that comes again.
    Files that are gone are forgotten whenever that is heard.

    The new text is a new row: a count of the old one that is still on its way finds nothing to mark.
    """
    which = {"of_team": team_id, "of_channel": channel_id, "of_ts": ts}
    connection.execute(LOCKED_CONVERSATION, which)
    standing = connection.execute(EDITABLE, which).mappings().one_or_none()
    if standing is None:
        return False
    found = dict(standing)
    row = found | _without(found["files"] or (), gone_files)
    if not edited_ts or ts_order(edited_ts) >= ts_order(found["edited_ts"]):
        said = kept(text) or (found["text"] if gone_files and row["files"] else "")
        row |= {"text": said, "edited_ts": edited_ts or found["edited_ts"]}
    if row != found:
        connection.execute(REMOVED, {"of_id": row.pop("id")})
        connection.execute(message.insert(), row | {"tokens": None, "encoding": None})
    asks = row["text"] not in ("", found["text"]) and found["overheard_as"] is None
    return (asks and _reworded(connection, found)) or True


def _without(files: Sequence[Mapping[str, Any]], gone: Collection[str]) -> dict[str, Any]:
    return {"files": [each for each in files if each["id"] not in gone] or None}


def _reworded(connection: Connection, question: Mapping[str, Any]) -> Reworded | None:
    """Only the latest question; one that still waits is answered as it reads now."""
    turn_id, conversation_id = question["turn_id"], question["conversation_id"]
    if connection.scalar(WAITS, {"of_turn": turn_id}) is not None:
        return None
    about = connection.execute(TAKEN_UP, {"of_turn": turn_id}).one()
    forgotten = turn_id <= (about.cleared_turn_id or 0)
    dropped = TurnState(about.state) not in (TurnState.RUNNING, *MOVES[Move.REOPEN][0])
    if dropped or forgotten or not is_latest(connection, conversation_id, turn_id):
        return None
    thread = ThreadKey(question["team_id"], question["channel_id"], about.root_ts)
    return Reworded(thread, question["ts"], question["author_id"])


def forget(connection: Connection, team_id: str, channel_id: str, ts: str) -> bool:
    """Blank a message, or the whole answer of which this Slack message is a part; False if none of ours."""
    which = {"of_team": team_id, "of_channel": channel_id, "of_ts": ts}
    answered = connection.scalar(DELETED_PART, which)
    if answered is None:
        connection.execute(LOCKED_CONVERSATION, which)
        return connection.scalar(BLANKED_QUESTION, which) is not None
    # An answer that is just being recorded is there once the turn is free.
    connection.execute(LOCKED_TURN, {"of_turn": answered})
    connection.execute(BLANKED_ANSWER, {"of_turn": answered})
    forget_versions(connection, answered)
    forget_words(connection, answered)
    return True
