"""What goes on beside an acknowledgement, and beside the one who could not wait for it."""

import asyncio
import logging
from typing import Any, cast

import pytest

from bot.slack.beside import Beside
from tests.slack.virtual_time import in_virtual_time

LONG = 5.0


def nobody_told() -> Beside:
    return Beside(cast("Any", None))


async def given_up(beside: Beside, done: list[str], fault: Exception | None = None) -> None:
    """Somebody waits a second for work that takes longer."""

    async def work() -> None:
        try:
            await asyncio.sleep(LONG)
        except asyncio.CancelledError:
            done.append("dropped")
            raise
        if fault is not None:
            raise fault
        done.append("done")

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(beside.to_its_end(work()), 1.0)


@in_virtual_time
async def test_what_nobody_could_wait_for_goes_on_to_its_end() -> None:
    beside, done = nobody_told(), list[str]()
    await given_up(beside, done)
    assert done == []
    await asyncio.sleep(LONG)
    assert done == ["done"]


@in_virtual_time
async def test_what_fails_when_nobody_waits_any_more_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    beside, done = nobody_told(), list[str]()
    await given_up(beside, done, RuntimeError("a secret word"))
    await asyncio.sleep(LONG)
    assert "not done: RuntimeError" in caplog.text
    assert "secret" not in caplog.text


@in_virtual_time
async def test_what_still_goes_on_at_the_end_is_dropped_in_order() -> None:
    beside, done = nobody_told(), list[str]()
    await given_up(beside, done)
    await beside.close()
    assert done == ["dropped"]


@in_virtual_time
async def test_who_waits_long_enough_is_given_what_the_work_gives_or_raises() -> None:
    beside = nobody_told()

    async def fails() -> None:
        raise RuntimeError

    assert await beside.to_its_end(asyncio.sleep(1, "done")) == "done"
    with pytest.raises(RuntimeError):
        await beside.to_its_end(fails())


@in_virtual_time
async def test_what_is_nearly_done_is_done_before_the_end() -> None:
    beside, done = nobody_told(), list[str]()
    await given_up(beside, done)
    await asyncio.sleep(LONG - 1.5)
    await beside.close()
    assert done == ["done"]


@pytest.mark.parametrize(("takes", "comes_to"), [(0.2, "done"), (LONG, "dropped")])
@in_virtual_time
async def test_what_is_begun_just_before_the_end_ends_with_it(takes: float, comes_to: str) -> None:
    beside, done = nobody_told(), list[str]()

    async def offer() -> None:
        try:
            await asyncio.sleep(takes)
        except asyncio.CancelledError:
            done.append("dropped")
            raise
        done.append("done")

    async def change() -> None:
        await asyncio.sleep(0.5)
        beside.start(offer())

    beside.start(change())
    await beside.close()
    assert done == [comes_to]
