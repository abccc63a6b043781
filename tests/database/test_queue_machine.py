"""Random interleavings of people who write, workers that claim, crash and finish, and time that passes."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, delete

from bot.chat.turns import Lease, Move, Turn
from bot.database.access import Database
from bot.database.tables import metadata
from bot.errors import LeaseLost
from tests.database.rooms import LEASE_SECONDS, Room, question, slack_ts, thread

THREADS = (100, 200, 300)
WORKERS = (0, 1, 2)


def forget_everything(connection: Connection) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(delete(table))


@dataclass
class Held:
    """What the people and workers of the test know of a turn."""

    lease: Lease
    texts: list[str]
    until: float
    closed: Move | None = None
    leases: list[Lease] = field(default_factory=list)


class Queue(RuleBasedStateMachine):
    """The queue beside a model of it that is too simple to be wrong."""

    def __init__(self, loop: asyncio.Runner, database: Database) -> None:
        super().__init__()
        self._run = loop.run
        self._run(database.write(forget_everything))
        self._room = Room(database)
        self._workers = [self._room.worker() for _ in WORKERS]
        self._waiting: defaultdict[int, set[float]] = defaultdict(set)
        self._stored: set[tuple[int, float]] = set()
        self._turns: dict[int, Held] = {}
        self._order: defaultdict[int, list[int]] = defaultdict(list)

    @rule(root=st.sampled_from(THREADS), number=st.integers(1, 60))
    def somebody_writes(self, root: int, number: int) -> None:
        new = (root, number) not in self._stored
        said = question(root + number, str(number), within=thread(root))
        assert self._run(self._room.conversations.store(said)) is new
        if new:
            self._stored.add((root, number))
            self._waiting[root].add(number)

    @rule(worker=st.sampled_from(WORKERS), limit=st.integers(1, 3))
    def a_worker_claims(self, worker: int, limit: int) -> None:
        turns = self._run(self._workers[worker].claim(limit))
        assert len(turns) <= limit
        free = self._free_threads()
        assert len(turns) == min(limit, len(free))
        assert [turn.id for turn in turns] == sorted(turn.id for turn in turns)
        for turn in turns:
            self._check_claimed(turn, free)

    def _free_threads(self) -> set[int]:
        """Threads in which a turn may be claimed now."""
        held = {root: self._open_turn(root) for root in THREADS}
        return {
            root
            for root, turn in held.items()
            if (turn.until <= self._room.clock.now if turn else self._waiting[root])
        }

    def _open_turn(self, root: int) -> Held | None:
        turns = [self._turns[id_] for id_ in self._order[root]]
        return turns[-1] if turns and not turns[-1].closed else None

    def _check_claimed(self, turn: Turn, free: set[int]) -> None:
        root = next(root for root in THREADS if slack_ts(root) == turn.thread.root_ts)
        free.remove(root)
        texts = [message.text for message in turn.questions]
        until = self._room.clock.now + LEASE_SECONDS
        known = self._turns.get(turn.id)
        if known:
            assert texts == known.texts
            assert not known.closed
            known.leases.append(turn.lease)
            known.lease, known.until = turn.lease, until
            return
        assert texts == [str(number) for number in sorted(self._waiting.pop(root))]
        assert not self._order[root] or turn.id > self._order[root][-1]
        self._order[root].append(turn.id)
        self._turns[turn.id] = Held(turn.lease, texts, until, leases=[turn.lease])

    @rule(data=st.data(), move=st.sampled_from([Move.ANSWER, Move.FAIL, Move.REFUSE]))
    @precondition(lambda self: self._turns)
    def a_holder_finishes(self, data: st.DataObject, move: Move) -> None:
        turn, lease = self._some_lease(data)
        again = turn.closed is move and lease == turn.lease
        if not self._is_refused(turn, lease, self._workers[0].finish(lease, move, "done"), again=again):
            turn.closed = move

    @rule(data=st.data())
    @precondition(lambda self: self._turns)
    def a_holder_renews(self, data: st.DataObject) -> None:
        turn, lease = self._some_lease(data)
        if not self._is_refused(turn, lease, self._workers[0].renew(lease)):
            turn.until = self._room.clock.now + LEASE_SECONDS

    @rule(data=st.data(), delay=st.floats(0, 5), spent=st.booleans())
    @precondition(lambda self: self._turns)
    def a_holder_hands_back(self, data: st.DataObject, delay: float, spent: bool) -> None:
        turn, lease = self._some_lease(data)
        if not self._is_refused(turn, lease, self._workers[0].hand_back(lease, delay=delay, spent=spent)):
            turn.until = self._room.clock.now + delay
            turn.lease = Lease(lease.turn_id, "nobody", 0)

    def _some_lease(self, data: st.DataObject) -> tuple[Held, Lease]:
        """Any lease ever given, also one that is long lost."""
        turn = data.draw(st.sampled_from(list(self._turns.values())))
        return turn, data.draw(st.sampled_from(turn.leases))

    def _is_refused(
        self, turn: Held, lease: Lease, write: Coroutine[None, None, None], *, again: bool = False
    ) -> bool:
        if again or (lease == turn.lease and not turn.closed):
            self._run(write)
            return False
        with pytest.raises(LeaseLost):
            self._run(write)
        return True

    @rule(seconds=st.sampled_from([1.0, LEASE_SECONDS / 2, LEASE_SECONDS]))
    def time_passes(self, seconds: float) -> None:
        self._room.clock.pass_(seconds)

    @invariant()
    def nobody_waits_twice(self) -> None:
        claimed = [text for turn in self._turns.values() for text in turn.texts]
        assert len(claimed) + sum(map(len, self._waiting.values())) == len(self._stored)

    def teardown(self) -> None:
        """Whatever happened, everything that was stored is answered in the end."""
        for _ in range(2 * len(self._stored) + 1):
            self._room.clock.pass_(LEASE_SECONDS)
            self.a_worker_claims(0, 3)
            for turn in self._turns.values():
                if not turn.closed and turn.until > self._room.clock.now:
                    self._run(self._workers[0].finish(turn.lease, Move.ANSWER, "done"))
                    turn.closed = Move.ANSWER
        assert not any(self._waiting.values())
        assert all(turn.closed for turn in self._turns.values())


def test_whatever_happens_each_message_is_in_one_turn_and_each_thread_runs_one(database_url: str) -> None:
    with asyncio.Runner() as loop:
        database = loop.run(opened(database_url))
        try:
            run_state_machine_as_test(
                lambda: Queue(loop, database),  # type: ignore[arg-type] # it may be any maker of one
                settings=settings(
                    max_examples=40,
                    stateful_step_count=40,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            loop.run(database.close())


async def opened(url: str) -> Database:
    return Database(url)
