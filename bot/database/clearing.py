"""A thread that begins anew: what was said before is forgotten for the model, or deleted."""

from sqlalchemy import Connection, bindparam, func, select

from bot.chat.messages import Role
from bot.chat.threads import ThreadKey
from bot.chat.turns import TurnState
from bot.database.again import forget_versions_up_to
from bot.database.corrections import BLANK
from bot.database.past import CLEARED, FUTURE, HOW_MANY
from bot.database.ratings import forget_ratings
from bot.database.storing import IN_THREAD, LOCKED_CONVERSATION, thread_values
from bot.database.tables import by_ts, conversation, message, spoken_by, stands, turn
from bot.database.turns_at import RUNNING

IN_CONVERSATION = message.c.conversation_id == bindparam("conversation_id")
ANSWERED = (
    select(func.count())
    .join_from(message, turn, turn.c.id == message.c.turn_id)
    .where(
        IN_CONVERSATION,
        message.c.turn_id < bindparam("turn_id"),
        message.c.turn_id > CLEARED,
        spoken_by(Role.ASSISTANT),
        stands(TurnState.ANSWERED),
    )
)
STARTER = (
    select(message.c.author_id)
    .join_from(message, conversation, conversation.c.id == message.c.conversation_id)
    .where(IN_THREAD, spoken_by(Role.USER), message.c.overheard_as.is_(None))
    .order_by(message.c.turn_id, *by_ts(message.c.ts))
    .limit(1)
)
# An answer that is just being recorded is there once its turn is free; a later one knows of the clearing.
LOCKED_RUNNING = RUNNING.with_for_update(key_share=True)
LAST = (
    select(message.c.turn_id)
    .join_from(message, turn, turn.c.id == message.c.turn_id)
    .where(IN_CONVERSATION, turn.c.state != TurnState.WAITING, message.c.turn_id < bindparam("before"))
    .order_by(message.c.turn_id.desc())
    .limit(1)
)
FORGOTTEN = (
    conversation.update()
    .where(conversation.c.id == bindparam("of_id"))
    .values(cleared_turn_id=bindparam("up_to"))
)
# A title is what somebody said of the chat, if not its first question.
ERASED = FORGOTTEN.values(erased_turn_id=bindparam("up_to"), title=None)
BLANKED = (
    message.update()
    .where(message.c.conversation_id == bindparam("of_id"), message.c.turn_id <= bindparam("up_to"))
    .values(BLANK)
)


def answered(connection: Connection, conversation_id: int, turn_id: int) -> int:
    """How many turns were answered before this one, since the last clearing."""
    return connection.scalars(ANSWERED, {"conversation_id": conversation_id, "turn_id": turn_id}).one()


def starter(connection: Connection, thread: ThreadKey) -> str | None:
    """Who asked first, were it in a message that is deleted by now."""
    return connection.scalar(STARTER, thread_values(thread))


def clear(connection: Connection, thread: ThreadKey, *, erase: bool, before: int = FUTURE) -> int:
    """Forget every turn `before` that one that does not wait; how many messages were remembered."""
    conversation_id = connection.scalar(LOCKED_CONVERSATION, thread_values(thread))
    if conversation_id is None:
        return 0
    within = {"conversation_id": conversation_id}
    connection.execute(LOCKED_RUNNING, within)
    remembered = connection.scalars(HOW_MANY, within | {"turn_id": FUTURE}).one()
    last = connection.scalar(LAST, within | {"before": before})
    if last is not None:
        which = {"of_id": conversation_id, "up_to": last}
        connection.execute(ERASED if erase else FORGOTTEN, which)
        if erase:
            connection.execute(BLANKED, which)
            forget_ratings(connection, conversation_id, last)
            forget_versions_up_to(connection, conversation_id, last)
    return remembered
