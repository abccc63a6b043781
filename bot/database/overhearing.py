"""What was read in a thread, kept beside what was said to Confab there."""

from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.chat.messages import Role
from bot.chat.overheard import ANSWER_THIS_THREAD, Overheard, Transcript
from bot.chat.shared_files import KeptFile
from bot.chat.threads import ts_order
from bot.chat.turns import Turn
from bot.database.dialects import insert
from bot.database.files_json import files_json
from bot.database.leases import write_held
from bot.database.storing import kept
from bot.database.tables import conversation, message, reply_part

# The conversation is locked before the turn, as everywhere.
THREAD = select(conversation).where(conversation.c.id == bindparam("of_id")).with_for_update(key_share=True)
LOOKED = (
    conversation.update()
    .where(conversation.c.id == bindparam("of_id"))
    .values(looked_ts=bindparam("looked"), read_ts=bindparam("read"))
)
OUR_PARTS = select(reply_part.c.ts).where(
    reply_part.c.team_id == bindparam("of_team"),
    reply_part.c.channel_id == bindparam("of_channel"),
    reply_part.c.ts.in_(bindparam("places", expanding=True)),
)
GIVEN_WORDS = (
    message.update()
    .where(message.c.id == bindparam("of_id"), message.c.text == "", message.c.deleted.is_(False))
    .values(text=ANSWER_THIS_THREAD)
    .returning(message.c.id)
)


@cache
def _new_message(backend: str) -> sqlite.Insert | postgresql.Insert:
    return insert(backend, message).on_conflict_do_nothing()


def overhear(connection: Connection, turn: Turn, heard: Transcript | None) -> Turn:
    """Keep what was read, and up to where; the turn, its bare mentions given words."""
    found = connection.execute(THREAD, {"of_id": turn.conversation_id}).one()
    write_held(connection, turn.lease, owner=turn.lease.owner)
    looked = max((each.ts for each in turn.questions), key=ts_order)
    read = found.read_ts
    if heard is not None:
        last = max((each.ts for each in heard.said), key=ts_order, default=read)
        read = looked if heard.whole else last
        if turn.id > (found.erased_turn_id or 0):
            _keep(connection, turn, heard.said)
    connection.execute(LOOKED, {"of_id": turn.conversation_id, "looked": looked, "read": read})
    if heard is None or not (heard.said or found.read_ts):
        return turn
    return _with_words(connection, turn)


def _keep(connection: Connection, turn: Turn, said: tuple[Overheard, ...]) -> None:
    own = [each.ts for each in said if each.ours]
    which = {"of_team": turn.thread.team_id, "of_channel": turn.thread.channel_id, "places": own}
    answers = set(connection.scalars(OUR_PARTS, which)) if own else set()
    rows = [_row(turn, each) for each in said if each.ts not in answers]
    if rows:
        connection.execute(_new_message(connection.dialect.name), rows)


def _row(turn: Turn, said: Overheard) -> dict[str, Any]:
    return {
        "team_id": turn.thread.team_id,
        "channel_id": turn.thread.channel_id,
        "conversation_id": turn.conversation_id,
        "turn_id": turn.id,
        "role": Role.USER,
        "author_id": said.author_id,
        "ts": said.ts,
        "text": kept(said.text),
        "deleted": False,
        "files": files_json(map(KeptFile, said.files)) if said.files else None,
        "overheard_as": Role.ASSISTANT if said.ours else Role.USER,
        "author_name": said.bot or None,
    }


def _with_words(connection: Connection, turn: Turn) -> Turn:
    """Who mentions Confab without a word wants it to answer what stands there."""
    bare = [each for each in turn.questions if not each.text and not each.deleted]
    given = {each.id for each in bare if connection.scalar(GIVEN_WORDS, {"of_id": each.id}) is not None}
    questions = (
        replace(each, text=ANSWER_THIS_THREAD) if each.id in given else each for each in turn.questions
    )
    return replace(turn, questions=tuple(questions))
