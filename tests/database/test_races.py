import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import psycopg
import pytest

from bot.chat.messages import Question, Reworded
from bot.chat.turns import Move, Turn
from bot.database.claiming import claim
from bot.database.corrections import edit
from bot.database.engine import engine_for
from bot.database.storing import store
from tests.database.rooms import CHANNEL, TEAM, Room, opened, question, slack_ts, thread

STORERS = 4
CLAIMERS = 4
THREADS = 8
MESSAGES = 240
WAITING_FOR_A_LOCK = (
    "SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@pytest.fixture
async def rooms(database_url: str) -> AsyncIterator[list[Room]]:
    """As many processes as there are, each with connections and threads of its own."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(opened(database_url)) for _ in range(STORERS + CLAIMERS)]


class Watch:
    """What the claimers have seen; it complains as soon as two of them are in one thread."""

    def __init__(self) -> None:
        self._running: set[int] = set()
        self.turns: list[Turn] = []

    def begins(self, turn: Turn) -> None:
        assert turn.conversation_id not in self._running
        self._running.add(turn.conversation_id)
        self.turns.append(turn)

    def ends(self, turn: Turn) -> None:
        self._running.remove(turn.conversation_id)

    @property
    def messages(self) -> Counter[str]:
        return Counter(message.ts for turn in self.turns for message in turn.questions)


async def store_all(room: Room, questions: list[Question]) -> int:
    return sum([await room.conversations.store(each) for each in questions])


async def claim_until(room: Room, done: asyncio.Event, watch: Watch) -> None:
    """Claim and finish; once all is stored, until nothing is left."""
    while True:
        last = done.is_set()
        turns = await room.turns.claim(2)
        for turn in turns:
            watch.begins(turn)
        for turn in turns:
            watch.ends(turn)
            await room.turns.finish(turn.lease, Move.ANSWER, "stop")
        if last and not turns:
            return
        await asyncio.sleep(0)


async def test_nothing_is_lost_doubled_or_run_side_by_side_in_a_thread(rooms: list[Room]) -> None:
    chance = random.Random(7)
    said = [question(number, within=thread(number % THREADS)) for number in range(MESSAGES)]
    delivered = [[*said[first::STORERS], *said[(first + 1) % STORERS :: STORERS]] for first in range(STORERS)]
    for questions in delivered:
        chance.shuffle(questions)
    done, watch = asyncio.Event(), Watch()
    claiming = [asyncio.create_task(claim_until(room, done, watch)) for room in rooms[STORERS:]]
    stored = await asyncio.gather(*map(store_all, rooms, delivered))
    done.set()
    await asyncio.gather(*claiming)
    assert sum(stored) == MESSAGES
    assert watch.messages == Counter({each.ts: 1 for each in said})
    for turn in watch.turns:
        assert [message.ts for message in turn.questions] == sorted(m.ts for m in turn.questions)


async def test_one_message_delivered_to_every_process_at_once_is_stored_once(rooms: list[Room]) -> None:
    for number in range(10):
        each = question(number, within=thread(number))
        assert sorted(await asyncio.gather(*(room.conversations.store(each) for room in rooms)))[-2:] == [
            False,
            True,
        ]
    assert [len(turn.questions) for turn in await rooms[0].turns.claim(20)] == [1] * 10


async def test_one_turn_claimed_by_every_process_at_once_goes_to_one(rooms: list[Room]) -> None:
    for number in range(10):
        await rooms[0].store(question(number, within=thread(number)))
        claims = await asyncio.gather(*(room.turns.claim(5) for room in rooms))
        assert sorted(map(len, claims)) == [0] * (len(rooms) - 1) + [1]


async def what_waits(url: str) -> str:
    """The statement that waits for somebody else's lock."""
    async with asyncio.timeout(60), await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while (found := await (await connection.execute(WAITING_FOR_A_LOCK)).fetchone()) is None:
            pass
        return str(found[0])


async def test_messages_of_one_thread_come_in_one_by_one(postgresql_url: str) -> None:
    """Otherwise a turn's number could be given before, and its row written after, that of a later turn."""
    engine = engine_for(postgresql_url)
    async with opened(postgresql_url) as room:
        await room.store(question(1))
        with engine.begin() as connection:
            store(connection, question(2), 0.0)
            stored = asyncio.create_task(room.conversations.store(question(3)))
            assert "FROM conversation" in await what_waits(postgresql_url)
        assert await stored
        assert len((await room.claim()).questions) == 3
    engine.dispose()


async def test_what_is_changed_while_it_is_being_taken_up_may_be_answered_anew(postgresql_url: str) -> None:
    """Otherwise the model reads the old words, and their author believes that it read the new ones."""
    engine = engine_for(postgresql_url)
    async with opened(postgresql_url) as room:
        await room.store(question(1, "old"))
        with engine.begin() as connection:
            [turn] = claim(connection, team_id=TEAM, owner="me", now=1, until=30, limit=1, again=False)
            change = room.conversations.edit(TEAM, CHANNEL, slack_ts(1), "new", slack_ts(2))
            changing = asyncio.create_task(change)
            assert "FROM turn" in await what_waits(postgresql_url)
        assert turn.asks[0].text == "old"
        assert isinstance(await changing, Reworded)
    engine.dispose()


async def test_what_is_being_changed_is_taken_up_as_it_reads_then(postgresql_url: str) -> None:
    engine = engine_for(postgresql_url)
    async with opened(postgresql_url) as room:
        await room.store(question(1, "old"))
        with engine.begin() as connection:
            terms = {"channel_id": CHANNEL, "ts": slack_ts(1), "text": "new", "edited_ts": slack_ts(2)}
            assert edit(connection, team_id=TEAM, **terms) is True
            assert await room.turns.claim(1) == ()
        assert (await room.claim()).asks[0].text == "new"
    engine.dispose()
