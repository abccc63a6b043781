"""How a turn is taken: one statement claims, two more read what the turn holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, and_, bindparam, not_, or_, select
from sqlalchemy.sql.dml import ReturningUpdate

from bot.chat.messages import Role
from bot.chat.overheard import CameLate
from bot.chat.regenerating import Rerun
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import Answer, Lease, Turn, TurnState, Usage
from bot.chat.versions import DraftKey
from bot.database.home_tables import trial
from bot.database.past import MESSAGE, message_of
from bot.database.sent_json import passed_over_of
from bot.database.tables import by_ts, conversation, message, reply_part, stands, stands_open, turn
from bot.database.turns_at import OTHERS

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

AT_ONCE = 1.0
"""Seconds: a turn that is claimed sooner has waited for no other one's answer."""


def _claim() -> ReturningUpdate[int]:
    """Take the team's oldest turns: those that wait in a thread where none runs, or whose lease ran out.

    PostgreSQL passes over what another process is just taking or adding to. The choice stands in a common
    table expression because a subquery with a LIMIT may be run more than once.
    """
    open_ = turn.alias("open_turn")
    runs = turn.alias("runs")
    thread_is_free = not_(
        select(runs.c.id)
        .where(runs.c.conversation_id == open_.c.conversation_id, stands(TurnState.RUNNING, runs))
        .exists()
    )
    chosen = (
        select(open_.c.id)
        .where(
            open_.c.team_id == bindparam("of_team"),
            stands_open(open_),
            or_(
                and_(stands(TurnState.WAITING, open_), thread_is_free),
                and_(stands(TurnState.RUNNING, open_), open_.c.lease_until <= bindparam("now")),
            ),
        )
        .order_by(open_.c.id)
        .limit(bindparam("limit"))
        .with_for_update(of=open_, key_share=True, skip_locked=True)
        .cte("chosen")
    )
    return (
        turn.update()
        .where(turn.c.id.in_(select(chosen.c.id)))
        .values(state=TurnState.RUNNING, attempts=turn.c.attempts + 1)
        .returning(turn.c.id)
    )


CLAIM = _claim()
CLAIMED_BEFORE = select(turn.c.id).where(
    stands_open(), stands(TurnState.RUNNING), turn.c.owner == bindparam("owner")
)
TURNS = (
    select(
        turn,
        conversation.c.channel_id,
        conversation.c.root_ts,
        conversation.c.place,
        conversation.c.title,
        conversation.c.mentioned_ts,
        conversation.c.looked_ts,
        conversation.c.read_ts,
        conversation.c.ended,
        trial.c.tried_channel_id,
        trial.c.person_id.label("tries"),
    )
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .outerjoin(
        trial,
        and_(
            trial.c.team_id == conversation.c.team_id,
            trial.c.channel_id == conversation.c.channel_id,
            trial.c.root_ts == conversation.c.root_ts,
        ),
    )
    .where(turn.c.id.in_(bindparam("turns", expanding=True)))
    .order_by(turn.c.id)
)
# By the conversation too, which is how the index that serves the past finds them.
MESSAGES = (
    select(*MESSAGE, message.c.turn_id, message.c.author_team_id)
    .where(
        message.c.conversation_id.in_(bindparam("conversations", expanding=True)),
        message.c.turn_id.in_(bindparam("turns", expanding=True)),
        message.c.overheard_as.is_(None),
    )
    .order_by(*by_ts(message.c.ts))
)
PARTS = (
    select(reply_part.c.turn_id, reply_part.c.ts, reply_part.c.deleted)
    .where(reply_part.c.turn_id.in_(bindparam("turns", expanding=True)))
    .order_by(*by_ts(reply_part.c.ts))
)


def claim(
    connection: Connection, *, team_id: str, owner: str, now: float, until: float, limit: int, again: bool
) -> tuple[Turn, ...]:
    """Take up to `limit` turns in the name of `owner`, which no other claim has.

    `again` asks first for what this very claim has taken: its commit may have gone through with only the
    word of it lost.
    """
    taken = connection.scalars(CLAIMED_BEFORE, {"owner": owner}).all() if again else ()
    if not taken:
        terms = {"of_team": team_id, "owner": owner, "now": now, "lease_until": until, "limit": limit}
        taken = connection.scalars(CLAIM, terms).all()
    return _read(connection, taken, now) if taken else ()


def _read(connection: Connection, turn_ids: Iterable[int], now: float) -> tuple[Turn, ...]:
    """The turns with all that they hold, oldest first."""
    rows = connection.execute(TURNS, {"turns": list(turn_ids)}).all()
    within = {"conversations": [row.conversation_id for row in rows], "turns": [row.id for row in rows]}
    messages: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in connection.execute(MESSAGES, within):
        messages[row.turn_id].append(row)
    parts: defaultdict[int, list[AnyRow]] = defaultdict(list)
    # A first attempt has left nothing to look for; what it waited behind may have come after its question.
    if later := [row.id for row in rows if row.attempts > 1]:
        for part in connection.execute(PARTS, {"turns": later}):
            parts[part.turn_id].append(part)
    behind = (row for row in rows if row.attempts > 1 or now - row.created_at > AT_ONCE)
    others = {row.id: _others(connection, row, messages[row.id]) for row in behind}
    return tuple(
        _turn_of(row, messages[row.id], parts[row.id], others.get(row.id, frozenset())) for row in rows
    )


def _others(connection: Connection, row: AnyRow, messages: Sequence[AnyRow]) -> frozenset[str]:
    """What other turns left in the thread since it was asked."""
    which = {"of_team": row.team_id, "of_channel": row.channel_id, "within": row.conversation_id}
    newest = max(message.ts for message in messages if message.role == Role.USER)
    return frozenset(connection.scalars(OTHERS, which | {"of_turn": row.id, "after": newest}))


def _turn_of(
    row: AnyRow, messages: Sequence[AnyRow], parts: Sequence[AnyRow], others: frozenset[str]
) -> Turn:
    questions = [message for message in messages if message.role == Role.USER]
    answers = [message for message in messages if message.role == Role.ASSISTANT]
    newest = questions[-1]
    answer = next((_answer_of(row, each.text) for each in answers if not each.deleted), None)
    rerun = Rerun(row.rerun_by, row.rerun_after, row.goes_on) if row.rerun_by else None
    return Turn(
        lease=Lease(turn_id=row.id, owner=row.owner, attempt=row.attempts),
        conversation_id=row.conversation_id,
        thread=ThreadKey(row.team_id, row.channel_id, row.root_ts),
        place=Place(row.place),
        questions=tuple(message_of(question) for question in questions),
        reply_ts=tuple(part.ts for part in parts if not part.deleted),
        answer=None if rerun else answer,
        rerun=rerun,
        earlier=answer if rerun else None,
        recipient_id=newest.author_id,
        recipient_team_id=newest.author_team_id or row.team_id,
        waited_since=row.created_at,
        handed_over=row.handed_over,
        stopped=row.stopped_by is not None,
        title=row.title or "",
        late=_late(row),
        tries=DraftKey(row.team_id, row.tried_channel_id, row.tries) if row.tries else None,
        others=others,
        ended=row.ended,
        deleted=any(each.deleted for each in (*answers, *parts)),
    )


def _late(row: AnyRow) -> CameLate | None:
    return CameLate(row.mentioned_ts, row.looked_ts or "", row.read_ts or "") if row.mentioned_ts else None


def _answer_of(row: AnyRow, text: str) -> Answer:
    usage = Usage(
        prompt=row.prompt_tokens,
        completion=row.completion_tokens,
        cached=row.cached_tokens,
        reasoned=row.reasoned_tokens,
    )
    over = passed_over_of(row.included)
    return Answer(row.deployment, text, row.finish, usage, passed_over=over)
