"""What a lease allows: writes that touch nothing once somebody else holds the turn."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select
from sqlalchemy.sql.dml import ReturningUpdate

from bot.chat.turns import MOVES, Lease, Move, TurnState
from bot.database.dialects import wake
from bot.database.owner import Owner
from bot.database.tables import stands, stands_open, turn
from bot.errors import LeaseLost

HELD = (
    turn.update()
    .where(
        turn.c.id == bindparam("of_turn"),
        turn.c.owner == bindparam("of_owner"),
        turn.c.attempts == bindparam("of_attempt"),
        stands(TurnState.RUNNING),
    )
    .returning(turn.c.conversation_id)
)
HANDED_OVER = HELD.values(handed_over=turn.c.handed_over + 1)
# Whose turn was closed has kept it: only somebody else's hand takes the owner away.
STILL_OURS = select(turn.c.id, turn.c.owner, turn.c.attempts).where(
    turn.c.id.in_(bindparam("turns", expanding=True))
)
CLOSED_BY_US = select(turn.c.id).where(
    turn.c.id == bindparam("of_turn"),
    turn.c.owner == bindparam("of_owner"),
    turn.c.state == bindparam("of_state"),
)
RUNNING = and_(turn.c.team_id == bindparam("of_team"), stands_open(), stands(TurnState.RUNNING))
HOLDERS = select(turn.c.owner).where(RUNNING, turn.c.owner.is_not(None))
ENDED = (
    turn.update()
    .where(
        RUNNING,
        turn.c.owner.in_(bindparam("owners", expanding=True)),
        turn.c.lease_until > bindparam("now"),
    )
    .returning(turn.c.id)
)


def write_held(connection: Connection, lease: Lease, **values: Any) -> int:
    """Change a turn as its holder and lock it until the commit; its conversation.

    Raises `LeaseLost` where the lease is not the turn's any more.
    """
    return _write(connection, lease, HELD, values)


def lost(connection: Connection, leases: Collection[Lease]) -> frozenset[Lease]:
    """Which of these others have taken; a turn that its holder has closed is none of them."""
    rows = connection.execute(STILL_OURS, {"turns": [lease.turn_id for lease in leases]})
    return frozenset(leases) - {Lease(row.id, row.owner, row.attempts) for row in rows}


def hand_back(
    connection: Connection, lease: Lease, team_id: str, *, until: float | None, spent: bool
) -> None:
    """Leave a turn to whoever claims it next: after `until`, or at once."""
    _write(connection, lease, HELD if spent else HANDED_OVER, {"owner": None, "lease_until": until or 0.0})
    if until is None:
        wake(connection, team_id)


def close(connection: Connection, lease: Lease, move: Move, outcome: str, now: float) -> None:
    """End a turn by one of the moves that end one; ending it again the same way is no loss of the lease."""
    begins, ends = MOVES[move]
    if ends.open or TurnState.RUNNING not in begins:
        raise ValueError(f"{move} does not end a turn")
    try:
        write_held(
            connection, lease, state=ends, outcome=outcome, closed_at=now, lease_until=None, rerun_by=None
        )
    except LeaseLost:
        closed = {"of_turn": lease.turn_id, "of_owner": lease.owner, "of_state": ends}
        if connection.scalar(CLOSED_BY_US, closed) is None:
            raise


def end_orphaned(connection: Connection, team_id: str, owner: Owner, now: float) -> int:
    """End the leases of processes that provably ended without doing so; how many there were."""
    names = set(connection.scalars(HOLDERS, {"of_team": team_id}))
    gone = [name for name in names if name and (other := Owner.of_claim(name)) and owner.knows_gone(other)]
    if not gone:
        return 0
    ended = {"of_team": team_id, "owners": gone, "now": now, "lease_until": now}
    return len(connection.scalars(ENDED, ended).all())


def _write(
    connection: Connection, lease: Lease, statement: ReturningUpdate[int], values: dict[str, Any]
) -> int:
    held = {"of_turn": lease.turn_id, "of_owner": lease.owner, "of_attempt": lease.attempt}
    conversation_id = connection.scalar(statement, held | values)
    if conversation_id is None:
        raise LeaseLost
    return conversation_id
