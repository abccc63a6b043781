"""Muted threads, as `bot.chat.ports.opinions.Quiet` wants them."""

from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.messages import Role
from bot.chat.threads import ThreadKey, ts_order
from bot.database.access import Database
from bot.database.dialects import insert
from bot.database.quiet_table import quiet
from bot.database.storable import StorableText
from bot.database.storing import thread_values
from bot.database.tables import by_ts, conversation, message, reply_part, spoken_by, turn

THIS = and_(
    quiet.c.team_id == bindparam("of_team"),
    quiet.c.channel_id == bindparam("of_channel"),
    quiet.c.root_ts == bindparam("of_root"),
)
WHEN = bindparam("at", type_=StorableText())
NEWER = tuple_(*by_ts(quiet.c.changed_ts)) < tuple_(func.length(WHEN), WHEN)
STANDING = select(quiet.c.quiet, quiet.c.changed_ts).where(THIS)
HUSH = (
    quiet.update()
    .where(THIS, quiet.c.quiet.is_(False), NEWER)
    .values(quiet=True, by_person_id=bindparam("by"), changed_ts=WHEN)
)
WAKE = quiet.update().where(THIS, quiet.c.quiet.is_(True), NEWER).values(quiet=False, changed_ts=WHEN)
WAKE_OWN = WAKE.where(quiet.c.by_person_id == bindparam("by"))
HERE = and_(
    conversation.c.team_id == bindparam("of_team"), conversation.c.channel_id == bindparam("of_channel")
)
ASKED_THERE = select(message.c.conversation_id).where(
    message.c.team_id == bindparam("of_team"),
    message.c.channel_id == bindparam("of_channel"),
    message.c.ts == bindparam("ts"),
    spoken_by(Role.USER),
)
ANSWERED_THERE = (
    select(turn.c.conversation_id)
    .join(reply_part, reply_part.c.turn_id == turn.c.id)
    .where(
        reply_part.c.team_id == bindparam("of_team"),
        reply_part.c.channel_id == bindparam("of_channel"),
        reply_part.c.ts == bindparam("ts"),
    )
)
ROOT = select(conversation.c.root_ts).where(
    HERE,
    or_(
        conversation.c.root_ts == bindparam("ts"),
        conversation.c.id.in_(ASKED_THERE),
        conversation.c.id.in_(ANSWERED_THERE),
    ),
)


class StoredQuiet:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_quiet(self, thread: ThreadKey, at: str | None = None) -> bool:
        """Whether the thread is muted, or was woken only after that time; the last change alone is known."""
        which = _which(thread)
        found = await self._database.read(lambda connection: connection.execute(STANDING, which).first())
        if found is None:
            return False
        woken_later = at is not None and ts_order(at) < ts_order(found.changed_ts)
        return bool(found.quiet) or woken_later

    async def hush(self, thread: ThreadKey, by: str, at: str) -> bool:
        """Mute it, unless something newer happened; True for the one who changed that."""
        return await self._database.write(partial(hush, thread=thread, by=by, at=at))

    async def wake(self, thread: ThreadKey, at: str, *, by: str | None = None) -> bool:
        """End it, unless it was muted later, or with `by` by somebody else."""
        which: dict[str, Any] = _which(thread) | {"at": at}
        if by is None:
            return await self._database.write(
                lambda connection: connection.execute(WAKE, which).rowcount == 1
            )
        which["by"] = by
        return await self._database.write(
            lambda connection: connection.execute(WAKE_OWN, which).rowcount == 1
        )

    async def thread_of(self, team_id: str, channel_id: str, ts: str) -> ThreadKey | None:
        """The thread of ours in which this Slack message stands."""
        which = {"of_team": team_id, "of_channel": channel_id, "ts": ts}
        root = await self._database.read(lambda connection: connection.scalar(ROOT, which))
        return None if root is None else ThreadKey(team_id, channel_id, root)


def hush(connection: Connection, thread: ThreadKey, by: str, at: str) -> bool:
    """Mute a thread within a transaction."""
    row = thread_values(thread) | {"quiet": False, "by_person_id": "", "changed_ts": ""}
    connection.execute(_new_row(connection.dialect.name), row)
    return connection.execute(HUSH, _which(thread) | {"by": by, "at": at}).rowcount == 1


def _which(thread: ThreadKey) -> dict[str, str]:
    return {"of_team": thread.team_id, "of_channel": thread.channel_id, "of_root": thread.root_ts}


@cache
def _new_row(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, quiet).on_conflict_do_nothing()
