"""How a turn is taken: one statement claims, one more reads what the turn holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Update, and_, not_, or_, select, update

from bot.chat.messages import Role
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import Answer, Lease, Turn, TurnState, Usage
from bot.database.past import MESSAGE, message_of
from bot.database.tables import by_ts, conversation, message, reply_part, stands, stands_open, turn


def claim(team_id: str, owner: str, now: float, until: float, limit: int) -> Update:
    """Take the team's oldest turns: those that wait in a thread where none runs, or whose lease ran out.

    PostgreSQL passes over what another process is just taking or adding to. The choice stands in a common
    table expression because a subquery with a LIMIT may be run more than once.
    """
    waits = turn.alias("waits")
    runs = turn.alias("runs")
    thread_is_free = not_(
        select(runs.c.id)
        .where(runs.c.conversation_id == waits.c.conversation_id, stands(TurnState.RUNNING, runs))
        .exists()
    )
    chosen = (
        select(waits.c.id)
        .where(
            waits.c.team_id == team_id,
            stands_open(waits),
            or_(
                and_(stands(TurnState.WAITING, waits), thread_is_free),
                and_(stands(TurnState.RUNNING, waits), waits.c.lease_until <= now),
            ),
        )
        .order_by(waits.c.id)
        .limit(limit)
        .with_for_update(of=waits, key_share=True, skip_locked=True)
        .cte("chosen")
    )
    return (
        update(turn)
        .where(turn.c.id.in_(select(chosen.c.id)))
        .values(
            state=TurnState.RUNNING,
            owner=owner,
            lease_until=until,
            attempts=turn.c.attempts + 1,
        )
        .returning(turn.c.id)
    )


def claimed(connection: Connection, owner: str) -> Sequence[int]:
    """What this very claim has already taken: its commit went through and only the word of it was lost."""
    return connection.scalars(
        select(turn.c.id).where(stands(TurnState.RUNNING), stands_open(), turn.c.owner == owner)
    ).all()


def read_turns(connection: Connection, turn_ids: Iterable[int]) -> tuple[Turn, ...]:
    """The turns with all that they hold, oldest first."""
    rows = connection.execute(
        select(
            turn,
            conversation.c.channel_id,
            conversation.c.root_ts,
            conversation.c.place,
        )
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .where(turn.c.id.in_(turn_ids))
        .order_by(turn.c.id)
    ).all()
    if not rows:
        return ()
    messages = _messages(connection, rows)
    parts = _parts(connection, [row.id for row in rows if row.attempts > 1])
    return tuple(_turn_of(row, messages[row.id], parts[row.id]) for row in rows)


def _messages(
    connection: Connection, turns: Sequence[Row[*tuple[Any, ...]]]
) -> defaultdict[int, list[Row[*tuple[Any, ...]]]]:
    """Each turn's messages in ts order, found by the index that also serves the past."""
    messages: defaultdict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(
        select(*MESSAGE, message.c.turn_id, message.c.author_team_id)
        .where(
            message.c.conversation_id.in_({row.conversation_id for row in turns}),
            message.c.turn_id.in_([row.id for row in turns]),
        )
        .order_by(*by_ts(message.c.ts))
    ):
        messages[row.turn_id].append(row)
    return messages


def _parts(connection: Connection, turn_ids: Sequence[int]) -> defaultdict[int, list[str]]:
    """What earlier attempts left in Slack; a first attempt has nothing to look for."""
    parts: defaultdict[int, list[str]] = defaultdict(list)
    if turn_ids:
        for row in connection.execute(
            select(reply_part.c.turn_id, reply_part.c.ts)
            .where(reply_part.c.turn_id.in_(turn_ids), reply_part.c.deleted.is_(False))
            .order_by(*by_ts(reply_part.c.ts))
        ):
            parts[row.turn_id].append(row.ts)
    return parts


def _turn_of(
    row: Row[*tuple[Any, ...]], messages: Sequence[Row[*tuple[Any, ...]]], parts: Sequence[str]
) -> Turn:
    questions = [message for message in messages if message.role == Role.USER]
    answers = [message for message in messages if message.role == Role.ASSISTANT and not message.deleted]
    newest = questions[-1]
    return Turn(
        lease=Lease(turn_id=row.id, owner=row.owner, attempt=row.attempts),
        conversation_id=row.conversation_id,
        thread=ThreadKey(row.team_id, row.channel_id, row.root_ts),
        place=Place(row.place),
        questions=tuple(message_of(question) for question in questions),
        reply_ts=tuple(parts),
        answer=_answer_of(row, answers[0].text) if answers else None,
        recipient_id=newest.author_id,
        recipient_team_id=newest.author_team_id or row.team_id,
        waited_since=row.created_at,
    )


def _answer_of(row: Row[*tuple[Any, ...]], text: str) -> Answer:
    usage = Usage(
        prompt=row.prompt_tokens,
        completion=row.completion_tokens,
        cached=row.cached_tokens,
        reasoned=row.reasoned_tokens,
    )
    return Answer(deployment=row.deployment, text=text, finish=row.finish, usage=usage)
