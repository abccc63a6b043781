import pytest

from tests.faults.shared_rates import shared
from tests.faults.stage import Stage

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("place", ["postgresql"], indirect=True),
]


@pytest.mark.fault("F5")
async def test_four_bots_keep_slacks_rates_together_wave_after_wave(stage: Stage) -> None:
    verdict = await shared(stage, seed=1, bots=4, streams=14)
    assert not verdict.faults, verdict
