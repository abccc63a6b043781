"""How a message joins its thread's waiting turn, also when two processes store at once.

Here as in its neighbours a statement is built once: building one costs ten times as much as running it.
"""

from functools import cache

from sqlalchemy import Connection, and_, bindparam, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from bot.chat.messages import Question, Role
from bot.chat.shared_files import KeptFile
from bot.chat.threads import Place, ThreadKey, ts_order
from bot.chat.turns import TurnState
from bot.database.dialects import insert, wake, wake_up
from bot.database.files_json import files_json
from bot.database.tables import asker, by_ts, conversation, message, spoken_by, stands, turn

IN_THREAD = and_(
    conversation.c.team_id == bindparam("team_id"),
    conversation.c.channel_id == bindparam("channel_id"),
    conversation.c.root_ts == bindparam("root_ts"),
)
LOCKED_CONVERSATION = (
    select(conversation.c.id, conversation.c.ended).where(IN_THREAD).with_for_update(key_share=True)
)
BEGUN_AGAIN = conversation.update().where(conversation.c.id == bindparam("of_id")).values(ended=False)
STORED = select(message.c.id, message.c.overheard_as).where(
    message.c.team_id == bindparam("team_id"),
    message.c.channel_id == bindparam("channel_id"),
    message.c.ts == bindparam("ts"),
    spoken_by(Role.USER),
)
LOCKED_WAITING_TURN = (
    select(turn.c.id)
    .where(turn.c.conversation_id == bindparam("conversation_id"), stands(TurnState.WAITING))
    .with_for_update(key_share=True)
)
FIRST_ASKED = (
    select(asker.c.since_ts)
    .where(asker.c.conversation_id == bindparam("conversation_id"))
    .order_by(*by_ts(asker.c.since_ts))
    .limit(1)
)
ASKED_AFTER_ALL = (
    message.update()
    .where(message.c.id == bindparam("of_id"))
    .values(overheard_as=None, turn_id=bindparam("of_turn"))
)
MENTIONED = (
    conversation.update()
    .where(
        conversation.c.id == bindparam("of_id"),
        conversation.c.mentioned_ts.is_not(None),
        tuple_(*by_ts(conversation.c.mentioned_ts)) < tuple_(func.length(bindparam("at")), bindparam("at")),
    )
    .values(mentioned_ts=bindparam("at"))
)
NEW_TURN = turn.insert().returning(turn.c.id)


@cache
def _new_conversation(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, conversation).on_conflict_do_nothing()


@cache
def _new_asker(backend: str) -> sqlite.Insert | postgresql.Insert:
    new = insert(backend, asker)
    since = new.excluded.since_ts
    earlier = tuple_(func.length(since), since) < tuple_(*by_ts(asker.c.since_ts))
    return new.on_conflict_do_update(
        index_elements=[asker.c.conversation_id, asker.c.person_id],
        set_={"since_ts": since},
        where=earlier,
    )


@cache
def _new_message(backend: str) -> ReturningInsert[int]:
    return message.insert().returning(message.c.id, *wake_up(backend))


def thread_values(thread: ThreadKey) -> dict[str, str]:
    """A thread as `IN_THREAD` wants it."""
    return {"team_id": thread.team_id, "channel_id": thread.channel_id, "root_ts": thread.root_ts}


def kept(text: str) -> str:
    """A text as it is kept: blank is empty, which is how a bare mention is told."""
    return text if text.strip() else ""


def store(connection: Connection, question: Question, now: float) -> bool:
    """Add the message to the waiting turn, or begin one; False if it was stored before.

    The conversation's row stays locked until the commit, so the messages of one thread come in one by one,
    and a turn's number is younger than that of every turn before it.
    """
    team_id, channel_id = question.thread.team_id, question.thread.channel_id
    conversation_id, ended = _locked_conversation(connection, question)
    if ended:
        if not question.mentioned or _is_stored(connection, question):
            return False
        connection.execute(BEGUN_AGAIN, {"of_id": conversation_id})
    if question.mentioned:
        connection.execute(
            _new_asker(connection.dialect.name),
            {
                "conversation_id": conversation_id,
                "person_id": question.author_id,
                "team_id": team_id,
                "since_ts": question.ts,
            },
        )
    place = {"team_id": team_id, "channel_id": channel_id, "ts": question.ts}
    if stored := connection.execute(STORED, place).one_or_none():
        overheard = stored.id if stored.overheard_as else None
        return overheard is not None and _asks_after_all(
            connection, question, conversation_id, overheard, now
        )
    connection.execute(
        _new_message(connection.dialect.name),
        {
            "team_id": team_id,
            "channel_id": channel_id,
            "conversation_id": conversation_id,
            "turn_id": _waiting_turn(connection, team_id, conversation_id, now),
            "role": Role.USER,
            "author_id": question.author_id,
            "author_team_id": question.author_team_id,
            "ts": question.ts,
            "text": kept(question.text),
            "deleted": False,
            "files": files_json(map(KeptFile, question.files)) if question.files else None,
            "woken": team_id,
        },
    )
    return True


def _is_stored(connection: Connection, question: Question) -> bool:
    thread = question.thread
    place = {"team_id": thread.team_id, "channel_id": thread.channel_id, "ts": question.ts}
    return connection.execute(STORED, place).first() is not None


def _asks_after_all(
    connection: Connection, question: Question, conversation_id: int, message_id: int, now: float
) -> bool:
    """What was read before its own event came is a question, unless nobody had asked by then."""
    first = connection.scalar(FIRST_ASKED, {"conversation_id": conversation_id})
    if first is not None and ts_order(question.ts) < ts_order(first):
        return False
    turn_id = _waiting_turn(connection, question.thread.team_id, conversation_id, now)
    connection.execute(ASKED_AFTER_ALL, {"of_id": message_id, "of_turn": turn_id})
    wake(connection, question.thread.team_id)
    return True


def _locked_conversation(connection: Connection, question: Question) -> tuple[int, bool]:
    """The conversation's number, and whether it has ended."""
    thread = thread_values(question.thread)
    found = connection.execute(LOCKED_CONVERSATION, thread).one_or_none()
    if found is None:
        connection.execute(_new_conversation(connection.dialect.name), thread | _begun(question))
        found = connection.execute(LOCKED_CONVERSATION, thread).one()
    if question.mentioned and _in_peoples_thread(question):
        connection.execute(MENTIONED, {"of_id": found.id, "at": question.ts})
    return found.id, found.ended


def _in_peoples_thread(question: Question) -> bool:
    return question.place is Place.CHANNEL and question.ts != question.thread.root_ts


def _begun(question: Question) -> dict[str, str | None]:
    late = _in_peoples_thread(question)
    return {"place": question.place, "mentioned_ts": question.ts if late else None}


def _waiting_turn(connection: Connection, team_id: str, conversation_id: int, now: float) -> int:
    """The thread's waiting turn, locked: a claim that was faster leaves none, and a new one begins."""
    found = connection.scalar(LOCKED_WAITING_TURN, {"conversation_id": conversation_id})
    if found is not None:
        return found
    begun = {
        "team_id": team_id,
        "conversation_id": conversation_id,
        "state": TurnState.WAITING,
        "attempts": 0,
        "created_at": now,
    }
    return connection.scalars(NEW_TURN, begun).one()
