"""What was spent is counted by channel, person, day and month, and pruned when nobody asks for it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.home import Tokens
from bot.chat.spending import Bill, Held
from bot.chat.turns import Usage
from bot.database.homes import StoredHomes
from bot.database.spending import DAY, StoredSpending
from bot.database.spending_table import spending as table
from bot.errors import DatabaseDown
from tests.database.ledger import LONGEST_CALL, MOST, NOON, bill, books
from tests.database.rooms import TEAM, Room


async def spend(spending: StoredSpending, usage: Usage, who: Bill | None = None) -> Held:
    held = await spending.hold(who or bill(), usage)
    await spending.settle(held, usage)
    return held


async def test_what_is_spent_is_counted_by_channel_day_and_month_with_or_without_a_cap(room: Room) -> None:
    spending = books(room)
    for day, tokens in ((1, 1_000), (2, 200), (21, 30), (22, 4)):
        room.clock.now = datetime(2026, 11, day, 23, 59, 59, tzinfo=UTC).timestamp()
        await spend(spending, Usage(prompt=tokens, completion=tokens * 2))
    room.clock.now = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC).timestamp()
    await spend(spending, Usage(prompt=50_000))
    room.clock.now = datetime(2026, 11, 22, tzinfo=UTC).timestamp()
    await spend(spending, Usage(prompt=70_000), bill(channel="C2"))
    await spending.hold(bill(10**6), MOST)
    spent = await spending.spent(TEAM, "C1")
    assert spent.today == Usage(prompt=4, completion=8)
    assert spent.month == Usage(prompt=1_234, completion=2_468)


async def test_a_channel_that_spent_nothing_has_spent_nothing(room: Room) -> None:
    spent = await books(room).spent(TEAM, "C9")
    assert (spent.today, spent.month) == (Usage(), Usage())


async def test_a_call_for_no_turn_is_in_its_persons_own_usage(room: Room) -> None:
    spending, homes = books(room), StoredHomes(room.database, room.clock)
    own = Bill(TEAM, "C1", person_id="U1")
    for month, day, tokens in ((10, 31, 5), (11, 1, 300), (11, 22, 7)):
        room.clock.now = datetime(2026, month, day, 23, 59, tzinfo=UTC).timestamp()
        await spend(spending, Usage(prompt=tokens, completion=tokens), own)
    await spend(spending, Usage(prompt=1_000), bill())
    held = await spending.hold(Bill(TEAM, "C1", 10**6, person_id="U1"), MOST)
    assert await homes.spent(TEAM, "U1") == Tokens(today=14, month=614)
    await spending.settle(held, Usage(prompt=1))
    assert await homes.spent(TEAM, "U1") == Tokens(today=15, month=615)
    assert await homes.spent(TEAM, "U2") == await homes.spent("T2", "U1") == Tokens()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 22, 12, tzinfo=UTC),
        datetime(2026, 12, 1, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2027, 1, 1, tzinfo=UTC),
        datetime(2028, 3, 1, tzinfo=UTC),
    ],
)
async def test_pruning_never_changes_a_usage_and_keeps_the_month_before(room: Room, now: datetime) -> None:
    spending = books(room)
    last = now.replace(day=1) - timedelta(days=1)
    kept = [now, now.replace(day=1, hour=0), last, last.replace(day=1, hour=0, minute=0, second=0)]
    gone = [kept[-1] - timedelta(seconds=1), now - timedelta(days=400)]
    for each in (*kept, *gone):
        room.clock.now = each.timestamp()
        await spend(spending, Usage(prompt=10))
        await spend(spending, Usage(prompt=10), Bill("T2", "C1"))
    room.clock.now = now.timestamp()
    before = await spending.spent(TEAM, "C1")
    assert await spending.prune(TEAM) == len(gone)
    assert await spending.prune(TEAM) == 0
    assert await spending.spent(TEAM, "C1") == before
    room.clock.now = last.timestamp()
    assert (await spending.spent(TEAM, "C1")).month.prompt == 20
    room.clock.now = now.timestamp()
    assert await spending.prune("T2") == len(gone), "another team's rows were not touched"


async def test_more_rows_than_one_transaction_takes_are_pruned_all(room: Room) -> None:
    spending = books(room)
    rows = [
        {"call": str(number), "team_id": TEAM, "channel_id": "C1", "day": 1, "prompt_tokens": 1}
        | {"completion_tokens": 1}
        for number in range(2_500)
    ]
    await room.database.write(lambda connection: connection.execute(table.insert(), rows).close())
    assert await spending.prune(TEAM) == 2_500


async def test_it_is_pruned_every_day_even_after_a_day_on_which_it_failed(room: Room) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise asyncio.CancelledError

    class Failing(StoredSpending):
        async def prune(self, team_id: str) -> int:
            if not slept:
                raise DatabaseDown("out of reach")
            return await super().prune(team_id)

    room.clock.now = NOON
    spending = Failing(room.database, room.clock, daily_tokens=None, longest_call=LONGEST_CALL)
    with pytest.raises(asyncio.CancelledError):
        await spending.keep_pruned(TEAM, sleep)
    assert slept == [DAY, DAY, DAY]
