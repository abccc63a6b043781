"""Every fault, with the trials of its long run: which seeds, on which databases, and how long they take."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.playground.workspace import Limits
from tests.faults import (
    database_trouble,
    deliveries,
    handovers,
    kills,
    model_trouble,
    poison,
    replicas,
    shared_rates,
    sizes,
    slack_trouble,
    soak,
    sockets,
)
from tests.faults.migrating import killed_while_migrating
from tests.faults.place import DATABASES, Place
from tests.faults.stage import Stage
from tests.faults.verdict import Verdict

Play = Callable[[Stage, Place, int], Awaitable[Verdict]]
STREAM_LIFE = 180.0


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to inject a fault. `limits` are the workspace's, where they are not Slack's own.

    `anew` begins each seed with a new bot: Slack lets an app begin twenty streams a minute, and what has to
    stream finds none left behind trials that did.
    """

    fault: str
    name: str
    play: Play
    seeds: int = 3
    databases: Sequence[str] = DATABASES
    limits: Limits | None = None
    anew: bool = False


def trials() -> Iterator[Trial]:
    """All of them, what is quick first."""
    for point in kills.POINTS:
        yield Trial("F1", f"killed: {point}", _on_stage(partial(_killed_at, point)), 20)
    yield Trial("F1", "killed: migrating", lambda _, place, seed: killed_while_migrating(place, seed), 20)
    for point in ("model asked", "appending", "committed, not stopped"):
        beside = _on_stage(partial(_killed_beside, point))
        yield Trial("F1", f"killed beside another: {point}", beside, 5, ("postgresql",), anew=True)
    yield Trial("F3", "200 messages shuffled", _on_stage(deliveries.shuffled), 5)
    for bots in (2, 4):
        yield _with(bots, "F3", "200 messages shuffled", deliveries.shuffled, 5)
    yield Trial("F6", "responses lost", _on_stage(slack_trouble.responses_lost), 10, anew=True)
    yield Trial("F7", "refusals", _on_stage(model_trouble.refused), 5)
    yield Trial("F14", "stream forgotten", _on_stage(slack_trouble.stream_ended), 5, anew=True)
    yield Trial("F10", "nothing can be written", _on_stage(database_trouble.full), 5, anew=True)
    yield Trial("F11", "cut", _on_stage(sockets.cut), 5)
    yield Trial("F11", "asked to leave", _on_stage(sockets.asked_to_leave), 4)
    yield Trial("F11", "deaf", _on_stage(sockets.deaf), 3)
    yield Trial("F11", "20 flaps in 60 s", _on_stage(sockets.flapping), 1)
    yield Trial("F11", "no address for 60 s", _on_stage(sockets.no_address), 1)
    yield Trial("F12", "three deaths", _on_stage(poison.poisonous), 3)
    yield Trial("F12", "three faults of the program", _on_stage(poison.raising), 3)
    yield Trial("F13", "large", _on_stage(sizes.large), 1)
    yield Trial("F15", "rolling restart", _on_stage(handovers.rolled), 3, anew=True)
    amid = _on_stage(handovers.rolled_amid_questions)
    yield Trial("F15", "rolling restart amid questions", amid, 3, ("postgresql",), anew=True)
    yield Trial("F16", "frozen 90 s", _on_stage(handovers.frozen), 1, anew=True)
    yield Trial("F16", "clock 5 s ahead", _on_stage(handovers.skewed), 1, anew=True)
    yield Trial("F2", "each event again and again", _on_stage(deliveries.delivered_again), 3)
    yield Trial("F2", "after 3, 60 and 300 s", _on_stage(_over_minutes), 1)
    yield Trial("F4", "100 threads of 3", _on_stage(deliveries.burst), 1)
    for bots in (2, 4):
        yield _with(bots, "F4", "100 threads of 3", deliveries.burst, 1)
        yield _with(bots, "F4", "a setup and stops midway", replicas.steered, 3)
    yield Trial("F4", "50 people in a thread", _on_stage(deliveries.crowd_in_one_thread), 2)
    yield Trial("F5", "429 for 2 minutes", _on_stage(slack_trouble.limited), 1, anew=True)
    for bots in (2, 4):
        yield _with(bots, "F5", "tiers enforced", shared_rates.shared, 3)
    expired = _on_stage(partial(slack_trouble.stream_expired, life=STREAM_LIFE))
    yield Trial(
        "F14", "stream over after 3 min", expired, 1, limits=Limits(stream_life=STREAM_LIFE), anew=True
    )
    yield Trial("F9", "away for 3 minutes", database_trouble.restarted, 1)
    yield Trial("F8", "30 s of silence, 10 min of talk", _on_stage(model_trouble.silent), 1)
    yield Trial("F17", "20,000 turns", _on_stage(soak.soaked), 1)


def _with(bots: int, fault: str, name: str, play: Callable[..., Awaitable[Verdict]], seeds: int) -> Trial:
    """A trial of several bots, which share a PostgreSQL."""
    played = _on_stage(partial(play, bots=bots))
    return Trial(fault, f"{name}, {bots} bots", played, seeds, ("postgresql",), anew=True)


def _on_stage(play: Callable[[Stage, int], Awaitable[Verdict]]) -> Play:
    """Most trials need no database but their stage's."""

    async def played(stage: Stage, _: Place, seed: int) -> Verdict:
        return await play(stage, seed)

    return played


async def _killed_at(point: str, stage: Stage, seed: int) -> Verdict:
    return await kills.killed_at(stage, point, seed)


async def _killed_beside(point: str, stage: Stage, seed: int) -> Verdict:
    return await kills.killed_beside_another(stage, point, seed)


async def _over_minutes(stage: Stage, seed: int) -> Verdict:
    return await deliveries.delivered_again(stage, seed, gaps=(3, 57, 240))
