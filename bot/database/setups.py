"""The channels' setups, version by version, as `bot.chat.ports.Setups` wants them."""

from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.chat.ports import Clock
from bot.chat.setup import Setup
from bot.database.access import Database
from bot.database.setup_json import persona_json, persona_of, settings_json, settings_of
from bot.database.tables import channel_setup

NEWEST = (
    select(channel_setup.c.persona, channel_setup.c.settings, channel_setup.c.version)
    .where(
        channel_setup.c.team_id == bindparam("team_id"),
        channel_setup.c.channel_id == bindparam("channel_id"),
    )
    .order_by(channel_setup.c.version.desc())
    .limit(1)
)


class StoredSetups:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def current(self, team_id: str, channel_id: str) -> Setup:
        """The newest published setup of a channel, or the default."""
        return await self._database.read(partial(_newest, team_id=team_id, channel_id=channel_id))

    async def publish(self, team_id: str, channel_id: str, setup: Setup, by: str) -> int:
        """Make this the channel's setup, as its next version; `setup.version` itself is passed over."""
        return await self._database.write(
            partial(
                _publish,
                team_id=team_id,
                channel_id=channel_id,
                persona=persona_json(setup.persona),
                settings=settings_json(setup.settings),
                published_by=by,
                published_at=self._clock(),
            )
        )


def _newest(connection: Connection, team_id: str, channel_id: str) -> Setup:
    found = connection.execute(NEWEST, {"team_id": team_id, "channel_id": channel_id}).one_or_none()
    if found is None:
        return Setup()
    return Setup(persona_of(found.persona), settings_of(found.settings), found.version)


def _publish(connection: Connection, team_id: str, channel_id: str, **published: Any) -> int:
    """Of two who publish at once, the database refuses one, who then gets the version after."""
    version = _newest(connection, team_id, channel_id).version + 1
    row = {"team_id": team_id, "channel_id": channel_id, "version": version, **published}
    connection.execute(channel_setup.insert(), row)
    return version
