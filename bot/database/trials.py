"""Threads that try a draft, and what channels were told, as `bot.chat.ports.homes` wants them."""

from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.ports.time import Clock
from bot.chat.threads import ThreadKey
from bot.chat.versions import DraftKey
from bot.database.access import Database
from bot.database.dialects import insert
from bot.database.home_tables import told, trial
from bot.database.storing import thread_values

TRIED = select(trial.c.tried_channel_id, trial.c.person_id).where(
    trial.c.team_id == bindparam("team_id"),
    trial.c.channel_id == bindparam("channel_id"),
    trial.c.root_ts == bindparam("root_ts"),
)
TOLD = and_(told.c.team_id == bindparam("of_team"), told.c.channel_id == bindparam("of_channel"))
GREET = (
    told.update()
    .where(TOLD, or_(told.c.greeted.is_(None), told.c.greeted != bindparam("coming")))
    .values(greeted=bindparam("coming"))
)
POST = (
    told.update()
    .where(TOLD, or_(told.c.posted.is_(None), told.c.posted != bindparam("coming")))
    .values(posted=bindparam("coming"))
)
ANNOUNCE = (
    told.update()
    .where(TOLD, or_(told.c.announced_at.is_(None), told.c.announced_at <= bindparam("before")))
    .values(announced_at=bindparam("now"))
)


class StoredTrials:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, thread: ThreadKey, draft: DraftKey) -> None:
        """From now on this thread runs that draft."""
        row = thread_values(thread) | {
            "tried_channel_id": draft.channel_id,
            "person_id": draft.person_id,
            "begun_at": self._clock(),
        }
        await self._database.write(partial(_begin, row=row))

    async def of(self, thread: ThreadKey) -> DraftKey | None:
        """The draft that a thread runs; None for every other thread."""
        which = thread_values(thread)
        found = await self._database.read(lambda connection: connection.execute(TRIED, which).one_or_none())
        return found and DraftKey(thread.team_id, found.tried_channel_id, found.person_id)


class StoredTellings:
    """Each verb is one short transaction that lets one of several processes through."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def may_greet(self, team_id: str, channel_id: str, coming: str) -> bool:
        """Whether nobody was greeted yet for this coming into the channel."""
        return await self._told(GREET, team_id, channel_id, coming=coming)

    async def may_post(self, team_id: str, channel_id: str, coming: str) -> bool:
        """Whether the greeting was not yet posted for this coming."""
        return await self._told(POST, team_id, channel_id, coming=coming)

    async def may_announce(self, team_id: str, channel_id: str, *, spacing: float) -> bool:
        """Whether the last announcement there is `spacing` seconds old; if so, this is the new last one."""
        now = self._clock()
        return await self._told(ANNOUNCE, team_id, channel_id, now=now, before=now - spacing)

    async def _told(self, update: Any, team_id: str, channel_id: str, **terms: object) -> bool:
        which = {"of_team": team_id, "of_channel": channel_id}

        def tell(connection: Connection) -> bool:
            row = {"team_id": team_id, "channel_id": channel_id}
            connection.execute(_new_row(connection.dialect.name), row)
            return connection.execute(update, which | terms).rowcount == 1

        return await self._database.write(tell)


@cache
def _new_row(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, told).on_conflict_do_nothing()


@cache
def _new_trial(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, trial).on_conflict_do_nothing()


def _begin(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(_new_trial(connection.dialect.name), row)
