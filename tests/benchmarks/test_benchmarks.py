"""The benchmarks run and say what they found. How fast anything was is for no test to judge."""

from pathlib import Path

import pytest

from benchmarks import figures
from benchmarks.bare import Bare
from benchmarks.figures import Figure, percentile, put_into, table
from benchmarks.overhead import taking_turns
from benchmarks.pace import Pace
from benchmarks.rig import rigged

OURS = Figure("B1", "waiting, ms", 12.0, 480.0, "≤ 10", met=False)


async def test_both_bots_answer_on_the_same_stand_ins() -> None:
    async with rigged(2, warm_ups=0, watched=True) as rig:
        await rig.pace(Pace(tokens=30))
        found = await taking_turns(rig, [(side, (None, None)) for side in rig.sides], apart=0.0)
        flooded = await rig.ours.post("flooded", events=4, threads=2)
        made = [await side.post("calls") for side in rig.sides]
        spent = [side.cpu() for side in rig.sides]
        busiest, notes = rig.ours.busiest()
    assert [len(times) for times in found] == [2, 2]
    assert all(seconds > 0 for times in found for seconds in times)
    assert (len(flooded["acks"]), flooded["lost"]) == (4, 0)
    assert (busiest > 0) == (notes > 0)
    assert "conversations.replies" in made[1]["made"]
    assert "conversations.replies" not in made[0]["made"]
    assert all(seconds > 0 for seconds in spent)


async def test_who_does_nothing_else_still_waits_for_the_first_token_and_for_one_call() -> None:
    async with rigged(1, warm_ups=0) as rig:
        await rig.pace(Pace(slack=0.02, first=0.03, tokens=5))
        written = await rig.peer.post("written", messages=2)
        asked = await Bare(rig.peer, 3).ask((written["channel"], written["root"]))
    assert asked["seen"][0]["first"] >= 0.05


def test_a_line_says_ours_the_peers_and_how_they_stand_to_each_other() -> None:
    assert table([OURS]).splitlines()[-1] == "| B1 | waiting, ms | 12.0 | 480 | 0.03 | ≤ 10 | no |"


def test_a_kept_table_keeps_the_lines_of_other_benchmarks(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"before\n{figures.BEGIN}\n{figures.END}\nafter\n")
    put_into(page, [Figure("B50", "the fifty, s", 1.9, 90.0, "≤ 2", met=True)])
    put_into(page, [OURS])
    put_into(page, [OURS])
    rows = [line for line in page.read_text().splitlines() if line.startswith("| B")]
    assert [row.split(" | ")[0] for row in rows] == ["| B1", "| B50"]
    assert page.read_text().startswith("before\n")
    assert page.read_text().endswith("after\n")


def test_a_page_without_a_place_for_the_table_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "README.md"
    page.write_text("no place")
    with pytest.raises(ValueError, match="no place"):
        put_into(page, [OURS])


def test_a_percentile_lies_among_the_values() -> None:
    assert percentile([3.0], 95) == 3.0
    assert percentile(range(101), 95) == 95
