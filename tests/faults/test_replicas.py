import pytest

from tests.faults.deliveries import shuffled
from tests.faults.replicas import steered
from tests.faults.stage import Stage

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("place", ["postgresql"], indirect=True),
]


@pytest.mark.fault("F3")
async def test_two_bots_answer_a_shuffled_thread_in_order_and_each_message_once(stage: Stage) -> None:
    verdict = await shuffled(stage, seed=1, count=80, bots=2)
    assert not verdict.faults, verdict


@pytest.mark.fault("F4")
async def test_four_bots_share_a_burst_and_hear_of_setups_and_stops_wherever_slack_brings_them(
    stage: Stage,
) -> None:
    verdict = await steered(stage, seed=1, threads=8, bots=4)
    assert not verdict.faults, verdict
