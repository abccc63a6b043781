"""Answers as they were made, as `bot.chat.ports.Answers` wants them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, or_, select

from bot.chat.messages import Message, Role
from bot.chat.sent import Included, ShownAnswer
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import TurnState, Usage
from bot.database.access import Database
from bot.database.past import MESSAGE, message_of
from bot.database.sent_json import included_of, sent_of
from bot.database.storing import IN_THREAD, thread_values
from bot.database.tables import by_ts, conversation, message, reply_part, spoken_by, stands, turn

# One that is being shown has been recorded whole, and has its buttons before its turn is closed.
MADE = and_(turn.c.sent.is_not(None), or_(stands(TurnState.ANSWERED), stands(TurnState.RUNNING)))


def _answer(*of: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            turn,
            conversation.c.channel_id,
            conversation.c.root_ts,
            conversation.c.place,
            conversation.c.cleared_turn_id,
        )
        .select_from(turn)
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .where(MADE, *of)
    )


OF_PART = _answer(
    turn.c.id.in_(
        select(reply_part.c.turn_id).where(
            reply_part.c.team_id == bindparam("team_id"),
            reply_part.c.channel_id == bindparam("channel_id"),
            reply_part.c.ts == bindparam("ts"),
        )
    )
)
# By way of its messages, which the index that serves the past finds.
LATEST = (
    _answer(IN_THREAD)
    .join(
        message,
        and_(
            message.c.conversation_id == conversation.c.id,
            message.c.turn_id == turn.c.id,
            spoken_by(Role.ASSISTANT),
        ),
    )
    .order_by(message.c.turn_id.desc())
    .limit(1)
)
MESSAGES = select(*MESSAGE).where(message.c.id.in_(bindparam("ids", expanding=True)))
AT = select(*MESSAGE).where(
    message.c.conversation_id == bindparam("conversation_id"),
    message.c.ts.in_(bindparam("places", expanding=True)),
    spoken_by(Role.USER),
)
OF_TURN = (
    select(*MESSAGE)
    .where(
        message.c.conversation_id == bindparam("conversation_id"),
        message.c.turn_id == bindparam("turn_id"),
    )
    .order_by(*by_ts(message.c.ts))
)


class StoredAnswers:
    """Each verb reads only; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown(self, team_id: str, channel_id: str, ts: str) -> ShownAnswer | None:
        """The answer that this Slack message is a part of."""
        part = {"team_id": team_id, "channel_id": channel_id, "ts": ts}
        return await self._database.read(partial(_read, statement=OF_PART, which=part))

    async def latest(self, thread: ThreadKey) -> ShownAnswer | None:
        """The thread's last answer, if the model still remembers it."""
        answer = await self._database.read(partial(_read, statement=LATEST, which=thread_values(thread)))
        return answer if answer and answer.remembered else None


def _read(
    connection: Connection, statement: Select[*tuple[Any, ...]], which: Mapping[str, str]
) -> ShownAnswer | None:
    made = connection.execute(statement, which).one_or_none()
    if made is None:
        return None
    included = included_of(made.included)
    within = {"conversation_id": made.conversation_id, "turn_id": made.id}
    own = [message_of(row) for row in connection.execute(OF_TURN, within)]
    answers = [each for each in own if each.role is Role.ASSISTANT]
    asked = [each for each in own if each.role is Role.USER]
    if not answers or not asked:
        return None
    return ShownAnswer(
        turn_id=made.id,
        thread=ThreadKey(made.team_id, made.channel_id, made.root_ts),
        place=Place(made.place),
        asker_id=asked[-1].author_id,
        sent=sent_of(made.sent),
        included=included,
        messages=_still_there(connection, made.conversation_id, included),
        answer=answers[0],
        usage=_usage(made),
        remembered=made.id > (made.cleared_turn_id or 0),
    )


def _still_there(connection: Connection, conversation_id: int, included: Included) -> tuple[Message, ...]:
    """A message that was edited since is a row of another number, found by its place in the thread."""
    rows = connection.execute(MESSAGES, {"ids": list(included.messages)})
    found = {each.id: each for each in map(message_of, rows)}
    places = dict(zip(included.messages, included.at, strict=False))
    sought = [ts for number, ts in places.items() if number not in found and ts]
    within = {"conversation_id": conversation_id, "places": sought}
    edited = {row.ts: message_of(row) for row in (connection.execute(AT, within) if sought else ())}
    return tuple(
        found.get(number) or _as_it_reads_now(number, edited.get(places.get(number, "")))
        for number in included.messages
    )


def _as_it_reads_now(number: int, edited: Message | None) -> Message:
    """What people changed is theirs: only what they put in its place is shown, and kept."""
    if edited is None or edited.deleted:
        return _gone(number)
    return replace(edited, id=number, edited=True)


def _gone(number: int) -> Message:
    return Message(id=number, role=Role.USER, author_id="", ts="", text="", deleted=True)


def _usage(made: Row[*tuple[Any, ...]]) -> Usage:
    return Usage(
        prompt=made.prompt_tokens,
        completion=made.completion_tokens,
        cached=made.cached_tokens,
        reasoned=made.reasoned_tokens,
    )
