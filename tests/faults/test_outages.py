import pytest

from tests.faults.database_trouble import full, restarted
from tests.faults.model_trouble import refused, silent
from tests.faults.place import Place
from tests.faults.slack_trouble import limited, responses_lost, stream_ended
from tests.faults.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.fault("F5")
async def test_a_slack_that_wants_silence_gets_it_and_every_text_arrives(stage: Stage) -> None:
    verdict = await limited(stage, seed=1, retry_after=1, seconds=3)
    assert not verdict.faults, verdict


@pytest.mark.fault("F6")
async def test_a_write_of_which_nobody_heard_is_not_made_twice(stage: Stage) -> None:
    verdict = await responses_lost(stage, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F7")
async def test_a_model_that_refuses_is_asked_again_or_told_of_in_one_sentence(stage: Stage) -> None:
    verdict = await refused(stage, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F14")
async def test_a_stream_that_slack_forgot_becomes_the_whole_text(stage: Stage) -> None:
    verdict = await stream_ended(stage, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F8")
async def test_a_model_without_an_end_frees_its_thread(stage: Stage) -> None:
    verdict = await silent(stage, seed=1, idle=1, total=5)
    assert not verdict.faults, verdict


@pytest.mark.fault("F10")
async def test_what_a_full_disk_does_not_take_is_not_acknowledged(stage: Stage) -> None:
    verdict = await full(stage, seed=1)
    assert not verdict.faults, verdict


@pytest.mark.fault("F9")
async def test_a_database_that_goes_away_loses_nothing_and_ends_nobody(stage: Stage, place: Place) -> None:
    verdict = await restarted(stage, place, seed=1, seconds=3)
    assert not verdict.faults, verdict
