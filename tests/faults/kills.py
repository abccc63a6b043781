"""Eleven points at which a bot is killed, each reached from outside."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import MappingProxyType

from bot.playground.model.recorded import Outcome
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer, pieces
from bot.playground.workspace.faults import Hold, Moment
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

Point = Callable[[Stage], AbstractAsyncContextManager[Sequence[Question]]]

MOMENTS = (Moment.BEFORE, Moment.AFTER)


@asynccontextmanager
async def received(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """The event is there, and cannot be committed."""
    async with stage.books.locked():
        question = stage.ask()
        await stage.a_moment()
        yield [question]


@asynccontextmanager
async def committed(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """Committed, and Slack never hears the acknowledgement."""
    right = stage.next_answer()
    question = stage.ask(Answer(right, stuck_after=BEFORE_HEADERS))
    stage.slack.connections.go_deaf()
    await stage.until(lambda: stage.books.has(question.message.ts))
    await stage.a_moment()
    yield [question]


@asynccontextmanager
async def acknowledged(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """Acknowledged, and not claimed: the thread's turn before it is still under way."""
    right = stage.next_answer()
    first = stage.ask(Answer(right, stuck_after=BEFORE_HEADERS))
    await stage.until(lambda: stage.mind.calls[first.text] > 0)
    second = stage.ask(under=first)
    await stage.until(lambda: stage.acknowledged(second))
    yield [first, second]


@asynccontextmanager
async def claimed(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """Claimed, and the model's server has not got the request."""
    with stage.gate.shut() as arrived:
        question = stage.ask()
        await stage.until(arrived.is_set)
        yield [question]


@asynccontextmanager
async def requested(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """The model was asked and says nothing yet."""
    question = stage.ask(Answer(stage.next_answer(), stuck_after=BEFORE_HEADERS))
    await stage.until(lambda: stage.mind.calls[question.text] > 0)
    await stage.a_moment()
    yield [question]


@asynccontextmanager
async def first_piece(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """The first piece has come, too little to be shown."""
    question = stage.ask(Answer(stage.next_answer(), stuck_after=2))
    await stage.until(lambda: stage.mind.calls[question.text] > 0 and _piece_has_left(stage))
    await stage.a_moment()
    yield [question]


@asynccontextmanager
async def _held(
    stage: Stage, method: str, *, stuck_after: int | None = None, delay: float = 0.0
) -> AsyncIterator[tuple[Question, Hold]]:
    """A question whose first call of that method is under way: Slack has carried it out, or will."""
    hold = stage.slack.faults.hold(method, stage.chance.choice(MOMENTS))
    question = stage.ask(Answer(stage.next_answer(), stuck_after=stuck_after, delay=delay))
    await stage.until(hold.arrived.is_set)
    yield question, hold


@asynccontextmanager
async def started(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """chat.startStream is on its way or done, and nobody has stored the ts."""
    async with _held(stage, "chat.startStream", stuck_after=20) as (question, hold):
        yield [question]
        hold.release()
        await stage.until(lambda: bool(stage.shown(question)))


@asynccontextmanager
async def appending(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """In the middle of the answer, with an append that Slack carries out or not."""
    async with _held(stage, "chat.appendStream", delay=0.02) as (question, hold):
        yield [question]
        hold.release(drop=stage.chance.random() < 0.5)


@asynccontextmanager
async def whole(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """The model has said everything, and it cannot be committed."""
    right = stage.next_answer()
    question = stage.ask(Answer(right, stuck_after=len(pieces(right)) - 1))
    await stage.until(lambda: any(each.streaming for each in stage.shown(question)))

    def said() -> bool:
        stage.azure.release()
        return stage.azure.recordings.all()[-1].outcome is Outcome.ANSWERED

    async with stage.books.locked():
        await stage.until(said)
        await stage.a_moment()
        yield [question]


@asynccontextmanager
async def kept(stage: Stage) -> AsyncIterator[Sequence[Question]]:
    """The answer is committed, and its stream not stopped, or nobody knows whether it is."""
    async with _held(stage, "chat.stopStream", delay=0.01) as (question, hold):
        yield [question]
        hold.release(drop=stage.chance.random() < 0.5)


POINTS: MappingProxyType[str, Point] = MappingProxyType(
    {
        "received, not committed": received,
        "committed, not acknowledged": committed,
        "acknowledged, not claimed": acknowledged,
        "claimed": claimed,
        "model asked": requested,
        "first piece, nothing shown": first_piece,
        "stream started, ts not stored": started,
        "appending": appending,
        "whole, not committed": whole,
        "committed, not stopped": kept,
    }
)
"""The eleventh, during the migration, needs a database of its own."""


def _piece_has_left(stage: Stage) -> bool:
    return stage.azure.recordings.all()[-1].first_token_after is not None


async def killed_at(stage: Stage, point: str, seed: int) -> Verdict:
    """Kill the only bot at that point, start another one, and see what people get."""
    await stage.ready(seed)
    async with POINTS[point](stage) as questions:
        await stage.kill()
        stage.mind.recovers()
    since = time.monotonic()
    await stage.start()
    hears = time.monotonic() - since
    return (await stage.verdict(questions, since)).but(measured={"hears_after": hears})


async def killed_beside_another(stage: Stage, point: str, seed: int, lease: float = 3.0) -> Verdict:
    """Kill the bot that works on it; another one, which was there all the time, has to notice."""
    settings = {"CONFAB_LEASE_SECONDS": f"{lease:g}"}
    await stage.ready(seed, settings)
    async with POINTS[point](stage) as questions:
        worker = stage.bot
        await stage.start(settings)
        await stage.kill(worker)
        stage.mind.recovers()
    since = time.monotonic()
    return await stage.verdict(questions, since, within=lease + 5)
