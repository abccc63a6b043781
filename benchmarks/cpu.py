"""B2: what a turn costs the processor."""

import asyncio

from benchmarks.figures import Figure
from benchmarks.overhead import STARTS_APART
from benchmarks.pace import TOKEN, Pace
from benchmarks.rig import Rig, Side

TOKENS = 300
AT_ONCE = 20  # streams: as many as Slack lets an app start in a minute
ROUNDS = 2


async def b2(rig: Rig) -> list[Figure]:
    """CPU of the bot's process for an answer of 300 tokens: in one burst, and as twenty paced streams."""
    await rig.pace(Pace(tokens=TOKENS))
    spent = {side.name: 0.0 for side in rig.sides}
    for turn in range(rig.warm_ups + rig.turns):
        for side in rig.sides:
            used = await _burst(side)
            if turn >= rig.warm_ups:
                spent[side.name] += used
        await asyncio.sleep(STARTS_APART - 1.0)
    ours, peer = (1_000 * spent[side.name] / rig.turns for side in rig.sides)
    paced, peers = await _paced(rig)
    return [
        Figure("B2", "CPU of a turn of 300 tokens, all at once, ms", ours, peer, "≤ 20, ratio ≤ 0.35",
               ours <= 20 and ours / peer <= 0.35),
        Figure("B2", "CPU of a token in twenty streams at once, µs", paced, peers, "ratio ≤ 0.6",
               paced / peers <= 0.6),
    ]  # fmt: skip


async def _burst(side: Side) -> float:
    """Seconds of CPU for one turn, the books that are closed after the answer included."""
    before = side.cpu()
    await side.ask()
    await asyncio.sleep(0.3)
    return side.cpu() - before


async def _paced(rig: Rig) -> tuple[float, float]:
    """Microseconds of CPU for each token of twenty streams."""
    at_once = min(AT_ONCE, 10 * rig.turns) - 1
    rounds = min(ROUNDS, rig.turns)
    spent = {side.name: 0.0 for side in rig.sides}
    for _ in range(rounds):
        async with rig.fresh() as fresh:
            for side in fresh.sides:
                await fresh.pace(Pace(tokens=5))
                await side.ask()
                await fresh.pace(Pace(tokens=TOKENS, first=0.05, delay=TOKEN))
                before = side.cpu()
                await side.ask(*[(None, None)] * at_once, patience=120.0)
                spent[side.name] += side.cpu() - before
    ours, peer = (1e6 * spent[side.name] / (rounds * at_once * TOKENS) for side in rig.sides)
    return ours, peer
