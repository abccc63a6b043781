"""What a process leaves behind when it is killed with no chance to say goodbye."""

import asyncio
import signal
import sys
import time
from pathlib import Path

from bot.database.access import Database
from bot.database.turns import StoredTurns
from tests.database.rooms import LEASE_SECONDS, US, Room, question, slack_ts

ROOT = Path(__file__).parents[2]

CLAIM_AND_HANG = """
async def work(room):
    (turn,) = await room.turns.claim(10)
    await room.turns.add_reply_part(turn.lease, "1700000009.000000")
    print(turn.id, flush=True)
    await asyncio.sleep(60)
"""

STORE_FOR_EVER = """
async def work(room):
    for number in range(1, 10**6):
        assert await room.conversations.store(question(number))
        print(number, flush=True)
"""

PROGRAM = """
import asyncio, sys, time
from bot.database.access import Database
from tests.database.rooms import Room, question
{work}
async def main():
    await work(Room(Database(sys.argv[1]), time.time))
asyncio.run(main())
"""


async def killed_after(work: str, url: str, lines: int) -> list[int]:
    """Run a worker process, kill it after it has said so many lines, and return what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM.format(work=work),
        url,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    async with asyncio.timeout(30):
        said = [int(await process.stdout.readline()) for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
        said += [int(line) for line in (await process.stdout.read()).split(b"\n")[:-1]]
        await process.wait()
    return said


def worker(database: Database) -> StoredTurns:
    return StoredTurns(database, US, time.time, lease_seconds=LEASE_SECONDS)


async def test_a_restart_after_a_kill_resumes_at_once(room: Room, database_url: str) -> None:
    await room.store(question(1))
    (turn_id,) = await killed_after(CLAIM_AND_HANG, database_url, 1)
    after = worker(room.database)
    assert await after.claim(10) == ()
    assert await after.recover() == 1
    (turn,) = await after.claim(10)
    assert (turn.id, turn.lease.attempt, turn.reply_ts) == (turn_id, 2, (slack_ts(9),))


async def test_what_was_acknowledged_before_a_kill_is_there_after_it(room: Room, database_url: str) -> None:
    said = await killed_after(STORE_FOR_EVER, database_url, 40)
    stored = {message.ts for message in (await room.claim()).questions}
    assert {slack_ts(number) for number in said} <= stored
    assert len(stored) <= len(said) + 1
    assert await room.conversations.store(question(10**6))
