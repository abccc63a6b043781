"""Heartbeats: every process knows how many share Slack's rates with it, by nobody's own clock."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.database.access import Database
from bot.database.owner import Owner
from bot.database.replica_table import replica
from bot.database.replicas import BEAT, LIFE, StoredReplicas, keep_beating
from bot.database.shared_clock import SharedClock
from bot.errors import ConfabError, DatabaseDown
from tests.database.rooms import TEAM, Room

SKEW = 5.0


def elsewhere(start: str) -> Owner:
    """A process on a machine of its own."""
    return replace(Owner.here(), kernel=start, start=start)


def process(room: Room, start: str, *, team: str = TEAM, clock: SharedClock | None = None) -> StoredReplicas:
    return StoredReplicas(room.database, team, elsewhere(start), clock or SharedClock())


async def silence(database: Database, seconds: float) -> None:
    """Let all heartbeats so far be that much older."""
    older = update(replica).values(beat=replica.c.beat - seconds)
    await database.write(lambda connection: connection.execute(older).close())


async def test_a_single_process_has_everything_to_itself(room: Room) -> None:
    alone = process(room, "a")
    assert await alone.join() == 1
    assert await alone.beat() == 1


async def test_each_sees_the_other_come_and_go_within_one_heartbeat(room: Room) -> None:
    first, second = process(room, "a"), process(room, "b")
    await first.join()
    assert await second.join() == 2
    assert await first.beat() == 2
    await second.leave()
    assert await first.beat() == 1


async def test_who_falls_silent_is_forgotten_and_counts_again_once_it_is_back(room: Room) -> None:
    first, second = process(room, "a"), process(room, "b")
    await first.join()
    await second.join()
    await silence(room.database, LIFE + 1)
    assert await first.beat() == 1
    assert await second.beat() == 2


async def test_other_teams_do_not_count(room: Room) -> None:
    await process(room, "a", team="T2").join()
    assert await process(room, "a").join() == 1


async def test_a_clock_that_is_wrong_makes_nobody_look_dead_and_is_set_right(room: Room) -> None:
    honest = SharedClock()
    fast, slow = (SharedClock(first_guess=lambda by=by: honest() + by) for by in (SKEW, -SKEW))  # type: ignore[misc]
    processes = [process(room, str(each), clock=clock) for each, clock in enumerate((honest, fast, slow))]
    for each in processes:
        await each.join()
    assert [await each.beat() for each in processes] == [3, 3, 3]
    assert abs(fast() - slow()) < SKEW / 2


async def test_a_process_that_was_killed_here_leaves_no_ghost(room: Room) -> None:
    ours = Owner.here()
    ghost = StoredReplicas(room.database, TEAM, replace(ours, start="killed"), SharedClock())
    await ghost.join()
    assert await StoredReplicas(room.database, TEAM, ours, SharedClock()).join() == 1


class Pulse(StoredReplicas):
    """The counts that a test says; None is a database out of reach."""

    def __init__(self, *counts: int | None) -> None:
        self.counts = list(counts)

    async def beat(self) -> int:
        if not self.counts:
            raise asyncio.CancelledError
        count = self.counts.pop(0)
        if count is None:
            raise DatabaseDown("away")
        return count


class Heard:
    """Remembers what it heard of the heartbeats."""

    def __init__(self) -> None:
        self.lives: list[int] = []
        self.beats: list[bool] = []
        self.missed_twice = asyncio.Event()

    def beat(self) -> None:
        self.beats.append(True)

    def missed(self, error: ConfabError) -> None:
        self.beats.append(False)
        if len(self.beats) > 1:
            self.missed_twice.set()

    def live(self, processes: int) -> None:
        self.lives.append(processes)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 2, 2, 1), [1, 2, 2, 1]),
        ((3, None, None, 1, 3), [3, 3]),  # everybody looked silent, and nobody was
        ((3, None, 1, 1), [3, 1]),
        ((2, None, 4), [2, 4]),
    ],
)
async def test_a_database_that_was_away_makes_nobody_take_the_whole_budget(
    counts: tuple[int | None, ...], told: list[int]
) -> None:
    heard = Heard()
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    with pytest.raises(asyncio.CancelledError):
        await keep_beating(Pulse(*counts), heard, sleep)
    assert heard.lives == told
    assert heard.beats == [count is not None for count in counts]
    assert set(slept) == {BEAT}


async def test_a_heartbeat_that_hangs_is_missed_and_not_joined_by_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.database.replicas.LIFE", 0.001)
    heard, answered, begun = Heard(), asyncio.Event(), []

    class Hanging(Pulse):
        async def beat(self) -> int:
            begun.append(len(heard.beats))
            await answered.wait()
            return await super().beat()

    async def sleep(_: float) -> None:
        if len(heard.beats) > 1:
            raise asyncio.CancelledError

    beating = asyncio.create_task(keep_beating(Hanging(1), heard, sleep))
    async with asyncio.timeout(60):
        await heard.missed_twice.wait()
    answered.set()
    with pytest.raises(asyncio.CancelledError):
        await beating
    assert begun == [0]
    assert (heard.beats[0], heard.beats[-1]) == (False, True)
