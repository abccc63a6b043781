from bot.slack.names import AT_ONCE, FRESH, PATIENCE, SlackNames
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time, now


def asked(d: Desk) -> int:
    return len(d.theirs.calls.of("users.info"))


@in_virtual_time
async def test_a_name_is_asked_for_once_and_anew_after_some_minutes() -> None:
    async with desk() as d:
        clock = [0.0]
        names = SlackNames(d.ours.calls, clock=lambda: clock[0])
        people = (d.theirs.ada.id, d.theirs.grace.id)
        for _ in range(3):
            assert await names.names_of(people) == {people[0]: "Ada", people[1]: "Grace"}
        assert asked(d) == 2
        clock[0] += FRESH
        await names.names_of(people)
        assert asked(d) == 4


@in_virtual_time
async def test_whom_slack_does_not_know_has_no_name_and_costs_one_call() -> None:
    async with desk() as d:
        names = SlackNames(d.ours.calls, clock=now)
        assert await names.names_of(["U0NOBODY"]) == {}
        assert await names.names_of(["U0NOBODY", d.theirs.ada.id]) == {d.theirs.ada.id: "Ada"}
        assert asked(d) == 2


@in_virtual_time
async def test_a_crowd_does_not_use_up_slacks_rate() -> None:
    async with desk() as d:
        await SlackNames(d.ours.calls, clock=now).names_of([f"U0NOBODY{n}" for n in range(200)])
        assert asked(d) == AT_ONCE


@in_virtual_time
async def test_an_answer_does_not_wait_long_for_a_name() -> None:
    async with desk() as d:
        d.theirs.faults.limit("users.info", 300)
        names, began = SlackNames(d.ours.calls, clock=now), now()
        assert await names.names_of([d.theirs.ada.id]) == {}
        assert now() - began <= PATIENCE
