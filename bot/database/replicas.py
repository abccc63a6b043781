"""Who else is at work: every process leaves a heartbeat in the database, and counts the others'."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import cache, partial
from typing import Protocol

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.database.access import Database
from bot.database.dialects import insert, moment
from bot.database.owner import Owner
from bot.database.replica_table import replica
from bot.database.shared_clock import SharedClock
from bot.errors import ConfabError, DatabaseDown, described

log = logging.getLogger(__name__)

BEAT = 2.0
"""Seconds between two heartbeats of a process."""

LIFE = 3 * BEAT
"""Seconds without a heartbeat after which a process counts as gone."""

IN_TEAM = replica.c.team_id == bindparam("of_team")
PROCESSES = select(replica.c.process).where(IN_TEAM)
LIVE = select(func.count()).select_from(replica).where(IN_TEAM)
SILENT = replica.delete().where(IN_TEAM, replica.c.beat < bindparam("since"))
GONE = replica.delete().where(IN_TEAM, replica.c.process.in_(bindparam("gone", expanding=True)))


@cache
def _beats(backend: str) -> sqlite.Insert | postgresql.Insert:
    new = insert(backend, replica)
    return new.on_conflict_do_update(
        index_elements=[replica.c.team_id, replica.c.process], set_={"beat": new.excluded.beat}
    )


class StoredReplicas:
    """The team's live processes. Only the database's clock is looked at, so nobody's own can be wrong.

    `clock` is set right with every heartbeat.
    """

    def __init__(self, database: Database, team_id: str, owner: Owner, clock: SharedClock) -> None:
        self._database = database
        self._team_id = team_id
        self._owner = owner
        self._process = owner.claim(0)
        self._clock = clock

    async def join(self) -> int:
        """Strike out this machine's processes that are provably gone, then `beat`."""
        await self._database.write(partial(_strike_out_orphans, team_id=self._team_id, owner=self._owner))
        return await self.beat()

    async def beat(self) -> int:
        """Give a sign of life; how many processes are alive, this one included."""
        asked = self._clock.own()
        beat = partial(_beat, team_id=self._team_id, process=self._process)
        now, live = await self._database.write(beat)
        self._clock.set(now, asked=asked, answered=self._clock.own())
        return live

    async def leave(self) -> None:
        """Count no more; where the database is away, silence says the same a little later."""
        left = {"of_team": self._team_id, "gone": [self._process]}
        try:
            await self._database.write(lambda connection: connection.execute(GONE, left).close())
        except ConfabError as error:
            log.warning("no farewell: %s", described(error))


class Listener(Protocol):
    """Hears the heartbeats of this process."""

    def beat(self) -> None:
        """One was stored."""

    def missed(self, error: ConfabError) -> None:
        """One could not be stored."""

    def live(self, processes: int) -> None:
        """So many processes are alive, this one included."""


async def keep_beating(
    replicas: StoredReplicas,
    listener: Listener,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Tell the listener of every heartbeat, and how many processes are alive, until cancelled.

    After a database that was away everybody looks silent at first: a count that fell is then believed only
    at the second heartbeat.
    """
    known, sure = 1, True
    while True:
        await sleep(BEAT)
        try:
            live = await _awaited(replicas.beat(), listener)
        except ConfabError as error:
            listener.missed(error)
            sure = False
            continue
        listener.beat()
        if sure or live > known:
            known = live
            listener.live(live)
        sure = True


async def _awaited(beat: Awaitable[int], listener: Listener) -> int:
    """What comes of a heartbeat. One that hangs is told as missed, and not joined by another."""
    beating = asyncio.ensure_future(beat)
    try:
        while not (await asyncio.wait({beating}, timeout=LIFE))[0]:
            listener.missed(DatabaseDown("database: no answer"))
        return beating.result()
    finally:
        beating.cancel()


def _beat(connection: Connection, team_id: str, process: str) -> tuple[float, int]:
    now = float(connection.scalars(select(moment(connection.dialect.name))).one())
    row = {"team_id": team_id, "process": process, "beat": now}
    connection.execute(_beats(connection.dialect.name), row)
    connection.execute(SILENT, {"of_team": team_id, "since": now - LIFE})
    return now, int(connection.scalars(LIVE, {"of_team": team_id}).one())


def _strike_out_orphans(connection: Connection, team_id: str, owner: Owner) -> None:
    """A process that was killed and is back at once must not share its budget with its own ghost."""
    known = connection.scalars(PROCESSES, {"of_team": team_id}).all()
    gone = [name for name in known if (other := Owner.of_claim(name)) and owner.knows_gone(other)]
    if gone:
        connection.execute(GONE, {"of_team": team_id, "gone": gone})
