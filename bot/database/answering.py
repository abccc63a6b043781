"""What a turn's holder keeps of its answer: the Slack messages that carry it, and its text."""

from functools import cache

from sqlalchemy import Connection, Row, and_, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.messages import Role
from bot.chat.sent import Making
from bot.chat.threads import Us, ts_order
from bot.chat.turns import Answer, Lease
from bot.database.again import keep_replaced
from bot.database.dialects import insert
from bot.database.leases import write_held
from bot.database.sent_json import included_json, passed_over_json, sent_json
from bot.database.storing import kept
from bot.database.tables import conversation, message, reply_part, spoken_by

THREAD = select(conversation.c.team_id, conversation.c.channel_id, conversation.c.erased_turn_id).where(
    conversation.c.id == bindparam("conversation_id")
)
SHOWN = select(reply_part.c.ts, reply_part.c.deleted).where(reply_part.c.turn_id == bindparam("turn_id"))


PART = and_(
    reply_part.c.team_id == bindparam("of_team"),
    reply_part.c.channel_id == bindparam("of_channel"),
    reply_part.c.ts == bindparam("of_ts"),
    reply_part.c.turn_id == bindparam("of_turn"),
)
DROPPED = reply_part.delete().where(PART, reply_part.c.deleted.is_(False))
STILL_NOTED = select(reply_part.c.ts).where(PART)


@cache
def _new_part(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, reply_part).on_conflict_do_nothing()


@cache
def _the_answer(backend: str) -> sqlite.Insert | postgresql.Insert:
    """One answer a turn: a later attempt's takes the place of an earlier one's."""
    new = insert(backend, message)
    replaced = {name: new.excluded[name] for name in ("ts", "text", "tokens", "encoding", "deleted")}
    return new.on_conflict_do_update(
        index_elements=[message.c.turn_id], index_where=spoken_by(Role.ASSISTANT), set_=replaced
    )


def add_part(connection: Connection, lease: Lease, ts: str) -> None:
    """Remember a Slack message that carries a part of the answer; a ts that is known stays as it is."""
    thread = _thread(connection, write_held(connection, lease, owner=lease.owner))
    part = {
        "team_id": thread.team_id,
        "channel_id": thread.channel_id,
        "ts": ts,
        "turn_id": lease.turn_id,
        "deleted": False,
    }
    connection.execute(_new_part(connection.dialect.name), part)


def drop_part(connection: Connection, lease: Lease, ts: str) -> bool:
    """Forget a Slack message that is about to be taken away: its deletion is none of people's.

    False where it was theirs already, which stays noted.
    """
    thread = _thread(connection, write_held(connection, lease, owner=lease.owner))
    which = {
        "of_team": thread.team_id,
        "of_channel": thread.channel_id,
        "of_ts": ts,
        "of_turn": lease.turn_id,
    }
    connection.execute(DROPPED, which)
    return connection.scalar(STILL_NOTED, which) is None


def record(
    connection: Connection, lease: Lease, us: Us, answer: Answer, *, making: Making, now: float
) -> None:
    """Keep the whole answer, what made it and its usage.

    One of which somebody has deleted a part stays deleted, as does one whose thread was erased meanwhile.
    """
    write_held(connection, lease, owner=lease.owner)
    keep_replaced(connection, lease.turn_id, now)
    conversation_id = write_held(
        connection,
        lease,
        rerun_by=None,
        setup_version=making.included.setup_version,
        deployment=answer.deployment,
        finish=answer.finish,
        prompt_tokens=answer.usage.prompt,
        completion_tokens=answer.usage.completion,
        cached_tokens=answer.usage.cached,
        reasoned_tokens=answer.usage.reasoned,
        sent=sent_json(making.sent),
        included=included_json(making.included) | passed_over_json(answer.passed_over),
    )
    thread = _thread(connection, conversation_id)
    first_ts, deleted = _shown(connection, lease)
    deleted = deleted or lease.turn_id <= (thread.erased_turn_id or 0)
    said = {
        "team_id": thread.team_id,
        "channel_id": thread.channel_id,
        "conversation_id": conversation_id,
        "turn_id": lease.turn_id,
        "role": Role.ASSISTANT,
        "author_id": us.user_id,
        "ts": first_ts,
        "text": "" if deleted else kept(answer.text),
        "tokens": None if deleted else making.tokens,
        "encoding": None if deleted else making.encoding,
        "deleted": deleted,
    }
    connection.execute(_the_answer(connection.dialect.name), said)


def _thread(connection: Connection, conversation_id: int) -> Row[str, str, int | None]:
    return connection.execute(THREAD, {"conversation_id": conversation_id}).one()


def _shown(connection: Connection, lease: Lease) -> tuple[str, bool]:
    """The ts of the answer's first part, and whether a part of it was deleted."""
    parts = connection.execute(SHOWN, {"turn_id": lease.turn_id}).all()
    first = min((part.ts for part in parts), key=ts_order, default="")
    return first, any(part.deleted for part in parts)
