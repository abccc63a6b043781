"""Several processes on one workspace keep Slack's rates together, as each knows how many they are."""

import asyncio
from itertools import chain

import pytest

from bot.slack.governor import Governor
from bot.slack.rates import MINUTE, RATES
from tests.slack.test_governor import busiest_minute, governor, turns
from tests.slack.virtual_time import in_virtual_time, now

HEARTBEAT = 2.0


def governors(number: int) -> list[Governor]:
    found = [governor() for _ in range(number)]
    for each in found:
        each.share(number)
    return found


@pytest.mark.parametrize("replicas", [2, 3, 4])
@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.update", "users.info"])
@in_virtual_time
async def test_all_processes_together_stay_within_slacks_rate(method: str, replicas: int) -> None:
    times = await asyncio.gather(*(turns(each, method, 100) for each in governors(replicas)))
    assert busiest_minute(sorted(chain(*times))) <= RATES[method].calls


@pytest.mark.parametrize("replicas", [2, 4])
@in_virtual_time
async def test_a_channel_gets_one_post_a_second_from_all_of_them(replicas: int) -> None:
    times = await asyncio.gather(*(turns(each, "chat.postMessage", 30, "C1") for each in governors(replicas)))
    posted = sorted(chain(*times))
    burst = 3 * replicas
    assert all(later - earlier >= burst for earlier, later in zip(posted, posted[burst:], strict=False))


@in_virtual_time
async def test_a_process_alone_keeps_the_whole_budget() -> None:
    (alone,) = governors(1)
    times = await turns(alone, "chat.startStream", 20)
    assert times[-1] == 0.0


@in_virtual_time
async def test_more_processes_than_calls_leave_each_of_them_one() -> None:
    crowd = governors(50)
    assert await turns(crowd[0], "chat.startStream", 1) == [0.0]


@in_virtual_time
async def test_who_waits_gets_the_share_of_one_that_left_within_a_heartbeat() -> None:
    first, _ = governors(2)
    waiting = asyncio.create_task(turns(first, "chat.startStream", 20))
    await asyncio.sleep(5)
    first.share(1)
    assert max(await waiting) <= 5 + HEARTBEAT


@in_virtual_time
async def test_one_that_joins_halves_the_pace_at_once() -> None:
    first = governor()
    await turns(first, "chat.startStream", 10)
    first.share(2)
    assert first.wait_for("chat.startStream") > 0
    first.begin("chat.appendStream")
    shared = first.spacing("chat.appendStream")
    first.share(1)
    assert first.spacing("chat.appendStream") <= shared


@in_virtual_time
async def test_answers_that_are_open_when_another_joins_end_without_waiting_for_its_share() -> None:
    first = governor()
    for _ in range(12):
        await first.turn("chat.stopStream", final=True)
    first.share(2)
    first.share(4)
    for _ in range(8):
        await first.turn("chat.stopStream", final=True)
    assert now() == 0.0
    await first.turn("chat.stopStream", final=True)
    assert now() >= 60


@in_virtual_time
async def test_a_minute_after_another_joined_what_ends_an_answer_keeps_to_its_share() -> None:
    first = governor()
    first.share(2)
    await asyncio.sleep(MINUTE)
    for _ in range(10):
        await first.turn("chat.stopStream", final=True)
    assert now() == MINUTE
    await first.turn("chat.stopStream", final=True)
    assert now() == 2 * MINUTE


@in_virtual_time
async def test_finals_pass_progress_in_a_divided_budget_too() -> None:
    first, _ = governors(2)
    progress = asyncio.gather(*(first.turn("chat.update") for _ in range(100)))
    await asyncio.sleep(1)
    before = now()
    await first.turn("chat.update", final=True)
    assert now() == before
    progress.cancel()


@in_virtual_time
async def test_forty_streams_in_two_processes_stay_within_the_appends_of_a_minute() -> None:
    calls = 0.0
    for each in governors(2):
        for _ in range(20):
            each.begin("chat.appendStream")
        calls += 20 * 60 / each.spacing("chat.appendStream")
    assert calls <= RATES["chat.appendStream"].calls
