"""A database that goes away, is locked, or is full."""

import asyncio
import resource
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.playground.model.recorded import Outcome
from bot.playground.model.scripted.answer import Answer, pieces
from bot.playground.workspace import Channel, DeliveryState
from tests.faults.deliveries import rooms
from tests.faults.meanwhile import meanwhile
from tests.faults.place import Place
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict
from tests.faults.withheld import Withheld
from tests.postgresql import PostgreSQL

FULL = """
CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$
"""
REFUSES = "EXECUTE FUNCTION no_space()"
TABLES = ("message", "turn", "replica")
NO_SPACE = ("SQLITE_FULL", "SQLITE_IOERR", "53100")
AWAY = 4.0
"""Seconds. Slack gives an envelope three, and brings it again at once: that may be too early, too."""

AGAIN = 5.0
"""Seconds in which a bot would miss two more heartbeats."""

BACK_WITHIN = 2.0
"""Seconds from a database's return to the next acknowledgement."""

KEPT_WITHIN = 5.0
"""Seconds from its return until all that people wrote meanwhile is stored: none waits for Slack with that."""


async def restarted(stage: Stage, place: Place, seed: int, seconds: float = 180) -> Verdict:
    """People write all the time while the database goes away again and again."""
    await stage.ready(seed)
    places = rooms(stage, 8)
    asked: list[Question] = []
    withheld = Withheld(stage)
    gaps: list[float] = []
    until = time.monotonic() + seconds
    async with meanwhile(_people_write(stage, places, asked)):
        while time.monotonic() < until:
            await asyncio.sleep(stage.chance.uniform(5, 40) if seconds > 60 else 1)
            await _outage(stage, place, asked, withheld, brief=len(gaps) % 2 == 1)
            gaps.append(await _seconds_until_heard(stage, asked))
    since = time.monotonic()
    verdict = await stage.verdict(asked, since, within=10, calls=3, patience=420)
    await withheld.settled()
    gone = "" if stage.bot.runs else "the bot ended"
    late = [f"heard again after {gap:.1f} s" for gap in gaps if gap > BACK_WITHIN]
    late += [f"kept after {took:.1f} s" for took in withheld.kept_after if took > KEPT_WITHIN]
    worst = {"outages": len(gaps), "longest_gap": max(gaps), "withheld": withheld.count}
    return verdict.but(gone, *withheld.amiss(), slow="; ".join(late), measured=worst)


async def full(stage: Stage, seed: int) -> Verdict:
    """Nothing can be written until the bot has told its admins, and for a while longer.

    What is asked then is not acknowledged before it is stored, and answered as soon as that can be: Slack
    would bring it again after a minute. The admins are told once.
    """
    await stage.end()  # who told its admins lately would not tell them again
    before = len(_told(stage))
    await stage.ready(seed)
    right = stage.next_answer()
    under_way = stage.ask(Answer(right, stuck_after=len(pieces(right)) - 1))
    await stage.until(lambda: any(each.streaming for each in stage.shown(under_way)))
    amiss: list[str] = []

    def whole() -> bool:
        stage.azure.release()
        return stage.azure.recordings.all()[-1].outcome is Outcome.ANSWERED

    async with _no_space(stage):
        asked = stage.ask()
        await stage.until(whole)
        await stage.until(lambda: len(_told(stage)) > before)
        await asyncio.sleep(AGAIN)
        states = {parcel.state for parcel in stage.parcels(asked)}
        if DeliveryState.ACKNOWLEDGED in states:
            amiss.append("acknowledged what could not be stored")
    since = time.monotonic()
    after = stage.ask()
    await stage.answered([after])
    back = time.monotonic() - since
    verdict = await stage.verdict([under_way, asked, after], since)
    told = _told(stage)[before:]
    if len(told) != 1 or not any(word in told[0] for word in NO_SPACE):
        amiss.append(f"the admins were told: {told}")
    if stage.books.backend == "sqlite":
        found = await stage.books.value("PRAGMA integrity_check")
        amiss += [] if found == "ok" else [f"integrity: {found}"]
    return verdict.but(*amiss, slow=f"answers again after {back:.1f} s" if back > 5 else "")


def _told(stage: Stage) -> list[str]:
    """What the admin got by direct message."""
    room = stage.slack.direct(stage.slack.ada)
    return [each.text for each in stage.slack.see(room) if each.text.startswith("Confab needs you")]


async def _people_write(stage: Stage, places: list[Channel], asked: list[Question]) -> None:
    while True:
        asked.append(stage.ask(channel=places[len(asked) % len(places)], count=10))
        await asyncio.sleep(stage.chance.uniform(0.3, 1.2))


async def _outage(
    stage: Stage, place: Place, asked: list[Question], withheld: Withheld, *, brief: bool
) -> None:
    """SQLite is locked by somebody's backup; PostgreSQL is killed and comes back, or cuts its connections."""
    if place.server is not None and brief:
        await asyncio.to_thread(place.server.disconnect, stage.url)
        return
    async with _away(stage, place.server):
        there = len(asked)
        await asyncio.sleep(AWAY)
        withheld.hold_back(asked[there:])
    await withheld.back()


@asynccontextmanager
async def _away(stage: Stage, server: PostgreSQL | None) -> AsyncIterator[None]:
    """Nobody can write anything until the block is left."""
    if server is None:
        async with stage.books.locked():
            yield
        return
    await asyncio.to_thread(server.stop)
    try:
        yield
    finally:
        await asyncio.to_thread(server.restart)


async def _seconds_until_heard(stage: Stage, asked: list[Question]) -> float:
    """How long the next question takes to be acknowledged."""
    began, there = time.monotonic(), len(asked)
    await stage.until(lambda: len(asked) > there)
    probe = asked[there]
    await stage.until(lambda: stage.acknowledged(probe))
    return time.monotonic() - began


def _no_space(stage: Stage) -> AbstractAsyncContextManager[None]:
    return _full_disk(stage) if stage.books.backend == "sqlite" else _full_server(stage)


@asynccontextmanager
async def _full_disk(stage: Stage) -> AsyncIterator[None]:
    """The kernel lets the bot write to no file."""
    pid = stage.bot.pid
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))


@asynccontextmanager
async def _full_server(stage: Stage) -> AsyncIterator[None]:
    """The server refuses every new row with what PostgreSQL says on a full disk."""
    refusing = (f"CREATE TRIGGER full_{each} BEFORE INSERT OR UPDATE ON {each} {REFUSES}" for each in TABLES)
    await stage.books.execute(FULL, *refusing)
    try:
        yield
    finally:
        # One table at a time: what locks several in an order of its own deadlocks with the bot.
        taking = (f"DROP TRIGGER full_{each} ON {each}" for each in TABLES)
        await stage.books.execute(*taking, "DROP FUNCTION no_space()")
