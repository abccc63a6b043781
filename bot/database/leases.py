"""What a lease allows: writes that touch nothing once somebody else holds the turn."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, update

from bot.chat.turns import MOVES, Lease, Move, TurnState
from bot.database.owner import Owner
from bot.database.tables import stands, stands_open, turn
from bot.errors import LeaseLost


def write_held(connection: Connection, lease: Lease, **values: Any) -> int:
    """Change a turn as its holder and lock it until the commit; its conversation.

    Raises `LeaseLost` where the lease is not the turn's any more.
    """
    conversation_id: int | None = connection.scalar(
        update(turn).where(_held(lease)).values(**values).returning(turn.c.conversation_id)
    )
    if conversation_id is None:
        raise LeaseLost
    return conversation_id


def close(connection: Connection, lease: Lease, move: Move, outcome: str, now: float) -> None:
    """End a turn by one of the moves that end one; ending it again the same way is no loss of the lease."""
    begins, ends = MOVES[move]
    if ends.open or TurnState.RUNNING not in begins:
        raise ValueError(f"{move} does not end a turn")
    try:
        write_held(connection, lease, state=ends, outcome=outcome, closed_at=now, lease_until=None)
    except LeaseLost:
        again = select(turn.c.id).where(
            turn.c.id == lease.turn_id, turn.c.owner == lease.owner, turn.c.state == ends
        )
        if connection.scalar(again) is None:
            raise


def end_orphaned(connection: Connection, team_id: str, owner: Owner, now: float) -> int:
    """End the leases of processes that provably ended without doing so; how many there were."""
    held = and_(turn.c.team_id == team_id, stands_open(), stands(TurnState.RUNNING))
    names = connection.scalars(select(turn.c.owner).where(held, turn.c.owner.is_not(None))).all()
    gone = [name for name in names if name and (other := Owner.of_claim(name)) and owner.knows_gone(other)]
    if not gone:
        return 0
    return len(
        connection.scalars(
            update(turn)
            .where(held, turn.c.owner.in_(gone), turn.c.lease_until > now)
            .values(lease_until=now)
            .returning(turn.c.id)
        ).all()
    )


def _held(lease: Lease) -> ColumnElement[bool]:
    return and_(
        turn.c.id == lease.turn_id,
        turn.c.owner == lease.owner,
        turn.c.attempts == lease.attempt,
        stands(TurnState.RUNNING),
    )
