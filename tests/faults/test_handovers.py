import pytest

from tests.faults.handovers import frozen, rolled, rolled_amid_questions, skewed
from tests.faults.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.fault("F15")
async def test_a_rolling_restart_finishes_every_answer_once(stage: Stage) -> None:
    verdict = await rolled(stage, seed=1, streams=6, drain=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F15")
@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
async def test_a_rolling_restart_amid_questions_loses_nothing_and_doubles_nothing(stage: Stage) -> None:
    verdict = await rolled_amid_questions(stage, seed=1, rounds=1, pause=2)
    assert not verdict.faults, verdict


@pytest.mark.fault("F16")
async def test_a_bot_that_slept_past_its_lease_writes_no_more(stage: Stage) -> None:
    verdict = await frozen(stage, seed=1, lease=2, seconds=0)
    assert not verdict.faults, verdict


@pytest.mark.fault("F16")
async def test_a_bot_whose_clock_is_ahead_leaves_anothers_turn_alone(stage: Stage) -> None:
    verdict = await skewed(stage, seed=1, seconds=8)
    assert not verdict.faults, verdict
