import pytest

from tests.faults.handovers import frozen, rolled
from tests.faults.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.fault("F15")
async def test_a_rolling_restart_finishes_every_answer_once(stage: Stage) -> None:
    verdict = await rolled(stage, seed=1, streams=6, drain=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F16")
async def test_a_bot_that_slept_past_its_lease_writes_no_more(stage: Stage) -> None:
    verdict = await frozen(stage, seed=1, lease=2, seconds=0)
    assert not verdict.faults, verdict
