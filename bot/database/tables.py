"""The tables. Every row names its team; times are seconds since 1970, a Slack ts stays a string."""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    TypedColumns,
    false,
    func,
    literal_column,
    or_,
)
from sqlalchemy.sql.selectable import NamedFromClause

import bot.database.home_tables
import bot.database.quiet_table
import bot.database.rating_table
import bot.database.refusal_table
import bot.database.replica_table
import bot.database.setup_tables  # the migrations compare all tables with the database
import bot.database.spending_table
import bot.database.version_table  # noqa: F401 - the same
from bot.chat.messages import Role
from bot.chat.turns import TurnState
from bot.database.columns import Id
from bot.database.columns import metadata as metadata  # noqa: PLC0414 - Alembic takes the tables from here
from bot.database.storable import StorableText


class ConversationColumns(TypedColumns):
    """One Slack thread. What was said in turns up to `cleared_turn_id` is forgotten for the model.

    Up to `erased_turn_id` the texts themselves are gone. `title` is what people called its session.
    `mentioned_ts`, `looked_ts` and `read_ts` are of
    threads that people had before Confab was asked there (`bot.chat.overheard.CameLate`); NULL in all others.
    `ended`: its root was deleted, and nobody has mentioned Confab there since. `stopped_ts` is when Slack's
    own Stop was last pressed there, or another answer was wanted: what was pressed by then stops no more.
    """

    id = Column(Id, primary_key=True)
    team_id = Column(StorableText, nullable=False)
    channel_id = Column(StorableText, nullable=False)
    root_ts = Column(StorableText, nullable=False)
    place = Column(StorableText, nullable=False)
    cleared_turn_id: Column[int | None] = Column(Id)
    erased_turn_id: Column[int | None] = Column(Id)
    title: Column[str | None] = Column(StorableText)
    mentioned_ts: Column[str | None] = Column(StorableText)
    looked_ts: Column[str | None] = Column(StorableText)
    read_ts: Column[str | None] = Column(StorableText)
    ended = Column(Boolean, nullable=False, server_default=false())
    stopped_ts: Column[str | None] = Column(StorableText)


class AskerColumns(TypedColumns):
    """A person who has mentioned Confab in a thread; `since_ts` is their first mention's."""

    conversation_id = Column(Id, ForeignKey("conversation.id"), primary_key=True)
    person_id = Column(StorableText, primary_key=True)
    team_id = Column(StorableText, nullable=False)
    since_ts = Column(StorableText, nullable=False)


class TurnColumns(TypedColumns):
    """All that waited in a thread, and how it was answered. `owner` names one claim of one process.

    `attempts` counts the claims, `handed_over` those of them that ended through no fault of the turn.
    `stopped_by` is who asked for its end while it ran; `rerun_by` is who wants another answer, until there is
    one, and `rerun_after` how many claims there were by then; `goes_on` says that the answer which stands
    there is to go on instead.
    """

    id = Column(Id, primary_key=True)
    team_id = Column(StorableText, nullable=False)
    conversation_id = Column(Id, ForeignKey("conversation.id"), nullable=False)
    state = Column(StorableText, nullable=False)
    owner: Column[str | None] = Column(StorableText)
    lease_until: Column[float | None] = Column(Double)
    attempts = Column(Integer, nullable=False)
    handed_over = Column(Integer, nullable=False, server_default="0")
    created_at = Column(Double, nullable=False)
    closed_at: Column[float | None] = Column(Double)
    outcome: Column[str | None] = Column(StorableText)
    setup_version: Column[int | None] = Column(Integer)
    deployment: Column[str | None] = Column(StorableText)
    finish: Column[str | None] = Column(StorableText)
    prompt_tokens: Column[int | None] = Column(Integer)
    completion_tokens: Column[int | None] = Column(Integer)
    cached_tokens: Column[int | None] = Column(Integer)
    reasoned_tokens: Column[int | None] = Column(Integer)
    sent: Column[dict[str, Any] | None] = Column(JSON(none_as_null=True))
    included: Column[dict[str, Any] | None] = Column(JSON(none_as_null=True))
    stopped_by: Column[str | None] = Column(StorableText)
    rerun_by: Column[str | None] = Column(StorableText)
    rerun_after: Column[int | None] = Column(Integer)
    goes_on = Column(Boolean, nullable=False, server_default=false())


class MessageColumns(TypedColumns):
    """What somebody wrote, or what Confab answered; an answer's ts is that of its first part, or empty.

    What was read in the thread, and never said to Confab, has its role in `overheard_as`: it stands before
    the questions of the turn for which it was read. `author_name` is a bot's own.
    """

    id = Column(Id, primary_key=True)
    team_id = Column(StorableText, nullable=False)
    channel_id = Column(StorableText, nullable=False)
    conversation_id = Column(Id, ForeignKey("conversation.id"), nullable=False)
    turn_id = Column(Id, ForeignKey("turn.id"), nullable=False)
    role = Column(StorableText, nullable=False)
    author_id = Column(StorableText, nullable=False)
    author_team_id: Column[str | None] = Column(StorableText)
    ts = Column(StorableText, nullable=False)
    text = Column(StorableText, nullable=False)
    tokens: Column[int | None] = Column(Integer)
    encoding: Column[str | None] = Column(StorableText)
    edited_ts = Column(StorableText, nullable=False, server_default="")
    deleted = Column(Boolean, nullable=False)
    files: Column[list[dict[str, Any]] | None] = Column(JSON(none_as_null=True))
    overheard_as: Column[str | None] = Column(StorableText)
    author_name: Column[str | None] = Column(StorableText)


class ReplyPartColumns(TypedColumns):
    """A Slack message that carries a part of a turn's answer."""

    team_id = Column(StorableText, primary_key=True)
    channel_id = Column(StorableText, primary_key=True)
    ts = Column(StorableText, primary_key=True)
    turn_id = Column(Id, ForeignKey("turn.id"), nullable=False)
    deleted = Column(Boolean, nullable=False)


# A number that was given away is never given again: Slack messages carry turn ids.
conversation = Table("conversation", metadata, ConversationColumns, sqlite_autoincrement=True)
asker = Table("asker", metadata, AskerColumns)
turn = Table("turn", metadata, TurnColumns, sqlite_autoincrement=True)
message = Table("message", metadata, MessageColumns, sqlite_autoincrement=True)
reply_part = Table("reply_part", metadata, ReplyPartColumns)


def stands(state: TurnState, turns: NamedFromClause[TurnColumns] = turn) -> ColumnElement[bool]:
    """Whether a turn is in this state, written so that a partial index is seen to fit."""
    return turns.c.state == literal_column(f"'{state}'")


def stands_open(turns: NamedFromClause[TurnColumns] = turn) -> ColumnElement[bool]:
    """Whether somebody still has to do something about a turn."""
    return or_(*(stands(state, turns) for state in TurnState if state.open))


def spoken_by(role: Role) -> ColumnElement[bool]:
    """Whether a message is of this role, written so that a partial index is seen to fit."""
    return message.c.role == literal_column(f"'{role}'")


def by_ts(ts: Column[str] | Column[str | None]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """What puts Slack's timestamps in order: they have six decimals, so the shorter one is the earlier."""
    return func.length(ts), ts


def _partial(name: str, *columns: Column[int] | Column[str], where: ColumnElement[bool]) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


Index(
    "conversation_thread",
    conversation.c.team_id,
    conversation.c.channel_id,
    conversation.c.root_ts,
    unique=True,
)
ONE_WAITING = _partial("turn_waiting", turn.c.conversation_id, where=stands(TurnState.WAITING))
ONE_RUNNING = _partial("turn_running", turn.c.conversation_id, where=stands(TurnState.RUNNING))
Index(
    "turn_open",
    turn.c.team_id,
    turn.c.id,
    sqlite_where=stands_open(),
    postgresql_where=stands_open(),
)
_partial(
    "message_question",
    message.c.team_id,
    message.c.channel_id,
    message.c.ts,
    where=spoken_by(Role.USER),
)
_partial("message_answer", message.c.turn_id, where=spoken_by(Role.ASSISTANT))
Index("message_history", message.c.conversation_id, message.c.turn_id)
Index(
    "message_author",
    message.c.team_id,
    message.c.author_id,
    message.c.ts,
    sqlite_where=spoken_by(Role.USER),
    postgresql_where=spoken_by(Role.USER),
)
Index("reply_part_turn", reply_part.c.turn_id)
