"""The daily caps: what a call may cost is set aside before it is made."""

import asyncio

import pytest

from bot.chat.spending import total
from bot.chat.turns import Lease, Usage
from bot.database.spending import DAY, StoredSpending
from bot.errors import DailyCapReached
from tests.database.ledger import LONGEST_CALL, MOST, NOON, bill, books, room_for
from tests.database.rooms import TEAM, Room, opened


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
