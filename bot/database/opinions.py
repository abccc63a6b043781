"""Ratings of answers and answers taken back, as `bot.chat.ports.opinions.Opinions` wants them."""

from collections.abc import Collection, Mapping
from functools import cache, partial

from sqlalchemy import Connection, Integer, and_, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.messages import Role
from bot.chat.opinions import Rated, Said, StandingAnswer, Thumb
from bot.chat.ports.time import Clock
from bot.chat.threads import Place, ThreadKey
from bot.chat.turns import TurnState
from bot.chat.versions import WORKSPACE
from bot.database.access import Database
from bot.database.again import forget_versions
from bot.database.corrections import BLANK, LOCKED_TURN
from bot.database.dialects import insert
from bot.database.quiet import hush
from bot.database.rating_table import rating
from bot.database.ratings import forget_words
from bot.database.tables import by_ts, conversation, message, reply_part, spoken_by, turn

AT = (
    select(
        turn.c.id,
        turn.c.state,
        turn.c.setup_version,
        conversation.c.team_id,
        conversation.c.channel_id,
        conversation.c.root_ts,
        conversation.c.place,
    )
    .join_from(turn, conversation, conversation.c.id == turn.c.conversation_id)
    .join(reply_part, reply_part.c.turn_id == turn.c.id)
    .where(
        reply_part.c.team_id == bindparam("of_team"),
        reply_part.c.channel_id == bindparam("of_channel"),
        reply_part.c.ts == bindparam("of_ts"),
    )
)
OF_TURN = message.c.turn_id == bindparam("of_turn")
# What was read in the thread was not asked, and is no part of what is taken back.
SAID_TO_US = and_(OF_TURN, message.c.overheard_as.is_(None))
ASKERS = select(message.c.author_id).where(SAID_TO_US, spoken_by(Role.USER)).distinct()
PARTS = (
    select(reply_part.c.ts)
    .where(reply_part.c.turn_id == bindparam("of_turn"), reply_part.c.deleted.is_(False))
    .order_by(*by_ts(reply_part.c.ts))
)
GONE = select(message.c.deleted).where(OF_TURN, spoken_by(Role.ASSISTANT))
THIS = and_(
    rating.c.team_id == bindparam("of_team"),
    rating.c.turn_id == bindparam("of_turn"),
    rating.c.person_id == bindparam("of_person"),
    rating.c.replaced == 0,
)
GIVEN = select(rating.c.liked, rating.c.word).where(THIS)
WORD = rating.update().where(THIS).values(word=bindparam("new_word"))
SHARES = (
    select(
        rating.c.setup_version,
        func.sum(cast(rating.c.liked, Integer)).label("liked"),
        func.count().label("of"),
        func.sum(cast(rating.c.word != "", Integer)).label("words"),
    )
    .where(
        rating.c.team_id == bindparam("of_team"),
        rating.c.setup_version.in_(bindparam("versions", expanding=True)),
    )
    .group_by(rating.c.setup_version)
)
WORDS = (
    select(
        rating.c.liked,
        rating.c.word,
        rating.c.rated_at,
        conversation.c.root_ts,
        select(reply_part.c.ts)
        .where(reply_part.c.turn_id == turn.c.id, reply_part.c.deleted.is_(False))
        .order_by(*by_ts(reply_part.c.ts))
        .limit(1)
        .scalar_subquery()
        .label("ts"),
    )
    .join_from(rating, turn, turn.c.id == rating.c.turn_id)
    .join(conversation, conversation.c.id == turn.c.conversation_id)
    .where(
        rating.c.team_id == bindparam("of_team"),
        rating.c.setup_version == bindparam("version"),
        rating.c.channel_id == bindparam("of_channel"),
        rating.c.word != "",
    )
    .order_by(rating.c.rated_at.desc())
    .limit(bindparam("most"))
)
STATE = select(turn.c.state).where(turn.c.id == bindparam("of_turn"))
BLANKED = message.update().where(SAID_TO_US).values(BLANK)


class StoredOpinions:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def answer_at(self, team_id: str, channel_id: str, ts: str) -> StandingAnswer | None:
        """The answer that this Slack message is a part of."""
        which = {"of_team": team_id, "of_channel": channel_id, "of_ts": ts}
        return await self._database.read(partial(_answer, which=which))

    async def rate(
        self, answer: StandingAnswer, person_id: str, *, liked: bool, version: int | None
    ) -> Thumb | None:
        """Keep a person's thumb; None where the answer is gone."""
        row = {
            "team_id": answer.thread.team_id,
            "turn_id": answer.turn_id,
            "person_id": person_id,
            "replaced": 0,
            "channel_id": answer.thread.channel_id,
            "setup_version": version,
            "liked": liked,
            "word": "",
            "rated_at": self._clock(),
        }
        return await self._database.write(partial(_rate, row=row))

    async def add_word(self, answer: StandingAnswer, person_id: str, word: str) -> bool:
        """Put a word beside a thumb that was given; False where there is none, or no answer any more."""
        which = _this(answer.thread.team_id, answer.turn_id, person_id) | {"new_word": word}

        def add(connection: Connection) -> bool:
            # Who erases waits for the turn as well, and takes the word with the rest.
            connection.execute(LOCKED_TURN, which)
            stands = connection.scalar(GONE, which) is False
            return stands and connection.execute(WORD, which).rowcount == 1

        return await self._database.write(add)

    async def shares(self, team_id: str, channel_id: str, versions: Collection[int]) -> Mapping[int, Rated]:
        """How answers of these versions were rated."""
        sign = -1 if channel_id == WORKSPACE else 1
        which = {"of_team": team_id, "versions": [sign * each for each in versions]}
        there = SHARES if channel_id == WORKSPACE else SHARES.where(rating.c.channel_id == channel_id)
        rows = await self._database.read(lambda connection: connection.execute(there, which).all())
        return {sign * row.setup_version: Rated(row.liked, row.of, row.words) for row in rows}

    async def words(self, team_id: str, channel_id: str, version: int, *, limit: int) -> tuple[Said, ...]:
        """What people said beside their thumbs."""
        which = {"of_team": team_id, "of_channel": channel_id, "version": version, "most": limit}
        rows = await self._database.read(lambda connection: connection.execute(WORDS, which).all())
        return tuple(
            Said(row.liked, row.word, row.rated_at, ThreadKey(team_id, channel_id, row.root_ts), row.ts or "")
            for row in rows
        )

    async def retract(self, answer: StandingAnswer, by: str, at: str) -> tuple[str, ...] | None:
        """Forget an answer with its questions and be quiet in its thread: what is left of it in Slack.

        None while it is still open.
        """
        which = {"of_turn": answer.turn_id}

        def retract(connection: Connection) -> tuple[str, ...] | None:
            connection.execute(LOCKED_TURN, which)
            if TurnState(connection.scalars(STATE, which).one()).open:
                return None
            connection.execute(BLANKED, which)
            forget_words(connection, answer.turn_id)
            forget_versions(connection, answer.turn_id)
            hush(connection, answer.thread, by, at)
            return tuple(connection.scalars(PARTS, which))

        return await self._database.write(retract)


def _answer(connection: Connection, which: Mapping[str, str]) -> StandingAnswer | None:
    found = connection.execute(AT, which).one_or_none()
    if found is None:
        return None
    of_turn = {"of_turn": found.id}
    gone = connection.scalar(GONE, of_turn)
    return StandingAnswer(
        turn_id=found.id,
        thread=ThreadKey(found.team_id, found.channel_id, found.root_ts),
        place=Place(found.place),
        askers=frozenset(connection.scalars(ASKERS, of_turn)),
        parts=tuple(connection.scalars(PARTS, of_turn)),
        setup_version=found.setup_version,
        open=TurnState(found.state).open,
        gone=gone is None or gone,
    )


def _rate(connection: Connection, row: Mapping[str, object]) -> Thumb | None:
    of_turn = {"of_turn": row["turn_id"]}
    connection.execute(LOCKED_TURN, of_turn)
    if connection.scalar(GONE, of_turn) is not False:
        return None
    which = _this(str(row["team_id"]), int(str(row["turn_id"])), str(row["person_id"]))
    before = connection.execute(GIVEN, which).one_or_none()
    word = before.word if before is not None and before.liked == row["liked"] else ""
    connection.execute(_rated(connection.dialect.name), dict(row) | {"word": word})
    return Thumb(bool(row["liked"]), word)


def _this(team_id: str, turn_id: int, person_id: str) -> dict[str, object]:
    return {"of_team": team_id, "of_turn": turn_id, "of_person": person_id}


@cache
def _rated(backend: str) -> sqlite.Insert | postgresql.Insert:
    new = insert(backend, rating)
    return new.on_conflict_do_update(
        index_elements=[rating.c.team_id, rating.c.turn_id, rating.c.person_id, rating.c.replaced],
        set_={
            "setup_version": new.excluded.setup_version,
            "liked": new.excluded.liked,
            "word": new.excluded.word,
            "rated_at": new.excluded.rated_at,
        },
    )
