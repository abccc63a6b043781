"""Which turns people asked to end, as `bot.chat.ports.stops.StopRequests` wants it.

The times in which presses and questions are compared are Slack's; our own clock may be a second off it.
"""

from collections.abc import Collection
from functools import partial

from sqlalchemy import Connection, bindparam, select

from bot.chat.ports.stops import StopPressed, UnderWay
from bot.chat.threads import ThreadKey, ts_order
from bot.chat.turns import TurnState
from bot.database.access import Database
from bot.database.dialects import wake
from bot.database.storing import IN_THREAD, thread_values
from bot.database.tables import conversation, reply_part, stands, stands_open, turn
from bot.database.turns_at import ASKED_AT, ASKERS, OF_PART, RUNNING

CONVERSATION = (
    select(conversation.c.id, conversation.c.stopped_ts).where(IN_THREAD).with_for_update(key_share=True)
)
SPENT = (
    conversation.update()
    .where(conversation.c.id == bindparam("of_id"))
    .values(stopped_ts=bindparam("pressed_ts"))
)
STREAMED = select(reply_part.c.turn_id).where(
    reply_part.c.team_id == bindparam("team_id"),
    reply_part.c.channel_id == bindparam("channel_id"),
    reply_part.c.ts.in_(bindparam("streams", expanding=True)),
)
# Who asks first is kept: a second stop of the same turn changes nothing.
STOPPED = (
    turn.update()
    .where(turn.c.id == bindparam("of_turn"), stands(TurnState.RUNNING), turn.c.stopped_by.is_(None))
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

    async def request(self, running: UnderWay, person_id: str) -> int | None:
        """Ask for the end of this turn; its number, or None where it runs no more."""
        stopping = partial(_stop, turn_id=running.turn_id, team_id=running.thread.team_id)
        return await self._database.write(partial(stopping, person_id=person_id))

    async def request_in(self, team_id: str, pressed: StopPressed) -> int | None:
        """Ask for the end of the turn that the press was for; None where it runs no more."""
        return await self._database.write(partial(_heed, team_id=team_id, pressed=pressed))

    async def requested(self, turn_ids: Collection[int]) -> frozenset[int]:
        """Which of these turns somebody asked to end."""
        which = {"turns": list(turn_ids)}
        return await self._database.read(lambda connection: frozenset(connection.scalars(REQUESTED, which)))

    async def under_way(self, team_id: str, channel_id: str, ts: str) -> UnderWay | None:
        """The running turn that this Slack message is a part of."""
        part = {"team_id": team_id, "channel_id": channel_id, "ts": ts}
        return await self._database.read(partial(_under_way, part=part))


def _heed(connection: Connection, team_id: str, pressed: StopPressed) -> int | None:
    """The same press may be told of again, and any press after its answer is over and the next one runs."""
    thread = ThreadKey(team_id, pressed.channel_id, pressed.root_ts)
    found = connection.execute(CONVERSATION, thread_values(thread)).one_or_none()
    if found is None or not spend_stops(connection, found.id, found.stopped_ts, up_to=pressed.at):
        return None
    running = connection.scalar(RUNNING, {"conversation_id": found.id})
    if running is None or _begun_since(connection, found.id, running, pressed.at):
        return None
    where = {"team_id": team_id, "channel_id": pressed.channel_id, "streams": list(pressed.streams)}
    if frozenset(connection.scalars(STREAMED, where)) - {running}:
        return None
    return _stop(connection, running, team_id, pressed.person_id)


def spend_stops(connection: Connection, conversation_id: int, spent_ts: str | None, *, up_to: str) -> bool:
    """Let no press of a locked conversation count that was made by then; False where none did any more."""
    if ts_order(up_to) <= ts_order(spent_ts or ""):
        return False
    connection.execute(SPENT, {"of_id": conversation_id, "pressed_ts": up_to})
    return True


def _begun_since(connection: Connection, conversation_id: int, turn_id: int, at: str) -> bool:
    asked = connection.scalars(ASKED_AT, {"conversation_id": conversation_id, "turn_id": turn_id})
    return any(ts_order(ts) > ts_order(at) for ts in asked)


def _stop(connection: Connection, turn_id: int, team_id: str, person_id: str) -> int | None:
    stopped = connection.scalar(STOPPED, {"of_turn": turn_id, "by_person": person_id})
    if stopped is not None:
        wake(connection, team_id)
    return stopped


def _under_way(connection: Connection, part: dict[str, str]) -> UnderWay | None:
    found = connection.execute(RUNNING_PART, part).one_or_none()
    if found is None:
        return None
    within = {"conversation_id": found.conversation_id, "turn_id": found.id}
    thread = ThreadKey(part["team_id"], part["channel_id"], found.root_ts)
    return UnderWay(found.id, thread, frozenset(connection.scalars(ASKERS, within)))
