"""Which turns people asked to end, as `bot.chat.ports.stops.StopRequests` wants it."""

from collections.abc import Collection
from functools import partial

from sqlalchemy import Connection, bindparam, select

from bot.chat.ports.stops import UnderWay
from bot.chat.threads import ThreadKey
from bot.chat.turns import TurnState
from bot.database.access import Database
from bot.database.dialects import wake
from bot.database.storing import IN_THREAD, thread_values
from bot.database.tables import conversation, stands, stands_open, turn
from bot.database.turns_at import ASKERS, OF_PART

CONVERSATION = select(conversation.c.id).where(IN_THREAD)
# Who asks first is kept: a second stop of the same turn changes nothing.
STOPPED = (
    turn.update()
    .where(
        turn.c.conversation_id == bindparam("of_conversation"),
        stands(TurnState.RUNNING),
        turn.c.stopped_by.is_(None),
    )
    .values(stopped_by=bindparam("by_person"))
    .returning(turn.c.id)
)
REQUESTED = select(turn.c.id).where(
    turn.c.id.in_(bindparam("turns", expanding=True)), turn.c.stopped_by.is_not(None)
)
RUNNING_PART = OF_PART.where(stands_open(), stands(TurnState.RUNNING))


class StoredStops:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def request(self, thread: ThreadKey, person_id: str) -> int | None:
        """Ask for the end of the turn that runs in this thread; its number, or None where none runs."""
        return await self._database.write(partial(_request, thread=thread, person_id=person_id))

    async def requested(self, turn_ids: Collection[int]) -> frozenset[int]:
        """Which of these turns somebody asked to end."""
        which = {"turns": list(turn_ids)}
        return await self._database.read(lambda connection: frozenset(connection.scalars(REQUESTED, which)))

    async def under_way(self, team_id: str, channel_id: str, ts: str) -> UnderWay | None:
        """The running turn that this Slack message is a part of."""
        part = {"team_id": team_id, "channel_id": channel_id, "ts": ts}
        return await self._database.read(partial(_under_way, part=part))


def _request(connection: Connection, thread: ThreadKey, person_id: str) -> int | None:
    found = connection.scalar(CONVERSATION, thread_values(thread))
    turn_id = connection.scalar(STOPPED, {"of_conversation": found, "by_person": person_id})
    if turn_id is not None:
        wake(connection, thread.team_id)
    return turn_id


def _under_way(connection: Connection, part: dict[str, str]) -> UnderWay | None:
    found = connection.execute(RUNNING_PART, part).one_or_none()
    if found is None:
        return None
    within = {"conversation_id": found.conversation_id, "turn_id": found.id}
    thread = ThreadKey(part["team_id"], part["channel_id"], found.root_ts)
    return UnderWay(found.id, thread, frozenset(connection.scalars(ASKERS, within)))
