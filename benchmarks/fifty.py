"""B50: fifty threads at once."""

import asyncio

from benchmarks.figures import Figure, percentile
from benchmarks.pace import Pace
from benchmarks.rig import Rig

THREADS = 50
MODEL, CALL, TOKENS = 1.2, 0.05, 60
ROUNDS = 3
PATIENCE = 30.0  # seconds; an answer that has not come by then counts as so long
MINUTE = 62.0


async def b50(rig: Rig) -> list[Figure]:
    """Each in a channel of its own; the model is silent for 1.2 s, then answers; a Slack call takes 50 ms."""
    await rig.pace(Pace(slack=CALL, first=MODEL, tokens=TOKENS, rates=True))
    signs: dict[str, list[float]] = {side.name: [] for side in rig.sides}
    ends: dict[str, list[float]] = {side.name: [] for side in rig.sides}
    for number in range(min(ROUNDS, rig.turns)):
        for side in rig.sides:
            seen = (await side.ask(*[(None, None)] * THREADS, patience=PATIENCE))["seen"]
            signs[side.name] += [float(each["sign"] or PATIENCE) for each in seen]
            ends[side.name] += [float(each["complete"] or PATIENCE) for each in seen]
        if number < min(ROUNDS, rig.turns) - 1:
            await asyncio.sleep(MINUTE)
    sign, peers_sign = (percentile(signs[side.name], 95) for side in rig.sides)
    end, peers_end = (percentile(ends[side.name], 95) for side in rig.sides)
    return [
        Figure("B50", "first sign of life, 95th percentile, s", sign, peers_sign, "≤ 0.5", sign <= 0.5),
        Figure("B50", "answer complete, 95th percentile, s", end, peers_end, "≤ 2", end <= 2),
    ]
