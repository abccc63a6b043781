"""Many events for the app to take, and when it acknowledged each."""

import asyncio
import time
from dataclasses import dataclass
from functools import partial

from bot.playground.workspace import Workspace

IN_FLIGHT = 200
"""Events that wait for their acknowledgement: what waits longer than Slack's three seconds comes twice."""


@dataclass(frozen=True, slots=True)
class Flood:
    """`seconds` from the first event to the last acknowledgement; `acks` are the seconds of each event."""

    seconds: float
    acks: tuple[float, ...]


async def flood(workspace: Workspace, events: int, threads: int, *, per_second: float | None = None) -> Flood:
    """Let people write that many direct messages, in so many threads; all at once, or so many a second."""
    acks: list[float] = []
    done = asyncio.Event()

    room = asyncio.Semaphore(IN_FLIGHT)

    def settled(sent: float) -> None:
        room.release()
        acks.append(time.perf_counter() - sent)
        if len(acks) == events:
            done.set()

    people = [workspace.add_person(f"Person{number}") for number in range(threads)]
    roots: dict[int, str] = {}
    began = time.perf_counter()
    for number in range(events):
        if per_second:
            await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
        await room.acquire()
        person = people[number % threads]
        before = len(workspace.delivery.parcels)
        sent = time.perf_counter()
        posted = workspace.post(
            person, workspace.direct(person), f"Message {number}", thread_ts=roots.get(number % threads)
        )
        roots.setdefault(number % threads, posted.ts)
        (parcel,) = workspace.delivery.parcels[before:]
        parcel.on_settled = partial(settled, sent)
    await done.wait()
    return Flood(time.perf_counter() - began, tuple(acks))
