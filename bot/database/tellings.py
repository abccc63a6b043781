"""What channels were told, and what they have yet to hear, as `bot.chat.ports.homes` wants it."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.ports.time import Clock
from bot.chat.switches import Switch, hears
from bot.chat.threads import Place
from bot.chat.versions import WORKSPACE
from bot.database.access import Database
from bot.database.dialects import insert
from bot.database.home_tables import told
from bot.database.setup_tables import channel_setup
from bot.database.tables import conversation

NOTHING_WAITS = {"known_version": None, "newest_version": None}
TOLD = and_(told.c.team_id == bindparam("of_team"), told.c.channel_id == bindparam("of_channel"))
QUIET = or_(told.c.announced_at.is_(None), told.c.announced_at <= bindparam("before"))
THIS_SWITCH = and_(
    TOLD,
    told.c.known_version == bindparam("known"),
    told.c.newest_version == bindparam("newest"),
)
# Whoever is greeted hears who answers.
GREET = (
    told.update()
    .where(TOLD, or_(told.c.greeted.is_(None), told.c.greeted != bindparam("coming")))
    .values(greeted=bindparam("coming"), **NOTHING_WAITS)
)
POST = (
    told.update()
    .where(TOLD, or_(told.c.posted.is_(None), told.c.posted != bindparam("coming")))
    .values(posted=bindparam("coming"))
)
POST_AGAIN = told.update().where(TOLD, told.c.posted == bindparam("coming")).values(posted=None)
SWITCHES = (
    select(told)
    .where(told.c.team_id == bindparam("of_team"), told.c.known_version.is_not(None), QUIET)
    .order_by(told.c.channel_id)
)
ANNOUNCE = told.update().where(THIS_SWITCH, QUIET).values(announced_at=bindparam("now"), **NOTHING_WAITS)
PASS_OVER = told.update().where(THIS_SWITCH).values(**NOTHING_WAITS)
WAIT_AGAIN = (
    told.update()
    .where(TOLD)
    .values(
        announced_at=bindparam("announced_before"),
        known_version=bindparam("known"),
        newest_version=func.coalesce(told.c.newest_version, bindparam("newest")),
    )
)
HAS_ITS_OWN = exists().where(
    channel_setup.c.team_id == told.c.team_id, channel_setup.c.channel_id == told.c.channel_id
)
A_CONVERSATION = (
    select(conversation.c.id)
    .where(
        conversation.c.team_id == bindparam("team_id"), conversation.c.channel_id == bindparam("channel_id")
    )
    .limit(1)
)
USUAL_CHANGED = (
    told.update()
    .where(told.c.team_id == bindparam("of_team"), ~HAS_ITS_OWN)
    .values(
        known_version=func.coalesce(told.c.known_version, bindparam("known")),
        newest_version=bindparam("newest"),
    )
)


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

    async def not_posted(self, team_id: str, channel_id: str, coming: str) -> None:
        """Let the greeting be posted for this coming after all."""
        await self._told(POST_AGAIN, team_id, channel_id, coming=coming)

    async def switches(self, team_id: str, *, spacing: float) -> tuple[Switch, ...]:
        """What channels have yet to hear whose last announcement is `spacing` seconds old."""
        terms = {"of_team": team_id, "before": self._clock() - spacing}
        rows = await self._database.read(lambda connection: connection.execute(SWITCHES, terms).all())
        return tuple(_switch(row) for row in rows)

    async def may_announce(self, team_id: str, switch: Switch, *, spacing: float) -> bool:
        """Whether this still waits and the last announcement there is that old; if so, it waits no more."""
        now = self._clock()
        return await self._told(
            ANNOUNCE, team_id, switch.channel_id, **_which(switch), now=now, before=now - spacing
        )

    async def pass_over(self, team_id: str, switch: Switch) -> None:
        """Let the channel's knowledge stand as it is, unless another version came meanwhile."""
        await self._told(PASS_OVER, team_id, switch.channel_id, **_which(switch))

    async def wait_again(self, team_id: str, switch: Switch) -> None:
        """Take back that a switch was announced."""
        terms = _which(switch) | {"announced_before": switch.announced_at}
        await self._told(WAIT_AGAIN, team_id, switch.channel_id, **terms)

    async def _told(self, update: Any, team_id: str, channel_id: str, **terms: object) -> bool:
        which = {"of_team": team_id, "of_channel": channel_id}

        def tell(connection: Connection) -> bool:
            row = {"team_id": team_id, "channel_id": channel_id}
            connection.execute(_new_row(connection.dialect.name), row)
            return connection.execute(update, which | terms).rowcount == 1

        return await self._database.write(tell)


def note_version(connection: Connection, team_id: str, channel_id: str, *, known: int, newest: int) -> None:
    """Remember, with the version itself, that channels have yet to hear of it.

    Of the workspace's usual setup those hear that have none of their own and in which Confab has a past.
    """
    backend = connection.dialect.name
    if channel_id == WORKSPACE:
        terms = {"of_team": team_id, "known": known, "newest": newest}
        connection.execute(_rows_of_conversations(backend), {"of_team": team_id})
        connection.execute(USUAL_CHANGED, terms)
    elif hears(channel_id):
        row = {"team_id": team_id, "channel_id": channel_id, "known_version": known, "newest_version": newest}
        connection.execute(_own_changed(backend), row)


def has_a_past(connection: Connection, team_id: str, channel_id: str) -> bool:
    """Whether anybody has talked with Confab in that channel."""
    named = {"team_id": team_id, "channel_id": channel_id}
    return connection.execute(A_CONVERSATION, named).first() is not None


def _switch(row: Any) -> Switch:
    return Switch(row.channel_id, row.known_version, row.newest_version, row.announced_at)


def _which(switch: Switch) -> dict[str, object]:
    return {"known": switch.known, "newest": switch.newest}


@cache
def _new_row(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, told).on_conflict_do_nothing()


@cache
def _own_changed(backend: str) -> sqlite.Insert | postgresql.Insert:
    new = insert(backend, told)
    return new.on_conflict_do_update(
        index_elements=[told.c.team_id, told.c.channel_id],
        set_={
            "known_version": func.coalesce(told.c.known_version, new.excluded.known_version),
            "newest_version": new.excluded.newest_version,
        },
    )


@cache
def _rows_of_conversations(backend: str) -> sqlite.Insert | postgresql.Insert:
    channels = (
        select(conversation.c.team_id, conversation.c.channel_id)
        .where(conversation.c.team_id == bindparam("of_team"), conversation.c.place == Place.CHANNEL)
        .distinct()
    )
    new = insert(backend, told).from_select(["team_id", "channel_id"], channels)
    return new.on_conflict_do_nothing()
