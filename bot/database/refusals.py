"""What deployments refused, as `bot.chat.ports.refusals` wants it."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.deployments import Transport
from bot.chat.ports.refusals import KEPT_FOR, ParameterRefused
from bot.chat.ports.time import Clock
from bot.chat.setup import Effort
from bot.database.access import Database
from bot.database.dialects import insert
from bot.database.refusal_table import refusal

COUNTING = select(refusal).where(
    refusal.c.team_id == bindparam("of_team"), refusal.c.refused_at > bindparam("since")
)


class StoredRefusals:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, team_id: str, clock: Clock) -> None:
        self._database = database
        self._team_id = team_id
        self._clock = clock

    async def known(self) -> tuple[ParameterRefused, ...]:
        """Those that still count."""
        terms = {"of_team": self._team_id, "since": self._clock() - KEPT_FOR}
        rows = await self._database.read(lambda connection: connection.execute(COUNTING, terms).all())
        return tuple(_kept(row) for row in rows)

    async def keep(self, refused: ParameterRefused) -> None:
        """Keep one; of two for the same parameter the later one stays."""
        row = {
            "team_id": self._team_id,
            "deployment": refused.deployment,
            "transport": refused.transport.value,
            "effort": refused.effort.value if refused.effort else "",
            "parameter": refused.parameter,
            "refused_at": refused.at,
        }
        keeps = _kept_anew(self._database.backend)
        await self._database.write(lambda connection: connection.execute(keeps, row))


def _kept(row: Any) -> ParameterRefused:
    effort = Effort(row.effort) if row.effort else None
    return ParameterRefused(row.deployment, Transport(row.transport), effort, row.parameter, row.refused_at)


@cache
def _kept_anew(backend: str) -> sqlite.Insert | postgresql.Insert:
    new = insert(backend, refusal)
    return new.on_conflict_do_update(
        index_elements=list(refusal.primary_key), set_={"refused_at": new.excluded.refused_at}
    )
