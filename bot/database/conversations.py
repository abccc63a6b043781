"""The stored threads, as `bot.chat.ports.Conversations` wants them."""

from collections.abc import Collection, Mapping
from functools import partial

from sqlalchemy import Connection, bindparam, func, select

from bot.chat.messages import Past, Question, Reworded, Role
from bot.chat.overheard import Transcript
from bot.chat.ports import Clock
from bot.chat.shared_files import KeptFile
from bot.chat.threads import ThreadKey, ts_order
from bot.chat.turns import Turn
from bot.database import clearing, corrections
from bot.database.access import Database
from bot.database.ending import end
from bot.database.files_json import files_json
from bot.database.overhearing import overhear
from bot.database.past import FUTURE, read_past
from bot.database.storing import IN_THREAD, store, thread_values
from bot.database.tables import asker, by_ts, conversation, message, spoken_by

ASKED = (
    select(asker.c.since_ts)
    .join(conversation, conversation.c.id == asker.c.conversation_id)
    .where(IN_THREAD, asker.c.person_id == bindparam("person_id"))
)
PEOPLE = (
    select(message.c.author_id)
    .where(
        message.c.conversation_id == bindparam("conversation_id"),
        spoken_by(Role.USER),
        func.coalesce(message.c.overheard_as, Role.USER) == Role.USER,
    )
    .group_by(message.c.author_id)
    .order_by(func.min(message.c.turn_id), *map(func.min, by_ts(message.c.ts)))
)
OURS = select(conversation.c.id).where(IN_THREAD)
STILL_OURS = OURS.where(conversation.c.ended.is_(False))
FILES_READ = (
    message.update()
    .where(message.c.id == bindparam("of_id"), message.c.deleted.is_(False))
    .values(files=bindparam("made"), tokens=None, encoding=None)
)
ENTITLED = (
    conversation.update()
    .where(conversation.c.id == bindparam("of_id"))
    .values(title=bindparam("of_title"))
    .returning(conversation.c.id)
)
COUNTED = message.update().where(message.c.id == bindparam("of_id"))


class StoredConversations:
    """Each verb is one short transaction; `DatabaseDown` where the database stays away."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def store(self, question: Question) -> bool:
        """Add a message to its thread's waiting turn, durably; False if that message was stored before."""
        return await self._database.write(partial(store, question=question, now=self._clock()), wakes=True)

    async def has_asked(self, thread: ThreadKey, person_id: str, before: str = "") -> bool:
        """Whether this person has mentioned Confab in this thread, before that ts or at all."""
        who = thread_values(thread) | {"person_id": person_id}
        since = await self._database.read(lambda connection: connection.scalar(ASKED, who))
        return since is not None and (not before or ts_order(since) < ts_order(before))

    async def is_ours(self, thread: ThreadKey) -> bool:
        """Whether anybody has asked Confab in this thread."""
        which = thread_values(thread)
        return await self._database.read(lambda connection: connection.scalar(STILL_OURS, which)) is not None

    async def past(self, turn: Turn, limit: int) -> Past:
        """The last `limit` messages before this turn, oldest first, and how many came before those."""
        return await self._database.read(
            partial(read_past, conversation_id=turn.conversation_id, turn_id=turn.id, limit=limit)
        )

    async def so_far(self, thread: ThreadKey, limit: int) -> Past:
        """The last messages as a question asked now would find them."""
        return await self._database.read(partial(_so_far, thread=thread, limit=limit))

    async def people(self, turn: Turn) -> tuple[str, ...]:
        """Everybody who has written in this thread, in order of their first message."""
        which = {"conversation_id": turn.conversation_id}
        return await self._database.read(lambda connection: tuple(connection.scalars(PEOPLE, which)))

    async def entitle(self, thread: ThreadKey, title: str) -> bool:
        """Keep what people called this thread's session; False where it is none of ours."""
        return await self._database.write(partial(_entitle, thread=thread, title=title)) is not None

    async def answered(self, turn: Turn) -> int:
        """How many turns of this thread were answered before this one, since the chat was last cleared."""
        return await self._database.read(
            partial(clearing.answered, conversation_id=turn.conversation_id, turn_id=turn.id)
        )

    async def starter(self, thread: ThreadKey) -> str | None:
        """Who asked first in this thread; None where nobody has."""
        return await self._database.read(partial(clearing.starter, thread=thread))

    async def clear(self, thread: ThreadKey, *, erase: bool) -> int:
        """Let the model forget what was said; with `erase` the texts are deleted as well."""
        return await self._database.write(partial(clearing.clear, thread=thread, erase=erase))

    async def count(self, counts: Mapping[int, int], encoding: str) -> None:
        """Keep freshly counted tokens: message id to tokens."""
        # In the order of their numbers, so that two who count the same messages do not wait for each other.
        rows = [{"of_id": id_, "tokens": counts[id_], "encoding": encoding} for id_ in sorted(counts)]
        if rows:
            await self._database.write(lambda connection: connection.execute(COUNTED, rows).close())

    async def keep_files(self, message_id: int, files: tuple[KeptFile, ...]) -> None:
        """Keep what was made of a message's files, unless it was deleted or edited meanwhile."""
        kept = {"of_id": message_id, "made": files_json(files)}
        await self._database.write(lambda connection: connection.execute(FILES_READ, kept).close())

    async def overhear(self, turn: Turn, heard: Transcript | None) -> Turn:
        """Keep what was read in the turn's thread; raises `LeaseLost` where somebody else holds it."""
        return await self._database.write(partial(overhear, turn=turn, heard=heard))

    async def edit(
        self,
        team_id: str,
        channel_id: str,
        ts: str,
        text: str,
        edited_ts: str = "",
        *,
        gone_files: Collection[str] = (),
    ) -> bool | Reworded:
        """Replace the text of a person's message; False if it is none of ours, or deleted."""
        return await self._database.write(
            partial(
                corrections.edit,
                team_id=team_id,
                channel_id=channel_id,
                ts=ts,
                text=text,
                edited_ts=edited_ts,
                gone_files=gone_files,
            )
        )

    async def end(self, thread: ThreadKey, at: str) -> bool:
        """Delete what was said in a thread until then, and what is answered there; False if none of ours."""
        return await self._database.write(partial(end, thread=thread, at=at, clock=self._clock), wakes=True)

    async def delete(self, team_id: str, channel_id: str, ts: str) -> bool:
        """Forget a message, or the answer that this Slack message is a part of; False if none of ours."""
        return await self._database.write(
            partial(corrections.forget, team_id=team_id, channel_id=channel_id, ts=ts)
        )


def _number_of(connection: Connection, thread: ThreadKey) -> int | None:
    return connection.scalar(OURS, thread_values(thread))


def _so_far(connection: Connection, thread: ThreadKey, limit: int) -> Past:
    number = _number_of(connection, thread)
    return Past() if number is None else read_past(connection, number, FUTURE, limit)


def _entitle(connection: Connection, thread: ThreadKey, title: str) -> int | None:
    found = _number_of(connection, thread)
    return connection.scalar(ENTITLED, {"of_id": found, "of_title": title or None}) if found else None
