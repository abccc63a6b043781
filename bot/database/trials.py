"""Threads that try a draft, as `bot.chat.ports.homes` wants them."""

from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.ports.time import Clock
from bot.chat.threads import ThreadKey
from bot.chat.versions import DraftKey
from bot.database.access import Database
from bot.database.dialects import insert
from bot.database.home_tables import trial
from bot.database.storing import thread_values

TRIED = select(trial.c.tried_channel_id, trial.c.person_id).where(
    trial.c.team_id == bindparam("team_id"),
    trial.c.channel_id == bindparam("channel_id"),
    trial.c.root_ts == bindparam("root_ts"),
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


@cache
def _new_trial(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, trial).on_conflict_do_nothing()


def _begin(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(_new_trial(connection.dialect.name), row)
