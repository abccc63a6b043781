"""A thread whose root was deleted: all that was said in it is forgotten, and what is under way ends."""

from sqlalchemy import Connection, bindparam, func, not_, select, tuple_

from bot.chat.messages import Role
from bot.chat.ports import Clock
from bot.chat.threads import ThreadKey
from bot.chat.turns import TurnState
from bot.database.clearing import BLANKED, clear
from bot.database.corrections import BLANK
from bot.database.dialects import wake
from bot.database.past import FUTURE
from bot.database.storing import LOCKED_CONVERSATION, thread_values
from bot.database.tables import asker, by_ts, conversation, message, spoken_by, stands, turn
from bot.database.turns_at import ASKED

FOREVER = "9" * 20
"""A time that comes after every other, as Slack would write it."""

SETTLING = 2.0
"""Seconds in which the holder has noticed that the turn is gone, and its last call has come through."""

TAKEN_AWAY = (
    turn.update()
    .where(
        turn.c.conversation_id == bindparam("of_id"),
        turn.c.id < bindparam("before"),
        stands(TurnState.RUNNING),
        turn.c.owner.is_not(None),
    )
    .values(owner=None, lease_until=bindparam("until"), handed_over=turn.c.handed_over + 1)
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


def end(connection: Connection, thread: ThreadKey, at: str, clock: Clock) -> bool:
    """Erase the thread, and take a running turn from its holder; False where the thread is none of ours.

    What waits is claimed as ever and found to be deleted, and so is what ran: whoever claims it next takes
    away what was shown of it, were this process gone by then. What was asked after `at` is no part of it, as
    Slack may tell of the deletion late, or once more.
    """
    conversation_id = connection.scalar(LOCKED_CONVERSATION, thread_values(thread))
    if conversation_id is None:
        return False
    until = {"at": at or FOREVER}
    anew = connection.scalar(FIRST_SINCE, until | {"conversation_id": conversation_id})
    clear(connection, thread, erase=True, before=anew or FUTURE)
    if anew is None:
        connection.execute(BLANKED, {"of_id": conversation_id, "up_to": FUTURE})
        connection.execute(ENDED, {"of_id": conversation_id})
    else:
        connection.execute(STILL_WAITED, until | {"of_id": conversation_id})
    connection.execute(ASKED_BY_NOBODY, until | {"of_id": conversation_id})
    # The locks may have been long in coming: the holder's time to notice begins now.
    settled = {"before": anew or FUTURE, "until": clock() + SETTLING}
    connection.execute(TAKEN_AWAY, settled | {"of_id": conversation_id})
    wake(connection, thread.team_id)
    return True
