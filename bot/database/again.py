"""Turns that run once more, as `bot.chat.ports.again.Again` wants them."""

from functools import partial

from sqlalchemy import Connection, and_, bindparam, func, select

from bot.chat.messages import Role
from bot.chat.ports import Clock
from bot.chat.regenerating import EarlierVersion, NotAgain, Replaceable
from bot.chat.threads import ThreadKey
from bot.chat.turns import CUT, MOVES, Move, TurnState
from bot.database.access import Database
from bot.database.dialects import wake
from bot.database.ratings import leave_behind
from bot.database.stops import spend_stops
from bot.database.tables import conversation, message, reply_part, spoken_by, turn
from bot.database.turns_at import ASKERS, OF_PART, OF_QUESTION, RUNNING
from bot.database.version_table import answer_version

# The conversation's row is what a new question locks, too.
LOCKED = (
    select(turn, conversation.c.cleared_turn_id, conversation.c.stopped_ts)
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .where(turn.c.id == bindparam("turn_id"))
    .with_for_update(key_share=True)
)
NEWER = select(func.count()).where(
    turn.c.conversation_id == bindparam("conversation_id"),
    turn.c.id > bindparam("turn_id"),
    turn.c.state.not_in([TurnState.DROPPED, TurnState.HELPED]),
)
DELETED = (
    select(func.count())
    .select_from(message)
    .where(
        message.c.conversation_id == bindparam("conversation_id"),
        message.c.turn_id == bindparam("turn_id"),
        spoken_by(Role.ASSISTANT),
        message.c.deleted.is_(True),
    )
)
REOPENED = (
    turn.update()
    .where(turn.c.id == bindparam("of_turn"))
    .values(
        state=MOVES[Move.REOPEN][1],
        owner=None,
        lease_until=0.0,
        handed_over=turn.c.attempts,
        created_at=bindparam("at"),
        closed_at=None,
        outcome=None,
        stopped_by=None,
        rerun_by=bindparam("by_person"),
        rerun_after=turn.c.attempts,
        goes_on=bindparam("further"),
    )
)
# The sentence of a failure may have been deleted; it is no part of the answer that takes its place.
UNBURDENED = reply_part.delete().where(
    reply_part.c.turn_id == bindparam("of_turn"), reply_part.c.deleted.is_(True)
)
EARLIER = (
    select(answer_version)
    .where(answer_version.c.turn_id == bindparam("turn_id"))
    .order_by(answer_version.c.number)
)
STANDS = and_(
    message.c.conversation_id == turn.c.conversation_id,
    message.c.turn_id == turn.c.id,
    spoken_by(Role.ASSISTANT),
    message.c.deleted.is_(False),
)
NUMBER = select(func.coalesce(func.max(answer_version.c.number), 0) + 1).where(
    answer_version.c.turn_id == bindparam("turn_id")
)
STANDING = (
    select(turn, message.c.text)
    .select_from(turn)
    .join(message, STANDS)
    .where(turn.c.id == bindparam("turn_id"), turn.c.rerun_by.is_not(None), turn.c.goes_on.is_(False))
)
REPLACED = answer_version.insert()
FORGOTTEN = answer_version.delete().where(answer_version.c.turn_id == bindparam("of_turn"))
FORGOTTEN_UP_TO = answer_version.delete().where(
    answer_version.c.turn_id.in_(
        select(turn.c.id).where(
            turn.c.conversation_id == bindparam("of_conversation"), turn.c.id <= bindparam("up_to")
        )
    )
)


class StoredAgain:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def replaceable(self, team_id: str, channel_id: str, ts: str) -> Replaceable | None:
        """The turn that this Slack message is a part of: of its answer or failure, or a question of it."""
        part = {"team_id": team_id, "channel_id": channel_id, "ts": ts}
        return await self._database.read(partial(_replaceable, part=part))

    async def reopen(
        self, turn_id: int, person_id: str, *, goes_on: bool = False, at: str = ""
    ) -> NotAgain | None:
        """Let the turn run once more, if it is closed and still the thread's latest; else why not."""
        reopening = partial(_reopen, turn_id=turn_id, person_id=person_id, now=self._clock())
        return await self._database.write(partial(reopening, goes_on=goes_on, at=at), wakes=True)

    async def earlier(self, turn_id: int) -> tuple[EarlierVersion, ...]:
        """What stood there before the answer that stands now, oldest first."""
        rows = await self._database.read(
            lambda connection: connection.execute(EARLIER, {"turn_id": turn_id}).all()
        )
        return tuple(
            EarlierVersion(
                row.number,
                row.text,
                row.deployment,
                row.setup_version,
                row.finish,
                row.prompt_tokens + row.completion_tokens,
                row.replaced_at,
                row.replaced_by,
            )
            for row in rows
        )


def keep_replaced(connection: Connection, turn_id: int, now: float) -> None:
    """Before another answer is recorded: what stands there becomes an earlier version, if it runs again."""
    standing = connection.execute(STANDING, {"turn_id": turn_id}).one_or_none()
    if standing is None:
        return
    earlier = {
        "team_id": standing.team_id,
        "turn_id": turn_id,
        "number": connection.scalars(NUMBER, {"turn_id": turn_id}).one(),
        "text": standing.text,
        "deployment": standing.deployment,
        "setup_version": standing.setup_version,
        "finish": standing.finish,
        "prompt_tokens": standing.prompt_tokens,
        "completion_tokens": standing.completion_tokens,
        "replaced_at": now,
        "replaced_by": standing.rerun_by,
    }
    connection.execute(REPLACED, earlier)
    leave_behind(connection, standing.team_id, turn_id, earlier["number"])


def forget_versions(connection: Connection, turn_id: int) -> None:
    """A deleted answer has no earlier versions either."""
    connection.execute(FORGOTTEN, {"of_turn": turn_id})


def forget_versions_up_to(connection: Connection, conversation_id: int, turn_id: int) -> None:
    """An erased conversation has none up to that turn."""
    connection.execute(FORGOTTEN_UP_TO, {"of_conversation": conversation_id, "up_to": turn_id})


def _replaceable(connection: Connection, part: dict[str, str]) -> Replaceable | None:
    found = connection.execute(OF_PART, part).one_or_none()
    found = found or connection.execute(OF_QUESTION, part).one_or_none()
    if found is None:
        return None
    within = {"conversation_id": found.conversation_id, "turn_id": found.id}
    thread = ThreadKey(part["team_id"], part["channel_id"], found.root_ts)
    return Replaceable(found.id, thread, frozenset(connection.scalars(ASKERS, within)))


def is_latest(connection: Connection, conversation_id: int, turn_id: int) -> bool:
    """Whether the conversation has not gone on since that turn."""
    return not connection.scalars(NEWER, {"conversation_id": conversation_id, "turn_id": turn_id}).one()


def _reopen(
    connection: Connection, turn_id: int, person_id: str, *, goes_on: bool, at: str, now: float
) -> NotAgain | None:
    found = connection.execute(LOCKED, {"turn_id": turn_id}).one()
    within = {"conversation_id": found.conversation_id, "turn_id": turn_id}
    if TurnState(found.state).open:
        return NotAgain.AT_IT if found.rerun_by else NotAgain.UNDER_WAY
    if not is_latest(connection, **within):
        return NotAgain.OLDER
    # An earlier one may be given again right now, if none of those after it came to more than help.
    if connection.scalar(RUNNING, {"conversation_id": found.conversation_id}) is not None:
        return NotAgain.AT_IT
    gone = turn_id <= (found.cleared_turn_id or 0) or connection.scalars(DELETED, within).one()
    if gone or TurnState(found.state) not in MOVES[Move.REOPEN][0]:
        return NotAgain.GONE
    if goes_on and (TurnState(found.state) is not TurnState.ANSWERED or found.finish not in CUT):
        return NotAgain.WHOLE
    terms = {"of_turn": turn_id, "at": now, "by_person": person_id, "further": goes_on}
    connection.execute(REOPENED, terms)
    connection.execute(UNBURDENED, terms)
    # Whoever pressed Stop before meant the answer that stood there, whenever Slack tells of it.
    spend_stops(connection, found.conversation_id, found.stopped_ts, up_to=at)
    wake(connection, found.team_id)
    return None
