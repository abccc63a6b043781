import os
import subprocess
import sys
from dataclasses import replace

import pytest

from bot.database.owner import Owner
from tests.database.rooms import Room, question


@pytest.fixture
def me() -> Owner:
    return Owner.here()


def ended_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_claims_name_leads_back_to_its_process(me: Owner) -> None:
    assert Owner.of_claim(me.claim(7)) == me


@pytest.mark.parametrize("name", ["", "a/b", "a/b/c/d/e/f", "a/b/c/1/e/f/g"])
def test_a_name_written_otherwise_leads_nowhere(name: str) -> None:
    assert Owner.of_claim(name) is None


def test_this_process_is_not_gone(me: Owner) -> None:
    assert not me.knows_gone(me)


def test_an_earlier_process_of_the_same_number_is_gone(me: Owner) -> None:
    assert me.knows_gone(replace(me, start="before"))


def test_a_process_that_ended_is_gone(me: Owner) -> None:
    assert me.knows_gone(replace(me, pid=ended_pid(), start="other"))


def test_a_process_that_only_waits_to_be_reaped_is_gone(me: Owner) -> None:
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.read()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert me.knows_gone(replace(me, pid=process.pid, start="other"))


def test_a_process_that_runs_is_not_gone(me: Owner) -> None:
    assert not me.knows_gone(replace(me, pid=os.getppid(), start="other"))


@pytest.mark.parametrize("elsewhere", [{"kernel": "another"}, {"namespace": "another"}])
def test_nothing_is_known_of_another_machine_or_container(me: Owner, elsewhere: dict[str, str]) -> None:
    assert not me.knows_gone(replace(me, pid=ended_pid(), start="other", **elsewhere))


def test_nothing_is_known_where_the_system_does_not_say() -> None:
    nameless = Owner("host", "", "", 1, "a")
    assert not nameless.knows_gone(replace(nameless, start="b"))


async def test_a_start_ends_the_leases_of_who_is_gone_and_no_others(room: Room, me: Owner) -> None:
    owners = {
        "gone": replace(me, pid=ended_pid(), start="gone"),
        "alive": replace(me, pid=os.getppid(), start="alive"),
        "elsewhere": replace(me, pid=ended_pid(), start="elsewhere", kernel="another"),
    }
    held = {}
    for number, (name, owner) in enumerate(owners.items()):
        await room.store(question(number, within=question(number).thread.__class__("T1", "C1", name)))
        (held[name],) = await room.worker(owner).claim(10)
    worker = room.worker()
    assert await worker.recover() == 1
    (taken,) = await worker.claim(10)
    assert taken.id == held["gone"].id
    assert await worker.recover() == 0
