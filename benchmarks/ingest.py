"""B3: how fast events are taken: kept before they are acknowledged, and by a bot that keeps none."""

from statistics import median
from typing import Any

from benchmarks.figures import Figure, percentile
from benchmarks.pace import Pace
from benchmarks.rig import Rig, Side

EVENTS, THREADS = 2_000, 50
GENTLE = 50.0  # events a second
FLOODS = 2


async def b3(rig: Rig, database: str) -> list[Figure]:
    """A flood of direct messages, then a gentle stream; the model stays mute meanwhile."""
    await rig.pace(Pace(mute=True))
    scale = 1 if rig.turns >= 20 else 20
    rates: dict[str, list[float]] = {side.name: [] for side in rig.sides}
    lost = dict.fromkeys(rates, 0.0)
    for number in range(FLOODS + 1):
        for side in rig.sides:
            flooded = await _flood(side, EVENTS // scale)
            lost[side.name] += flooded["lost"]
            if number:
                rates[side.name].append(len(flooded["acks"]) / float(flooded["seconds"]))
    slow: dict[str, float] = {}
    for side in rig.sides:
        flooded = await _flood(side, 300 // scale, per_second=GENTLE)
        lost[side.name] += flooded["lost"]
        slow[side.name] = 1_000 * percentile(flooded["acks"], 99)
    ours, peer = (median(rates[side.name]) for side in rig.sides)
    return [
        Figure("B3", f"events a second, each committed, {database}", ours, peer, "≥ 300, ratio ≥ 0.10",
               ours >= 300 and ours / peer >= 0.10),
        Figure("B3", f"ack at 50 events a second, p99, {database}, ms", slow["ours"], slow["peer"], "≤ 100",
               slow["ours"] <= 100),
        Figure("B3", f"events never acknowledged, {database}", lost["ours"], lost["peer"], "0",
               lost["ours"] == 0),
    ]  # fmt: skip


async def _flood(side: Side, events: int, per_second: float | None = None) -> dict[str, Any]:
    return await side.post("flooded", events=events, threads=THREADS, per_second=per_second)
