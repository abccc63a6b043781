"""What people's homes show, as `bot.chat.ports.Homes` wants it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.home import Face, Session, Tokens
from bot.chat.messages import Role
from bot.chat.panels import Panels, arranged
from bot.chat.ports.time import Clock
from bot.chat.threads import ThreadKey
from bot.database.access import Database
from bot.database.dialects import insert
from bot.database.home_tables import home
from bot.database.setup_json import access_of
from bot.database.setup_tables import channel_setup
from bot.database.spending_table import spending
from bot.database.tables import conversation, message, spoken_by, turn

DAY = 86_400
RECENT = 30 * 86_400.0
MOST_SESSIONS = 60

PANELS = select(home.c.panels).where(
    home.c.team_id == bindparam("team_id"), home.c.person_id == bindparam("person_id")
)
_newest = (
    select(channel_setup.c.channel_id, func.max(channel_setup.c.version).label("version"))
    .where(channel_setup.c.team_id == bindparam("team_id"))
    .group_by(channel_setup.c.channel_id)
    .subquery("newest")
)
# The names alone: a persona may be 600 KB of examples, and there may be 500 of them.
FACES = select(
    channel_setup.c.channel_id,
    channel_setup.c.version,
    channel_setup.c.access,
    channel_setup.c.persona["name"].as_string().label("name"),
    channel_setup.c.persona["icon"].as_string().label("icon"),
).join(
    _newest,
    and_(
        channel_setup.c.team_id == bindparam("team_id"),
        channel_setup.c.channel_id == _newest.c.channel_id,
        channel_setup.c.version == _newest.c.version,
    ),
)
_mine = and_(
    message.c.team_id == bindparam("team_id"),
    message.c.author_id == bindparam("person_id"),
    spoken_by(Role.USER),
)
# A Slack ts begins with the seconds, ten digits until the year 2286: as text it sorts by time.
_asked = (
    select(message.c.conversation_id, func.max(message.c.ts).label("latest"))
    .where(_mine, message.c.ts >= bindparam("since"))
    # Grouped by the column itself, SQLite walks through the whole table in that order.
    .group_by(message.c.conversation_id, message.c.conversation_id + 0)
    .order_by(func.max(message.c.ts).desc())
    .limit(MOST_SESSIONS)
    .subquery("asked")
)
_begins = (
    select(message.c.text)
    .where(message.c.conversation_id == conversation.c.id, spoken_by(Role.USER), message.c.text != "")
    .order_by(message.c.turn_id, message.c.id)
    .limit(1)
    .correlate(conversation)
    .scalar_subquery()
)
SESSIONS = (
    select(conversation.c.channel_id, conversation.c.root_ts, _asked.c.latest, _begins.label("begins"))
    .join(_asked, _asked.c.conversation_id == conversation.c.id)
    .order_by(_asked.c.latest.desc())
)
SPENT = select(
    func.coalesce(func.sum(turn.c.prompt_tokens), 0) + func.coalesce(func.sum(turn.c.completion_tokens), 0)
).where(turn.c.id.in_(select(message.c.turn_id).where(_mine, message.c.ts >= bindparam("since"))))

# What no turn stands for: comparisons.
SPENT_BESIDES = select(
    func.coalesce(func.sum(spending.c.prompt_tokens + spending.c.completion_tokens), 0)
).where(
    spending.c.team_id == bindparam("team_id"),
    spending.c.person_id == bindparam("person_id"),
    spending.c.day >= bindparam("first_day"),
    spending.c.held_until.is_(None),
)


class StoredHomes:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def panels(self, team_id: str, person_id: str) -> Panels:
        """How this person arranged their panels; the usual order where they never did."""
        whose = {"team_id": team_id, "person_id": person_id}
        kept = await self._database.read(lambda connection: connection.scalar(PANELS, whose))
        return arranged(kept["order"], kept["hidden"]) if kept else Panels()

    async def arrange(self, team_id: str, person_id: str, panels: Panels) -> None:
        """Keep an arrangement."""
        kept = {"order": list(panels.order), "hidden": sorted(panels.hidden)}
        row = {"team_id": team_id, "person_id": person_id, "panels": kept}
        await self._database.write(partial(_arrange, row=row))

    async def faces(self, team_id: str) -> Mapping[str, Face]:
        """What each channel with a setup of its own shows; under WORKSPACE, what all others show."""
        rows = await self._database.read(
            lambda connection: connection.execute(FACES, {"team_id": team_id}).all()
        )
        return {
            row.channel_id: Face(row.name or "", row.icon or "", row.version, access_of(row.access or {}))
            for row in rows
        }

    async def sessions(self, team_id: str, person_id: str) -> tuple[Session, ...]:
        """The threads in which this person asked something within the last 30 days, latest first."""
        asked = {"team_id": team_id, "person_id": person_id, "since": _ts(self._clock() - RECENT)}
        rows = await self._database.read(lambda connection: connection.execute(SESSIONS, asked).all())
        return tuple(
            Session(ThreadKey(team_id, row.channel_id, row.root_ts), row.begins or "", float(row.latest))
            for row in rows
        )

    async def spent(self, team_id: str, person_id: str) -> Tokens:
        """What this person's questions and comparisons cost, today and this month (UTC)."""
        now = datetime.fromtimestamp(self._clock(), UTC)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        since = [day.timestamp() for day in (today, today.replace(day=1))]
        whose = {"team_id": team_id, "person_id": person_id}

        def read(connection: Connection) -> Tokens:
            return Tokens(*(_spent(connection, whose, each) for each in since))

        return await self._database.read(read)


def _spent(connection: Connection, whose: dict[str, str], since: float) -> int:
    asked = connection.scalar(SPENT, whose | {"since": _ts(since)}) or 0
    besides = connection.scalar(SPENT_BESIDES, whose | {"first_day": int(since // DAY)}) or 0
    return int(asked) + int(besides)


def _ts(seconds: float) -> str:
    return f"{seconds:.6f}"


@cache
def _new_home(backend: str) -> sqlite.Insert | postgresql.Insert:
    new = insert(backend, home)
    return new.on_conflict_do_update(
        index_elements=[home.c.team_id, home.c.person_id], set_={"panels": new.excluded.panels}
    )


def _arrange(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(_new_home(connection.dialect.name), row)
