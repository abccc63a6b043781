"""The daily caps, and what channels have spent."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.home import Tokens
from bot.chat.spending import Bill, Held, total
from bot.chat.turns import Lease, Usage
from bot.database.homes import StoredHomes
from bot.database.spending import DAY, StoredSpending
from bot.database.spending_table import spending as table
from bot.errors import DailyCapReached, DatabaseDown
from tests.database.rooms import TEAM, Room, opened

LONGEST_CALL = 660.0
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()
MOST = Usage(prompt=60, completion=40)


def books(room: Room, daily_tokens: int | None = None) -> StoredSpending:
    room.clock.now = NOON
    return StoredSpending(room.database, room.clock, daily_tokens=daily_tokens, longest_call=LONGEST_CALL)


def bill(cap: int | None = None, *, channel: str = "C1", lease: Lease | None = None) -> Bill:
    return Bill(TEAM, channel, cap, lease)


async def room_for(books: StoredSpending, bill: Bill, most: Usage = MOST) -> bool:
    try:
        await books.hold(bill, most)
    except DailyCapReached:
        return False
    return True


async def test_calls_are_refused_once_the_channels_tokens_might_not_do(room: Room) -> None:
    spending = books(room)
    assert [await room_for(spending, bill(250)) for _ in range(3)] == [True, True, False]
    assert await room_for(spending, bill(250), Usage(prompt=30, completion=20))


async def test_the_workspaces_cap_counts_all_channels_and_a_channels_own_only_its_own(room: Room) -> None:
    spending = books(room, daily_tokens=350)
    assert await room_for(spending, bill(250))
    assert await room_for(spending, bill(channel="C2"))
    assert await room_for(spending, bill(channel="C3"))
    with pytest.raises(DailyCapReached, match="This workspace's 350 tokens"):
        await spending.hold(bill(channel="C4"), MOST)


async def test_the_refusal_is_one_sentence_that_says_when_it_ends(room: Room) -> None:
    spending = books(room)
    await spending.hold(bill(150), MOST)
    with pytest.raises(DailyCapReached) as refused:
        await spending.hold(bill(150), MOST)
    assert refused.value.sentence == (
        "This channel's 150 tokens for today are used up, or nearly so: "
        "there will be new ones at midnight UTC, in 12 hours."
    )


async def test_a_call_that_no_day_has_room_for_is_told_so(room: Room) -> None:
    with pytest.raises(DailyCapReached, match="could take 100 tokens, more than this channel has in a whole"):
        await books(room).hold(bill(99), MOST)


async def test_settling_frees_what_was_not_needed_and_releasing_frees_all(room: Room) -> None:
    spending = books(room)
    first, second = await spending.hold(bill(200), MOST), await spending.hold(bill(200), MOST)
    await spending.settle(first, Usage(prompt=50, completion=10))
    await spending.settle(first, Usage(prompt=50, completion=10))
    assert not await room_for(spending, bill(200))
    await spending.release(second)
    assert await room_for(spending, bill(200))
    assert (await spending.spent(TEAM, "C1")).today == Usage(prompt=50, completion=10)


async def test_what_is_settled_cannot_be_released(room: Room) -> None:
    spending = books(room)
    held = await spending.hold(bill(200), MOST)
    await spending.settle(held, MOST)
    await spending.release(held)
    assert total((await spending.spent(TEAM, "C1")).today) == 100


async def test_parallel_calls_of_several_processes_never_overshoot(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as two:
        replicas = [books(one, daily_tokens=1_000), books(two, daily_tokens=1_000)]
        channels = [bill(600, channel=f"C{number % 3}") for number in range(30)]
        taken = await asyncio.gather(
            *(room_for(replicas[number % 2], each) for number, each in enumerate(channels))
        )
        assert sum(taken) == 10
        by_channel = [
            sum(ok for ok, each in zip(taken, channels, strict=True) if each == one_of)
            for one_of in channels[:3]
        ]
        assert all(count <= 6 for count in by_channel)


async def test_what_a_crashed_attempt_held_is_freed_by_the_next_one(room: Room) -> None:
    spending = books(room)
    await spending.hold(bill(150, lease=Lease(7, "gone", 1)), MOST)
    assert not await room_for(spending, bill(150, lease=Lease(8, "me", 1)))
    assert await room_for(spending, bill(150, lease=Lease(7, "me", 2)))
    assert not await room_for(spending, bill(150))


async def test_what_a_crash_held_is_free_once_no_call_can_be_under_way(room: Room) -> None:
    spending = books(room)
    await spending.hold(bill(150), MOST)
    room.clock.pass_(LONGEST_CALL - 1)
    assert not await room_for(spending, bill(150))
    room.clock.pass_(1)
    assert await room_for(spending, bill(150))


async def test_an_earlier_attempt_that_was_settled_still_counts(room: Room) -> None:
    spending = books(room)
    first = await spending.hold(bill(150, lease=Lease(7, "a", 1)), MOST)
    await spending.settle(first, MOST)
    assert not await room_for(spending, bill(150, lease=Lease(7, "b", 2)))


async def test_the_day_begins_at_midnight_utc_and_pays_for_the_calls_that_began_in_it(room: Room) -> None:
    spending = books(room)
    held = await spending.hold(bill(150), MOST)
    room.clock.now = NOON + DAY / 2
    assert await room_for(spending, bill(150))
    await spending.settle(held, MOST)
    spent = await spending.spent(TEAM, "C1")
    assert (total(spent.today), total(spent.month)) == (0, 100)


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


async def test_several_calls_are_held_all_together_or_none_of_them(room: Room) -> None:
    spending = books(room)
    with pytest.raises(DailyCapReached, match="could take 200 tokens"):
        await spending.hold_all(bill(199), (MOST, MOST))
    assert await room_for(spending, bill(199)), "nothing of what was refused is held"
    first, second = await spending.hold_all(bill(300), (MOST, MOST))
    assert first.call != second.call
    assert not await room_for(spending, bill(300))
    await spending.release(second)
    assert await room_for(spending, bill(300))


async def test_of_two_pairs_at_once_one_finds_room(database_url: str) -> None:
    async def room_for_both(spending: StoredSpending) -> bool:
        try:
            await spending.hold_all(bill(), (MOST, MOST))
        except DailyCapReached:
            return False
        return True

    async with opened(database_url) as one, opened(database_url) as two:
        replicas = [books(one, daily_tokens=300), books(two, daily_tokens=300)]
        taken = await asyncio.gather(*(room_for_both(replicas[number % 2]) for number in range(10)))
    assert sum(taken) == 1


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
