"""B50: fifty threads at once."""

from benchmarks.figures import Figure, percentile
from benchmarks.pace import Pace
from benchmarks.rig import Rig, Side

THREADS = 50
MODEL, CALL, TOKENS = 1.2, 0.05, 60
ROUNDS = 3
PATIENCE = 30.0  # seconds; an answer that has not come by then counts as so long


async def b50(rig: Rig) -> list[Figure]:
    """Each in a channel of its own; the model is silent for 1.2 s, then answers; a Slack call takes 50 ms.

    The peer, whose answers mostly do not come, is asked in one round alone.
    """
    signs: dict[str, list[float]] = {side.name: [] for side in rig.sides}
    ends: dict[str, list[float]] = {side.name: [] for side in rig.sides}
    for number in range(min(ROUNDS, rig.turns)):
        async with rig.fresh() as fresh:
            for side in fresh.sides if number == 0 else (fresh.ours,):
                await _fifty(fresh, side, signs[side.name], ends[side.name])
    sign, peers_sign = (percentile(signs[side.name], 95) for side in rig.sides)
    end, peers_end = (percentile(ends[side.name], 95) for side in rig.sides)
    return [
        Figure("B50", "first sign of life, 95th percentile, s", sign, peers_sign, "≤ 0.5", sign <= 0.5),
        Figure("B50", "answer complete, 95th percentile, s", end, peers_end, "≤ 2", end <= 2),
    ]


async def _fifty(rig: Rig, side: Side, signs: list[float], ends: list[float]) -> None:
    await rig.pace(Pace(tokens=5))
    await side.ask()  # a bot that has just started has its connections to open
    await rig.pace(Pace(slack=CALL, first=MODEL, tokens=TOKENS, rates=True))
    for each in (await side.ask(*[(None, None)] * THREADS, patience=PATIENCE))["seen"]:
        signs.append(float(each["sign"] or PATIENCE))
        ends.append(float(each["complete"] or PATIENCE))
