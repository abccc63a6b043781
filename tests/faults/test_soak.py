import pytest

from tests.faults.soak import soaked
from tests.faults.stage import Stage


@pytest.mark.fault("F17")
@pytest.mark.asyncio(loop_scope="module")
async def test_many_turns_in_a_row_leave_nothing_behind(stage: Stage) -> None:
    verdict = await soaked(stage, seed=1, turns=60, batch=30)
    assert not verdict.faults, verdict
