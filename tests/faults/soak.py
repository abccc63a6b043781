"""A day's work in minutes: what grows, and what does not."""

import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from bot.playground.workspace import Channel
from tests.faults.deliveries import rooms
from tests.faults.sizes import WATCHED, lines, looked_again
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

MEGABYTE = 1_048_576
AT_ONCE = 16
ROUND = 160
"""Turns after which the stand-ins forget, so that only the bot's own memory is looked at."""

LONG = 1_000
"""Turns from which on sizes are compared after a rest."""

REST = 140.0
"""Seconds: servers close what was idle for 75, and what is free after that goes back within a minute."""

UNRESTED = 900.0
"""Seconds after which a bot that still calls Slack is not waited for: the figures would be of its looks."""

SHORT_REST = 3.0
"""Seconds in which a heartbeat comes and goes."""

WARM_UP = 0.5
"""Turns that come first, as a share of those that are compared: pools fill, and the allocator settles."""


async def soaked(stage: Stage, seed: int, turns: int = 20_000, batch: int = ROUND) -> Verdict:
    """So many turns without Slack's rates, after a warm-up.

    The first round comes all at once, so that every pool of connections is full before sizes are compared.
    Nothing is broken that could recover: the time is that from a round's last question to its last answer.
    """
    stage.calm(seed)
    await stage.end()
    seen = stage.log_folder / "soak.jsonl"
    await stage.start({"FAULTS_WATCH": str(seen), "FAULTS_AT_ONCE": "1"}, program=WATCHED)
    began, verdict, rounds = time.monotonic(), Verdict(0), count()
    warm: tuple[int, int, float, float] | None = None
    rest = REST if turns >= LONG else SHORT_REST
    while verdict.asked < turns * (1 + WARM_UP):
        places = rooms(stage, AT_ONCE, f"round-{next(rounds)}")
        asked = await _round(stage, places, batch, at_once=AT_ONCE if verdict.asked else batch)
        one = await stage.verdict(asked, time.monotonic(), within=60, calls=1)
        verdict = verdict.then(one)
        stage.forget()
        if warm is None and verdict.asked >= turns * WARM_UP:
            warm = await _sizes(stage, seen, rest=rest)
    assert warm is not None
    memory, descriptors, tasks, blocks = (
        after - before for after, before in zip(await _sizes(stage, seen, rest=rest), warm, strict=True)
    )
    wal = _wal(stage)
    slow = [
        f"{memory / MEGABYTE:.1f} MB more" if memory > 2 * MEGABYTE else "",
        f"{descriptors} descriptors more" if descriptors > 0 else "",
        f"a WAL of {wal / MEGABYTE:.1f} MB" if wal > 64 * MEGABYTE else "",
    ]
    figures = {
        "memory_mb": memory / MEGABYTE,
        "descriptors": descriptors,
        "tasks": tasks,
        "blocks": blocks,
        "wal_mb": wal / MEGABYTE,
        "turns_a_second": verdict.asked / (time.monotonic() - began - 2 * rest),
    }
    more = f"{tasks:.0f} tasks more" if tasks > 0 else ""
    return verdict.but(more, slow="; ".join(filter(None, slow)), measured=figures)


async def _round(stage: Stage, places: Sequence[Channel], batch: int, *, at_once: int) -> list[Question]:
    """So many questions, of which never more than `at_once` wait for their answer.

    More than the machine can take would come to the bot late, and threads of late mentions are looked into.
    """
    asked: list[Question] = []
    waiting: list[Question] = []

    def has_room() -> bool:
        waiting[:] = [each for each in waiting if not stage.has_answer(each)]
        return len(waiting) < at_once

    while len(asked) < batch:
        await stage.until(has_room)
        asked.append(stage.ask(channel=places[len(asked) % len(places)], count=20))
        waiting.append(asked[-1])
    return asked


async def _sizes(stage: Stage, seen: Path, *, rest: float) -> tuple[int, int, float, float]:
    """Resident bytes, descriptors, tasks and Python's blocks, once all has been at rest for so many seconds.

    A task comes and goes with every heartbeat even then: what counts is there all the time. Garbage that
    waits for its collector would count by chance: it is collected first.
    """
    begin = await _at_rest(stage, seen, rest)
    tasks, blocks = (min(line[what] for line in lines(seen)[begin:]) for what in ("tasks", "blocks"))
    return stage.bot.memory(), stage.bot.descriptors(), tasks, blocks


async def _at_rest(stage: Stage, seen: Path, rest: float) -> int:
    """Until Slack has heard nothing for so many seconds; the first line that was seen in them.

    Where the machine could not keep up, threads of mentions that came late are looked into for minutes.
    Raises TimeoutError where that outlives `UNRESTED`: then the machine was too busy to measure on.
    """
    begin, calls, since = 0, -1, time.monotonic()
    latest = since + UNRESTED
    while time.monotonic() < since + rest:
        if since > latest:
            raise TimeoutError(f"Slack was still called {UNRESTED:.0f} s after the last answer")
        if calls != (made := len(stage.slack.calls.of())):
            stage.bot.collect()
            begin, calls, since = await looked_again(stage, seen), made, time.monotonic()
        await looked_again(stage, seen)
    return begin


def _wal(stage: Stage) -> int:
    if stage.books.backend != "sqlite":
        return 0
    return Path(stage.url.removeprefix("sqlite:///") + "-wal").stat().st_size
