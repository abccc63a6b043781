"""Many events for the app to take, and when it acknowledged each."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial

from bot.playground.workspace import Workspace
from bot.playground.workspace.delivery import DeliveryState, Parcel

IN_FLIGHT = 200
"""Events that wait for their acknowledgement: what waits longer than Slack's three seconds comes twice."""

PATIENCE = 60.0
"""Seconds after which what is not acknowledged yet counts as lost."""


@dataclass(frozen=True, slots=True)
class Flood:
    """`seconds` from the first event to the last acknowledgement; `acks` are those of each event.

    An event that had to come again has the whole time since it came first. `lost` were never acknowledged.
    """

    seconds: float
    acks: tuple[float, ...]
    lost: int


async def flood(workspace: Workspace, events: int, threads: int, *, per_second: float | None = None) -> Flood:
    """Let people write that many direct messages, in so many threads; all at once, or so many a second."""
    acks: list[float] = []
    room = asyncio.Semaphore(IN_FLIGHT)

    def settled(sent: float, parcel: Parcel) -> None:
        room.release()
        if parcel.state is DeliveryState.ACKNOWLEDGED:
            acks.append(time.perf_counter() - sent)

    people = [workspace.add_person(f"Person{number}") for number in range(threads)]
    roots: dict[int, str] = {}
    began = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE):
            for number in range(events):
                if per_second:
                    await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
                await room.acquire()
                person = people[number % threads]
                before = len(workspace.delivery.parcels)
                sent = time.perf_counter()
                posted = workspace.post(
                    person,
                    workspace.direct(person),
                    f"Message {number}",
                    thread_ts=roots.get(number % threads),
                )
                roots.setdefault(number % threads, posted.ts)
                (parcel,) = workspace.delivery.parcels[before:]
                parcel.on_settled = partial(settled, sent, parcel)
            for _ in range(IN_FLIGHT):
                await room.acquire()
    except TimeoutError:
        pass
    return Flood(time.perf_counter() - began, tuple(acks), events - len(acks))
