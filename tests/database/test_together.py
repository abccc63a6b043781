"""Writes that share a commit, and what one of them may do to the others: nothing."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from bot.database.access import Database
from bot.database.together import MOST, Together
from bot.errors import DatabaseDown

Verb = Callable[[Connection], Any]


class Commits:
    """Transactions without a database; `down` refuses them all."""

    def __init__(self) -> None:
        self.number = 0
        self.down = False
        self.gate = asyncio.Event()
        self.gate.set()

    def commit(self, verb: Verb) -> Any:
        self.number += 1
        if self.down:
            raise DatabaseDown("away")
        return verb(None)  # type: ignore[arg-type]  # nothing here looks at it

    async def hop(self, work: Callable[[], Any]) -> Any:
        await self.gate.wait()
        return work()


def adds(to: list[int], number: int) -> Verb:
    def verb(_: object) -> int:
        to.append(number)
        return number

    return verb


async def test_what_waits_at_once_is_done_in_order_and_committed_once() -> None:
    commits, done = Commits(), list[int]()
    together = Together(commits.commit, commits.hop)
    found = await asyncio.gather(*(together.write(adds(done, number)) for number in range(10)))
    assert (found, done, commits.number) == (list(range(10)), list(range(10)), 1)


async def test_what_follows_within_a_moment_shares_the_commit() -> None:
    commits, done = Commits(), list[int]()
    together = Together(commits.commit, commits.hop)
    first = asyncio.create_task(together.write(adds(done, 0)))
    for _ in range(3):  # the first is on its way after one of them
        await asyncio.sleep(0)
    await asyncio.gather(first, together.write(adds(done, 1)))
    assert (done, commits.number) == ([0, 1], 1)


async def test_a_crowd_is_committed_in_parts() -> None:
    commits, done = Commits(), list[int]()
    together = Together(commits.commit, commits.hop)
    await asyncio.gather(*(together.write(adds(done, number)) for number in range(MOST + 1)))
    assert (len(done), commits.number) == (MOST + 1, 2)


async def test_who_gave_up_before_it_began_gets_nothing_done() -> None:
    commits, done = Commits(), list[int]()
    together = Together(commits.commit, commits.hop)
    commits.gate.clear()
    first = asyncio.ensure_future(together.write(adds(done, 1)))
    await asyncio.sleep(0)
    impatient, patient = (asyncio.ensure_future(together.write(adds(done, each))) for each in (2, 3))
    await asyncio.sleep(0)
    impatient.cancel()
    commits.gate.set()
    assert [await first, await patient] == [1, 3]
    assert done == [1, 3]


async def test_a_database_that_is_away_is_not_asked_for_each_by_itself() -> None:
    commits = Commits()
    commits.down = True
    together = Together(commits.commit, commits.hop)
    found = await asyncio.gather(*(together.write(adds([], n)) for n in range(9)), return_exceptions=True)
    assert [type(each) for each in found] == [DatabaseDown] * 9
    assert commits.number == 1
    commits.down = False
    assert await together.write(adds([], 7)) == 7


async def test_whoever_is_woken_by_a_write_writes_in_its_commit() -> None:
    commits, done, woken = Commits(), list[int](), asyncio.Event()
    together = Together(commits.commit, commits.hop)

    async def claims() -> int:
        await woken.wait()
        return await together.write(adds(done, 2))

    claiming = asyncio.create_task(claims())
    await asyncio.sleep(0)
    await together.write(adds(done, 1), woken.set)
    assert (await claiming, done, commits.number) == (2, [1, 2], 1)


async def test_one_that_fails_takes_nobody_with_it(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    commits: list[object] = []
    event.listen(database._engine, "commit", commits.append)
    adding = text("INSERT INTO quiet VALUES ('T1', 'C1', :root, :quiet, 'U1', '1.0')")

    def verb(number: int) -> Verb:
        def add(connection: Connection) -> int:
            connection.execute(adding, {"root": str(number), "quiet": False})
            if number == 3:
                raise LookupError(number)
            return number

        return add

    found = await asyncio.gather(*(database.write(verb(n)) for n in range(6)), return_exceptions=True)
    there = await database.read(
        lambda connection: connection.scalars(text("SELECT root_ts FROM quiet ORDER BY 1")).all()
    )
    assert [each for each in found if isinstance(each, int)] == [0, 1, 2, 4, 5]
    assert isinstance(found[3], LookupError)
    assert list(there) == ["0", "1", "2", "4", "5"]
    assert len(commits) == 5
    await database.close()


async def test_what_is_under_way_is_done_before_the_database_closes(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    done: list[int] = []
    writing = [asyncio.ensure_future(database.write(adds(done, number))) for number in range(3)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*writing) == done == [0, 1, 2]


@pytest.mark.parametrize("beside", ["read", "write"])
async def test_a_closed_database_keeps_nobody_waiting(sqlite_url: str, beside: str) -> None:
    database = Database(sqlite_url)
    await database.close()
    async with asyncio.timeout(60):
        with pytest.raises(RuntimeError):
            await getattr(database, beside)(adds([], 1))
