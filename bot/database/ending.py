"""A thread whose root was deleted: all that was said in it is forgotten, and what is under way ends."""

from sqlalchemy import Connection, bindparam, select

from bot.chat.messages import ThreadEnded
from bot.chat.threads import ThreadKey, ts_order
from bot.chat.turns import MOVES, Move
from bot.database.clearing import BLANKED, LOCKED_RUNNING, clear
from bot.database.dialects import wake
from bot.database.past import FUTURE
from bot.database.storing import LOCKED_CONVERSATION, thread_values
from bot.database.tables import asker, conversation, reply_part, turn
from bot.database.turns_at import ASKED_AT, OTHERS

DROPPED = turn.update().where(turn.c.id == bindparam("of_id"))
SHOWN = (
    select(reply_part.c.ts)
    .where(reply_part.c.turn_id == bindparam("of_turn"), reply_part.c.deleted.is_(False))
    .order_by(reply_part.c.ts)
)
ASKED_BY_NOBODY = asker.delete().where(asker.c.conversation_id == bindparam("of_id"))
ENDED = conversation.update().where(conversation.c.id == bindparam("of_id")).values(ended=True)


def end(connection: Connection, thread: ThreadKey, now: float) -> ThreadEnded | None:
    """Erase the thread, and take a running turn from its holder; what it has shown so far.

    What waits is claimed as ever and found to be deleted. None where the thread is none of ours.
    """
    conversation_id = connection.scalar(LOCKED_CONVERSATION, thread_values(thread))
    if conversation_id is None:
        return None
    running = connection.scalar(LOCKED_RUNNING, {"conversation_id": conversation_id})
    clear(connection, thread, erase=True)
    connection.execute(BLANKED, {"of_id": conversation_id, "up_to": FUTURE})
    connection.execute(ASKED_BY_NOBODY, {"of_id": conversation_id})
    connection.execute(ENDED, {"of_id": conversation_id})
    if running is None:
        return ThreadEnded(thread)
    closed = {"state": MOVES[Move.DROP][1], "outcome": "root_deleted", "closed_at": now}
    connection.execute(DROPPED, {"of_id": running, "owner": None, "lease_until": None, **closed})
    wake(connection, thread.team_id)
    return _half_answered(connection, thread, conversation_id, running)


def _half_answered(
    connection: Connection, thread: ThreadKey, conversation_id: int, turn_id: int
) -> ThreadEnded:
    asked = connection.scalars(ASKED_AT, {"conversation_id": conversation_id, "turn_id": turn_id})
    asked_ts = max(asked, key=ts_order, default="")
    others = {
        "of_team": thread.team_id,
        "of_channel": thread.channel_id,
        "within": conversation_id,
        "of_turn": turn_id,
        "after": asked_ts,
    }
    return ThreadEnded(
        thread,
        under_way=True,
        half_answer=tuple(connection.scalars(SHOWN, {"of_turn": turn_id})),
        asked_ts=asked_ts,
        others=frozenset(connection.scalars(OTHERS, others)),
    )
