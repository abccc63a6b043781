import pytest

from tests.faults.kills import POINTS, killed_at, killed_beside_another
from tests.faults.migrating import killed_while_migrating
from tests.faults.place import Place
from tests.faults.poison import poisonous, raising
from tests.faults.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.fault("F1")
@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_at_any_point_loses_nothing_and_doubles_nothing(stage: Stage, point: str) -> None:
    verdict = await killed_at(stage, point, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F1")
async def test_what_a_killed_bot_was_writing_goes_on_in_another(stage: Stage) -> None:
    verdict = await killed_beside_another(stage, "appending", seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F1")
async def test_a_kill_while_the_database_is_migrated_leaves_it_to_the_next_start(place: Place) -> None:
    verdict = await killed_while_migrating(place, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F12")
async def test_a_question_that_kills_three_bots_is_given_up_and_its_thread_goes_on(stage: Stage) -> None:
    verdict = await poisonous(stage, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F12")
async def test_a_question_that_breaks_every_attempt_is_given_up_with_a_sentence(stage: Stage) -> None:
    verdict = await raising(stage, seed=1)
    assert not verdict.faults, verdict
