"""The governor: Slack's rates are kept before Slack has to keep them."""

import asyncio

import pytest

from bot.slack.governor import Governor
from bot.slack.rates import MINUTE, RATES
from tests.slack.virtual_time import in_virtual_time, now


def governor() -> Governor:
    return Governor(clock=now, sleep=asyncio.sleep)


def busiest_minute(times: list[float]) -> int:
    return max(sum(start <= at < start + 60 for at in times) for start in times)


async def turns(governor: Governor, method: str, number: int, channel: str | None = None) -> list[float]:
    """When so many calls that all want to go at once may go."""

    async def one() -> float:
        await governor.turn(method, channel)
        return now()

    return sorted(await asyncio.gather(*(one() for _ in range(number))))


@pytest.mark.parametrize("method", sorted(RATES))
@in_virtual_time
async def test_no_minute_has_more_calls_than_slack_allows(method: str) -> None:
    times = await turns(governor(), method, 250)
    assert busiest_minute(times) <= RATES[method].calls


@in_virtual_time
async def test_the_first_call_goes_at_once() -> None:
    assert await turns(governor(), "chat.startStream", 1) == [0.0]


@in_virtual_time
async def test_a_method_that_is_unknown_is_taken_for_a_slow_one() -> None:
    assert busiest_minute(await turns(governor(), "files.info", 50)) <= 20


@in_virtual_time
async def test_a_channel_gets_one_post_a_second_after_a_short_burst() -> None:
    times = await turns(governor(), "chat.postMessage", 30, "C1")
    assert times[2] == 0.0
    assert all(later - earlier >= 3 for earlier, later in zip(times, times[3:], strict=False))


@in_virtual_time
async def test_channels_do_not_wait_for_each_other() -> None:
    shared = governor()
    for channel in range(50):
        assert await turns(shared, "chat.postMessage", 1, f"C{channel}") == [0.0]


@in_virtual_time
async def test_a_turn_that_nobody_used_is_somebody_elses() -> None:
    paced = governor()
    for _ in range(RATES["chat.startStream"].calls):
        await paced.turn("chat.startStream")
    paced.unused("chat.startStream")
    await paced.turn("chat.startStream")
    assert now() == 0
    assert paced.wait_for("chat.startStream") > 0


@in_virtual_time
async def test_what_ends_an_answer_passes_what_shows_progress() -> None:
    shared = governor()
    progress = asyncio.gather(*(shared.turn("chat.update") for _ in range(200)))
    await asyncio.sleep(1)
    for _ in range(RATES["chat.update"].calls - RATES["chat.update"].progress):
        before = now()
        await shared.turn("chat.update", final=True)
        assert now() == before
    progress.cancel()


@in_virtual_time
async def test_those_who_wait_go_in_the_order_in_which_they_came_and_ends_before_all() -> None:
    shared = governor()
    await turns(shared, "chat.stopStream", 20)
    gone: dict[int, float] = {}

    async def wait(number: int, *, final: bool) -> None:
        await shared.turn("chat.stopStream", final=final)
        gone[number] = now()

    tasks = [asyncio.create_task(wait(number, final=False)) for number in range(25)]
    await asyncio.sleep(1)
    tasks.append(asyncio.create_task(wait(-1, final=True)))
    await asyncio.gather(*tasks)
    assert sorted(gone, key=lambda number: (gone[number], number)) == list(range(-1, 25))
    assert gone[18] < gone[19]


@in_virtual_time
async def test_whatever_session_begins_finds_room_for_its_end() -> None:
    paced, method, begun = governor(), "agents.sessions.setStatus", 0
    while paced.wait_for(method) == 0:
        await paced.turn(method)
        begun += 1
    for _ in range(begun):
        await paced.turn(method, final=True)
    assert begun > 10
    assert now() == 0


@in_virtual_time
async def test_a_held_method_is_not_called_until_slack_allows_it() -> None:
    shared = governor()
    waiting = asyncio.create_task(turns(shared, "chat.update", 3))
    shared.hold("chat.update", 30.0)
    assert min(await waiting) >= 30.0
    assert await turns(shared, "chat.delete", 1) == [now()]


@in_virtual_time
async def test_an_estimate_is_what_a_call_then_waits() -> None:
    shared = governor()
    await turns(shared, "chat.startStream", 20)
    estimate = shared.wait_for("chat.startStream")
    before = now()
    await shared.turn("chat.startStream")
    assert now() - before == pytest.approx(estimate) == pytest.approx(MINUTE)


@in_virtual_time
async def test_a_cancelled_wait_gives_its_place_back() -> None:
    shared = governor()
    await turns(shared, "chat.startStream", 20)
    waiting = asyncio.create_task(shared.turn("chat.startStream"))
    await asyncio.sleep(1)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(MINUTE)
    assert shared.wait_for("chat.startStream") == 0.0


@in_virtual_time
async def test_twenty_live_streams_together_stay_within_the_appends_of_a_minute() -> None:
    shared = governor()
    for _ in range(20):
        shared.begin("chat.appendStream")
    assert 20 * 60 / shared.spacing("chat.appendStream") <= RATES["chat.appendStream"].calls
    for _ in range(19):
        shared.end("chat.appendStream")
    assert shared.spacing("chat.appendStream") < 1.0
