"""B1 and B4: what a bot adds to the wait for the first words, and whether a long thread adds to that."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any, Protocol

from benchmarks.bare import Bare
from benchmarks.figures import Figure, percentile
from benchmarks.pace import SLACK, TOKEN, TTFT, Pace
from benchmarks.rig import Rig, Side

STARTS_APART = 3.1  # seconds: Slack lets an app start twenty streams a minute
B4_TURNS = 20
B1_THREAD, SHORT, LONG, PEERS_LONG = 50, 10, 10_000, 1_000

PLACES = ("direct", None)

Place = tuple[str, str]


class Asks(Protocol):
    """A side of the rig, or whoever stands beside them."""

    async def ask(self, place: Any, /) -> dict[str, Any]:
        """Ask there, and say when what was seen."""


async def b1(rig: Rig) -> list[Figure]:
    """The event to the first words that people see, less the model's first token and one Slack call.

    Both are taken as a bare client meets them in the same run: the stand-ins' own time is nobody's share.
    In a channel all but the asker see a stream's first words until it ends: there Confab waits for three.
    """
    direct, channel = [[await _thread(rig, side, B1_THREAD, place) for side in rig.sides] for place in PLACES]
    await rig.pace(Pace(slack=SLACK, first=TTFT, delay=TOKEN, tokens=60))
    asked: list[tuple[Asks, Place | tuple[None, None]]] = [
        (side, place) for places in (direct, channel) for side, place in zip(rig.sides, places, strict=True)
    ]
    *times, bare = await taking_turns(rig, [*asked, (Bare(rig.peer, B1_THREAD + 1), direct[1])])
    floor = median(bare)
    found = [[1_000 * (each - floor) for each in every] for every in times]
    ours, peer, in_channel, peers_in_channel = map(median, found)
    slow, peers_slow = percentile(found[0], 95), percentile(found[1], 95)
    theirs = 1_000 * (floor - TTFT - SLACK)
    return [
        Figure("B1", "the stand-ins' own part of a first token and a Slack call, not counted below, ms",
               theirs, None, "", met=True),
        Figure("B1", "own share of the wait for the first words, ms", ours, peer, "≤ 10", ours <= 10),
        Figure("B1", "the same, 95th percentile", slow, peers_slow, "≤ 50", slow <= 50),
        Figure("B1", "the same in a channel, where three words are waited for", in_channel, peers_in_channel,
               "ratio ≤ 0.10", in_channel / peers_in_channel <= 0.1),
    ]  # fmt: skip


async def b4(rig: Rig) -> list[Figure]:
    """The same without any wait outside, in a thread of ten messages and in one of ten thousand."""
    ours = [await _thread(rig, rig.ours, size) for size in (SHORT, LONG)]
    peers = [await _thread(rig, rig.peer, size) for size in (SHORT, PEERS_LONG)]
    await rig.pace(Pace(tokens=60))
    _, before = rig.ours.busiest()
    for side in rig.sides:
        await side.post("calls")
    rig = replace(rig, turns=min(rig.turns, B4_TURNS))
    found = await taking_turns(
        rig, [(rig.ours, ours[0]), (rig.peer, peers[0]), (rig.ours, ours[1]), (rig.peer, peers[1])]
    )
    short, peer_short, long, peer_long = (1_000 * median(times) for times in found)
    growth, peers_growth = long / short, peer_long / peer_short
    reads, peers_reads = [await _reads(side) / 2 / (rig.warm_ups + rig.turns) for side in rig.sides]
    busy, _ = rig.ours.busiest(before)
    return [
        Figure("B4", "first words in a thread of ten messages, ms", short, peer_short, "", met=True),
        Figure("B4", "in one of 10,000 (the peer: 1,000)", long, peer_long, "", met=True),
        Figure("B4", "growth", growth, peers_growth, "≤ 1.5", growth <= 1.5),
        Figure("B4", "calls of conversations.* for a turn", reads, peers_reads, "0", reads == 0),
        Figure("B4", "longest time in which the event loop came to nothing else, ms", 1_000 * busy, None,
               "≤ 50", busy <= 0.05),
    ]  # fmt: skip


async def _reads(side: Side) -> int:
    made = (await side.post("calls"))["made"]
    return sum(number for method, number in made.items() if method.startswith("conversations."))


async def taking_turns(
    rig: Rig, asked: Sequence[tuple[Asks, Place | tuple[None, None]]], *, apart: float = STARTS_APART
) -> list[list[float]]:
    """Seconds to the first words, for each of those who were asked in turn; ours at least so far `apart`."""
    found: list[list[float]] = [[] for _ in asked]
    loop = asyncio.get_running_loop()
    for turn in range(rig.warm_ups + rig.turns):
        began = loop.time()
        for times, (side, place) in zip(found, asked, strict=True):
            (seen,) = (await side.ask(place))["seen"]
            if turn >= rig.warm_ups:
                times.append(float(seen["first"]))
        own = sum(side is rig.ours for side, _ in asked)
        await asyncio.sleep(max(0.0, own * apart - (loop.time() - began)))
    return found


async def _thread(rig: Rig, side: Side, messages: int, place: str | None = None) -> Place:
    """A thread that long, where that side looks for it: the peer in Slack, Confab in its database."""
    if side is rig.peer:
        return _place(await side.post("written", messages=messages, place=place))
    await rig.pace(Pace(tokens=5))
    asked = await side.ask((place, None))
    found = (str(asked["places"][0][0]), str(asked["seen"][0]["root"]))
    await asyncio.to_thread(side.remember, found[1], messages - 2)
    return found


def _place(written: dict[str, Any]) -> Place:
    return str(written["channel"]), str(written["root"])
