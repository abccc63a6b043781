"""A worker at work, and who answers what it claims."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.chat.turns import Move, Turn
from bot.worker import Pace, Worker
from tests.database.rooms import Room

QUICK = Pace(poll=0.01, lease=60.0, retry=0.0, drain=0.05)
"""The lease is longer than a slow machine stands still: by the clocks of these rooms none ever ends."""


@asynccontextmanager
async def working(
    room: Room, answer: Callable[[Turn], Awaitable[str]], pace: Pace = QUICK
) -> AsyncIterator[Worker]:
    worker = Worker(room.turns, answer, room.clock, pace, room.database.claimable)
    running = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        await running


class Desk:
    """Answers turns as told, and says what it saw."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.seen: list[tuple[int, tuple[str, ...]]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.began = asyncio.Event()
        self.closed = asyncio.Event()
        self.turns: asyncio.Queue[Turn] = asyncio.Queue()

    async def answer(self, turn: Turn) -> str:
        self.seen.append((turn.lease.attempt, tuple(q.text for q in turn.questions)))
        self.began.set()
        self.turns.put_nowait(turn)
        await self.gate.wait()
        await self.room.turns.finish(turn.lease, Move.ANSWER, "stop")
        self.closed.set()
        return "stop"


async def within_reason(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 60)
