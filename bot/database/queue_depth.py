"""How much there is to do."""

from sqlalchemy import Connection, Double, and_, bindparam, case, func, literal, select

from bot.chat.ports import Clock
from bot.chat.ports.watch import QueueDepth
from bot.chat.turns import TurnState
from bot.database.access import Database
from bot.database.tables import stands, stands_open, turn

HELD = and_(
    stands(TurnState.RUNNING), turn.c.owner.is_not(None), turn.c.lease_until > bindparam("now", type_=Double)
)
STATE = case((HELD, literal(TurnState.RUNNING)), else_=literal(TurnState.WAITING))
OPEN = (
    select(STATE, func.count(), func.min(turn.c.created_at))
    .where(turn.c.team_id == bindparam("of_team"), stands_open())
    .group_by(STATE)
)


async def queue_depth(database: Database, team_id: str, clock: Clock) -> QueueDepth:
    """The team's open turns in one look; `DatabaseDown` where the database stays away.

    One that was handed back, or whose lease ran out, waits: nobody works on it.
    """
    now = clock()

    def look(connection: Connection) -> dict[str, tuple[int, float]]:
        rows = connection.execute(OPEN, {"of_team": team_id, "now": now}).all()
        return {state: (number, since) for state, number, since in rows}

    found = await database.read(look)
    waiting, since = found.get(TurnState.WAITING, (0, now))
    running, _ = found.get(TurnState.RUNNING, (0, now))
    return QueueDepth(waiting=waiting, running=running, oldest=max(0.0, now - since))
