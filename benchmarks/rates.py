"""B8: twenty replies at once in a workspace that enforces Slack's rates."""

from benchmarks.figures import Figure
from benchmarks.pace import SLACK, TOKEN, TTFT, Pace
from benchmarks.rig import Rig

AT_ONCE = 20
TOKENS = 300


async def b8(rig: Rig) -> list[Figure]:
    """Calls for each reply, calls that Slack refused, and replies that arrived whole."""
    await rig.pace(Pace(slack=SLACK, first=TTFT, delay=TOKEN, tokens=TOKENS, rates=True))
    calls, limited, whole = {}, {}, {}
    for side in rig.sides:
        await side.post("calls")
        asked = await side.ask(*[(None, None)] * min(AT_ONCE, 10 * rig.turns), patience=120.0)
        made = await side.post("calls")
        seen = asked["seen"]
        calls[side.name] = sum(made["made"].values()) / len(seen)
        limited[side.name] = float(made["limited"])
        whole[side.name] = sum(each["complete"] is not None for each in seen) / len(seen)
    few = calls["ours"] <= calls["peer"] / 2
    return [
        _figure("Slack calls for a reply, of twenty at once", calls, "ratio ≤ 0.5", met=few),
        _figure("calls that Slack refused with 429", limited, "0", met=limited["ours"] == 0),
        _figure("share of the replies that arrived whole", whole, "1", met=whole["ours"] == 1),
    ]


def _figure(what: str, of: dict[str, float], passes: str, *, met: bool) -> Figure:
    return Figure("B8", what, of["ours"], of["peer"], passes, met)
