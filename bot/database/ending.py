"""A thread whose root was deleted: all that was said in it is forgotten, and what is under way ends."""

from sqlalchemy import Connection, bindparam, func, not_, select, tuple_

from bot.chat.messages import Role, ThreadEnded
from bot.chat.threads import ThreadKey, ts_order
from bot.chat.turns import MOVES, Move
from bot.database.clearing import BLANKED, LOCKED_RUNNING, clear
from bot.database.corrections import BLANK
from bot.database.dialects import wake
from bot.database.past import FUTURE
from bot.database.storing import LOCKED_CONVERSATION, thread_values
from bot.database.tables import asker, by_ts, conversation, message, reply_part, spoken_by, turn
from bot.database.turns_at import ASKED, ASKED_AT, OTHERS

FOREVER = "9" * 20
"""A time that comes after every other, as Slack would write it."""

DROPPED = turn.update().where(turn.c.id == bindparam("of_id"))
SHOWN = (
    select(reply_part.c.ts)
    .where(reply_part.c.turn_id == bindparam("of_turn"), reply_part.c.deleted.is_(False))
    .order_by(reply_part.c.ts)
)
LATER = tuple_(*by_ts(message.c.ts)) > tuple_(func.length(bindparam("at")), bindparam("at"))
FIRST_SINCE = select(func.min(message.c.turn_id)).where(
    message.c.conversation_id == bindparam("conversation_id"), *ASKED, LATER
)
STILL_WAITED = (
    message.update()
    .where(message.c.conversation_id == bindparam("of_id"), spoken_by(Role.USER), not_(LATER))
    .values(BLANK)
)
SINCE = select(message.c.author_id).where(message.c.conversation_id == bindparam("of_id"), *ASKED, LATER)
ASKED_BY_NOBODY = asker.delete().where(
    asker.c.conversation_id == bindparam("of_id"), asker.c.person_id.not_in(SINCE)
)
ENDED = conversation.update().where(conversation.c.id == bindparam("of_id")).values(ended=True)


def end(connection: Connection, thread: ThreadKey, at: str, now: float) -> ThreadEnded | None:
    """Erase the thread, and take a running turn from its holder; what it has shown so far.

    What waits is claimed as ever and found to be deleted. What was asked after `at` is no part of it, as
    Slack may tell of the deletion late, or once more. None where the thread is none of ours.
    """
    conversation_id = connection.scalar(LOCKED_CONVERSATION, thread_values(thread))
    if conversation_id is None:
        return None
    running = connection.scalar(LOCKED_RUNNING, {"conversation_id": conversation_id})
    until = {"at": at or FOREVER}
    anew = connection.scalar(FIRST_SINCE, until | {"conversation_id": conversation_id})
    clear(connection, thread, erase=True, before=anew or FUTURE)
    if anew is None:
        connection.execute(BLANKED, {"of_id": conversation_id, "up_to": FUTURE})
        connection.execute(ENDED, {"of_id": conversation_id})
    else:
        connection.execute(STILL_WAITED, until | {"of_id": conversation_id})
    connection.execute(ASKED_BY_NOBODY, until | {"of_id": conversation_id})
    if running is None or (anew is not None and running >= anew):
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
