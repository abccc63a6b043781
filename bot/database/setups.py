"""The channels' setups, version by version, as `bot.chat.ports.Setups` wants them."""

from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.chat.ports import Clock
from bot.chat.setup import ReplyMode, Setup
from bot.chat.versions import WORKSPACE, Version
from bot.database.access import Database
from bot.database.setup_json import settings_of, setup_columns, setup_of
from bot.database.setup_tables import channel_setup
from bot.database.tellings import has_a_past, note_version
from bot.errors import SetupOvertaken

OF_CHANNEL = select(channel_setup).where(
    channel_setup.c.team_id == bindparam("team_id"),
    channel_setup.c.channel_id == bindparam("channel_id"),
)
NEWEST = OF_CHANNEL.order_by(channel_setup.c.version.desc()).limit(1)
NEWEST_NUMBER = NEWEST.with_only_columns(channel_setup.c.version)
NEWEST_SETTINGS = NEWEST.with_only_columns(channel_setup.c.settings)
NUMBERED = OF_CHANNEL.where(channel_setup.c.version == bindparam("number"))


class StoredSetups:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def current(self, team_id: str, channel_id: str) -> Setup:
        """The newest published setup of a channel, else the workspace's, else the playground's default."""
        return await self._database.read(partial(_current, team_id=team_id, channel_id=channel_id))

    async def reply_mode(self, team_id: str, channel_id: str) -> ReplyMode:
        """Whom the current setup has Confab answer, without reading personas."""
        return await self._database.read(partial(_reply_mode, team_id=team_id, channel_id=channel_id))

    async def version(self, team_id: str, channel_id: str, number: int) -> Version | None:
        """A version by its number; 0 and below stand for the defaults."""
        if number == 0:
            return Version(Setup(), by="", at=0.0)
        named = {"team_id": team_id, "channel_id": channel_id if number > 0 else WORKSPACE}
        found = await self._database.read(
            lambda connection: connection.execute(NUMBERED, named | {"number": abs(number)}).one_or_none()
        )
        return None if found is None else _version(found, number)

    async def history(
        self, team_id: str, channel_id: str, *, before: int | None = None, limit: int = 10
    ) -> tuple[Version, ...]:
        """The channel's own versions, newest first, those below `before`."""
        asked = OF_CHANNEL.order_by(channel_setup.c.version.desc()).limit(limit)
        if before is not None:
            asked = asked.where(channel_setup.c.version < before)
        named = {"team_id": team_id, "channel_id": channel_id}
        rows = await self._database.read(lambda connection: connection.execute(asked, named).all())
        return tuple(_version(row, row.version) for row in rows)

    async def publish(
        self,
        team_id: str,
        channel_id: str,
        setup: Setup,
        by: str,
        *,
        over: int | None = None,
        restored: int | None = None,
        prepares: bool = False,
    ) -> int:
        """Make this the channel's setup, as its next version, unless somebody published after `over`."""
        row = {
            "team_id": team_id,
            "channel_id": channel_id,
            **setup_columns(setup),
            "published_by": by,
            "published_at": self._clock(),
            "restored": restored,
        }
        return await self._database.write(partial(_publish, row=row, over=over, prepares=prepares))


def _newest(connection: Connection, team_id: str, channel_id: str) -> Any:
    return connection.execute(NEWEST, {"team_id": team_id, "channel_id": channel_id}).one_or_none()


def _current(connection: Connection, team_id: str, channel_id: str) -> Setup:
    own = _newest(connection, team_id, channel_id)
    if own is not None:
        return setup_of(own, own.version)
    usual = _newest(connection, team_id, WORKSPACE)
    return Setup() if usual is None else setup_of(usual, -usual.version)


def _reply_mode(connection: Connection, team_id: str, channel_id: str) -> ReplyMode:
    for place in (channel_id, WORKSPACE):
        kept = connection.scalar(NEWEST_SETTINGS, {"team_id": team_id, "channel_id": place})
        if kept is not None:
            return settings_of(kept).reply_mode
    return Setup().settings.reply_mode


def _publish(connection: Connection, row: dict[str, Any], over: int | None, *, prepares: bool) -> int:
    """Of two who publish at once, the database refuses one, who then finds the other's version."""
    team_id, channel_id = row["team_id"], row["channel_id"]
    newest = _newest(connection, team_id, channel_id)
    number = 0 if newest is None else newest.version
    if newest is not None and over is not None and number > over:
        raise SetupOvertaken(version=number, by=newest.published_by)
    connection.execute(channel_setup.insert(), row | {"version": number + 1})
    if channel_id == WORKSPACE:
        note_version(connection, team_id, channel_id, known=-number, newest=-number - 1)
    elif number or not prepares or has_a_past(connection, team_id, channel_id):
        known = number or _usual_number(connection, team_id)
        note_version(connection, team_id, channel_id, known=known, newest=number + 1)
    return int(number + 1)


def _usual_number(connection: Connection, team_id: str) -> int:
    """What a channel without a setup of its own has as its version."""
    return -(connection.scalar(NEWEST_NUMBER, {"team_id": team_id, "channel_id": WORKSPACE}) or 0)


def _version(row: Any, number: int) -> Version:
    return Version(setup_of(row, number), row.published_by, row.published_at, row.restored)
