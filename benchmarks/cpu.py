"""B2: what a turn costs the processor."""

import asyncio

from benchmarks.figures import Figure
from benchmarks.overhead import STARTS_APART
from benchmarks.pace import TOKEN, Pace
from benchmarks.rig import Rig, Side

TOKENS = 300
AT_ONCE = 20  # streams: as many as Slack lets an app start in a minute
ROUNDS = 2
IN_A_ROW = 10  # turns: with those to warm up, fewer than Slack lets an app start streams in a minute
AFTERWARDS = 0.3  # seconds


async def b2(rig: Rig) -> list[Figure]:
    """CPU of the bot's process for an answer of 300 tokens: in one burst, and as twenty paced streams.

    Turns that follow each other say how many a core can carry; one after seconds of rest finds its caches
    cold, and whatever else the process does in these seconds is in it.
    """
    ours, peer = await _busy(rig)
    rested, peers_rested = await _rested(rig)
    paced, peers = await _paced(rig)
    return [
        Figure("B2", "CPU of a turn of 300 tokens, all at once, turn after turn, ms", ours, peer,
               "≤ 20, ratio ≤ 0.35", ours <= 20 and ours / peer <= 0.35),
        Figure("B2", "the same after three seconds of rest, with what is done in them", rested, peers_rested,
               "ratio ≤ 0.35", rested / peers_rested <= 0.35),
        Figure("B2", "CPU of a token in twenty streams at once, µs", paced, peers, "ratio ≤ 0.6",
               paced / peers <= 0.6),
    ]  # fmt: skip


async def _busy(rig: Rig) -> tuple[float, float]:
    """Milliseconds of CPU for each of many turns in a row, in the least disturbed of each side's rounds.

    The same work never takes less than it needs; what others do on the machine only adds to it.
    """
    in_a_row = min(IN_A_ROW, rig.turns)
    spent: dict[str, list[float]] = {side.name: [] for side in rig.sides}
    for _ in range(-(-rig.turns // in_a_row)):
        async with rig.fresh() as fresh:
            await fresh.pace(Pace(tokens=TOKENS))
            for side in fresh.sides:
                for _ in range(rig.warm_ups):
                    await side.ask()
                await asyncio.sleep(AFTERWARDS)
                spent[side.name].append(await _spent(side, in_a_row))
    ours, peer = (1_000 * min(spent[side.name]) / in_a_row for side in rig.sides)
    return ours, peer


async def _rested(rig: Rig) -> tuple[float, float]:
    """Milliseconds of CPU for a turn now and then."""
    await rig.pace(Pace(tokens=TOKENS))
    spent = {side.name: 0.0 for side in rig.sides}
    for turn in range(rig.warm_ups + rig.turns):
        for side in rig.sides:
            used = await _spent(side, 1)
            if turn >= rig.warm_ups:
                spent[side.name] += used
        await asyncio.sleep(STARTS_APART - 1.0)
    ours, peer = (1_000 * spent[side.name] / rig.turns for side in rig.sides)
    return ours, peer


async def _spent(side: Side, turns: int) -> float:
    """Seconds of CPU for so many turns in a row, the books that are closed after the answer included."""
    before = side.cpu()
    for _ in range(turns):
        await side.ask()
    await asyncio.sleep(AFTERWARDS)
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
