"""How a message joins its thread's waiting turn, also when two processes store at once."""

from sqlalchemy import Connection, select

from bot.chat.messages import Question, Role
from bot.chat.turns import TurnState
from bot.database.dialects import insert, wake_up
from bot.database.tables import asker, conversation, message, spoken_by, stands, turn


def store(connection: Connection, question: Question, now: float) -> bool:
    """Add the message to the waiting turn, or begin one; False if it was stored before.

    The conversation's row stays locked until the commit, so the messages of one thread come in one by one,
    and a turn's number is younger than that of every turn before it.
    """
    conversation_id = _locked_conversation(connection, question)
    if question.mentioned:
        _remember_asker(connection, question, conversation_id)
    if _is_stored(connection, question):
        return False
    turn_id = _waiting_turn(connection, question, conversation_id, now)
    connection.execute(
        insert(connection, message)
        .values(
            team_id=question.thread.team_id,
            channel_id=question.thread.channel_id,
            conversation_id=conversation_id,
            turn_id=turn_id,
            role=Role.USER,
            author_id=question.author_id,
            author_team_id=question.author_team_id,
            ts=question.ts,
            text=kept(question.text),
            deleted=False,
        )
        .returning(message.c.id, *wake_up(connection, question.thread.team_id))
    )
    return True


def kept(text: str) -> str:
    """A text as it is kept: blank is empty, which is how a bare mention is told."""
    return text if text.strip() else ""


def _locked_conversation(connection: Connection, question: Question) -> int:
    thread = question.thread
    locked = (
        select(conversation.c.id)
        .where(
            conversation.c.team_id == thread.team_id,
            conversation.c.channel_id == thread.channel_id,
            conversation.c.root_ts == thread.root_ts,
        )
        .with_for_update(key_share=True)
    )
    found = connection.scalar(locked)
    if found is None:
        connection.execute(
            insert(connection, conversation)
            .values(
                team_id=thread.team_id,
                channel_id=thread.channel_id,
                root_ts=thread.root_ts,
                place=question.place,
            )
            .on_conflict_do_nothing()
        )
        found = connection.scalars(locked).one()
    return found


def _remember_asker(connection: Connection, question: Question, conversation_id: int) -> None:
    connection.execute(
        insert(connection, asker)
        .values(
            conversation_id=conversation_id,
            person_id=question.author_id,
            team_id=question.thread.team_id,
        )
        .on_conflict_do_nothing()
    )


def _is_stored(connection: Connection, question: Question) -> bool:
    return (
        connection.scalar(
            select(message.c.id).where(
                message.c.team_id == question.thread.team_id,
                message.c.channel_id == question.thread.channel_id,
                message.c.ts == question.ts,
                spoken_by(Role.USER),
            )
        )
        is not None
    )


def _waiting_turn(connection: Connection, question: Question, conversation_id: int, now: float) -> int:
    """The thread's waiting turn, locked: a claim that was faster leaves none, and a new one begins."""
    found = connection.scalar(
        select(turn.c.id)
        .where(turn.c.conversation_id == conversation_id, stands(TurnState.WAITING))
        .with_for_update(key_share=True)
    )
    if found is not None:
        return found
    return connection.scalars(
        insert(connection, turn)
        .values(
            team_id=question.thread.team_id,
            conversation_id=conversation_id,
            state=TurnState.WAITING,
            attempts=0,
            created_at=now,
        )
        .returning(turn.c.id)
    ).one()
