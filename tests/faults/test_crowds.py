from collections.abc import Awaitable, Callable

import pytest

from tests.faults.deliveries import burst, delivered_again, shuffled
from tests.faults.sizes import large
from tests.faults.sockets import asked_to_leave, cut, flapping, no_address
from tests.faults.stage import Stage
from tests.faults.verdict import Verdict

Break = Callable[[Stage, int], Awaitable[Verdict]]

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.fault("F3")
async def test_a_shuffled_thread_is_answered_in_order_and_each_message_once(stage: Stage) -> None:
    verdict = await shuffled(stage, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F4")
async def test_a_burst_of_threads_is_answered_each_in_its_order(stage: Stage) -> None:
    verdict = await burst(stage, seed=1, threads=15, each=3, channels=5)
    assert not verdict.faults, verdict


@pytest.mark.fault("F11")
@pytest.mark.parametrize("lost", [cut, asked_to_leave])
async def test_a_lost_socket_is_opened_again_and_nothing_heard_twice(stage: Stage, lost: Break) -> None:
    verdict = await lost(stage, 1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F11")
async def test_a_flapping_socket_loses_nothing(stage: Stage) -> None:
    verdict = await flapping(stage, seed=1, times=3, seconds=3)
    assert not verdict.faults, verdict


@pytest.mark.fault("F11")
async def test_a_bot_to_which_slack_gives_no_address_for_a_while_loses_nothing(stage: Stage) -> None:
    verdict = await no_address(stage, seed=1, seconds=4)
    assert not verdict.faults, verdict


@pytest.mark.fault("F13")
async def test_large_threads_messages_and_answers_come_through_whole(stage: Stage) -> None:
    verdict = await large(stage, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F2")
async def test_an_event_that_comes_many_times_to_two_bots_is_one_question(stage: Stage) -> None:
    verdict = await delivered_again(stage, seed=1)
    assert not verdict.faults, verdict
