"""Alarms reach the admins, at most hourly for each kind, and never make things worse."""

from bot.slack.admins import Admins
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import epoch, in_virtual_time


class Clock:
    def __init__(self) -> None:
        self.now = epoch()

    def __call__(self) -> float:
        return self.now


def told(d: Desk, person: str = "ada") -> list[str]:
    return [
        shown.text for shown in d.theirs.see(d.theirs.direct(person)) if shown.author == d.theirs.confab.id
    ]


@in_virtual_time
async def test_every_admin_is_told_what_is_wrong() -> None:
    async with desk() as d:
        admins = Admins(d.ours.calls, [d.theirs.ada.id, d.theirs.grace.id], clock=Clock())
        admins.ring("operator_fault", "401 from <!channel> gpt-5.4-mini")
        await admins.close()
        assert "401 from" in told(d)[0]
        assert told(d) == told(d, "grace")
        assert d.theirs.pings == ()


@in_virtual_time
async def test_the_same_kind_is_told_once_an_hour() -> None:
    async with desk() as d:
        clock = Clock()
        admins = Admins(d.ours.calls, [d.theirs.ada.id], clock=clock)
        for seconds in (0, 1_800, 1_790, 20):
            clock.now += seconds
            admins.ring("operator_fault", "the key")
            await admins.close()
        assert len(told(d)) == 2
        admins.ring("settings", "something else")
        await admins.close()
        assert len(told(d)) == 3


@in_virtual_time
async def test_an_alarm_that_nobody_got_is_raised_again() -> None:
    async with desk() as d:
        admins = Admins(d.ours.calls, [d.theirs.ada.id], clock=Clock())
        d.theirs.faults.answer_error("conversations.open", "user_not_found")
        admins.ring("operator_fault", "the key")
        await admins.close()
        assert told(d) == []
        admins.ring("operator_fault", "the key")
        await admins.close()
        assert len(told(d)) == 1


@in_virtual_time
async def test_without_admins_an_alarm_is_only_logged() -> None:
    async with desk() as d:
        Admins(d.ours.calls, [], clock=Clock()).ring("operator_fault", "the key")
        assert d.methods() == []
