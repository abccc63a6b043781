"""Events that come too often, in the wrong order, or all at once."""

import asyncio
import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import reduce
from statistics import median, quantiles

from bot.playground.model.scripted.answer import Answer
from bot.playground.model.scripted.asked import Asked
from bot.playground.workspace import Channel
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict, compared

ONE_MESSAGE = "SELECT count(*) FROM message WHERE ts = :ts"


async def delivered_again(stage: Stage, seed: int, gaps: Sequence[float] = (0, 0.3, 0.6)) -> Verdict:
    """Every envelope on two bots at once, then again after each gap; a mention is two events by itself."""
    await stage.ready(seed)
    await stage.start()
    stage.slack.delivery.twice = True
    question = stage.ask()
    stage.slack.delivery.twice = False
    since = time.monotonic()
    for gap in gaps:
        await asyncio.sleep(gap)
        for parcel in stage.parcels(question):
            stage.slack.delivery.redeliver(parcel)
    verdict = await stage.verdict([question], since, within=sum(gaps) + 5, calls=1)
    stored = await stage.books.value(ONE_MESSAGE, ts=question.message.ts)
    return verdict.but(f"stored {stored} times" if stored != 1 else "")


async def shuffled(
    stage: Stage, seed: int, count: int = 200, within: float = 2.0, *, bots: int = 1
) -> Verdict:
    """One thread's messages, delivered in any order, to any bot."""
    await stage.ready(seed, bots=bots)
    root = stage.ask()
    stage.slack.delivery.delay = (0.0, within)
    written = [stage.ask(under=root, count=5) for _ in range(count - 1)]
    stage.slack.delivery.delay = (0.0, 0.0)
    since = time.monotonic()
    await stage.until(lambda: all(map(stage.acknowledged, written)))
    await stage.at_rest()
    return conversation(stage, [root, *written], since)


async def burst(
    stage: Stage, seed: int, threads: int = 100, each: int = 3, channels: int = 20, *, bots: int = 1
) -> Verdict:
    """Many threads at once; the messages of each come in a heap."""
    await stage.ready(seed, bots=bots)
    asked = heaps(stage, rooms(stage, channels), threads, each)
    return await conversations(stage, asked, time.monotonic())


def heaps(stage: Stage, places: Sequence[Channel], threads: int, each: int) -> list[list[Question]]:
    """So many threads, each with so many questions that nobody waits with."""
    roots = [stage.ask(channel=places[number % len(places)], count=5) for number in range(threads)]
    return [[root, *(stage.ask(under=root, count=5) for _ in range(each - 1))] for root in roots]


async def conversations(stage: Stage, asked: Sequence[Sequence[Question]], since: float) -> Verdict:
    """Of many threads, once they are at rest."""
    await stage.until(lambda: all(stage.acknowledged(one) for heap in asked for one in heap), patience=300)
    await stage.until(stage.rests, patience=600)
    found = (conversation(stage, heap, since) for heap in asked)
    return replace(reduce(Verdict.then, found), within=600)


async def crowd_in_one_thread(stage: Stage, seed: int, people: int = 50, others: int = 60) -> Verdict:
    """Fifty people at once in one thread do not slow down those who ask elsewhere while they are answered."""
    await stage.ready(seed)
    places = rooms(stage, 10)
    alone = [await _seconds_to_the_model(stage, places[number % 10]) for number in range(others)]
    root = stage.ask(Answer(stage.next_answer(), delay=0.2))
    heap = [root, *(stage.ask(under=root, count=5) for _ in range(people - 1))]
    since = time.monotonic()
    beside = [await _seconds_to_the_model(stage, places[number % 10]) for number in range(others)]
    await stage.until(stage.rests)
    verdict = conversation(stage, heap, since)
    before, after = quantiles(alone, n=20)[-1], quantiles(beside, n=20)[-1]
    late = f"p95 start {after:.3f} s beside {people} in a thread, {before:.3f} s alone"
    measured = {"alone_p95": before, "beside_p95": after, "alone_median": median(alone), "worst": max(beside)}
    return verdict.but(slow=late if after > 2 * before else "", measured=measured)


def rooms(stage: Stage, count: int, prefix: str = "room") -> list[Channel]:
    """Channels of their own: Slack takes a message a second in each."""
    team, slack = stage.slack.team, stage.slack
    there = [team.find_channel(f"{prefix}-{number}") for number in range(count)]
    return [
        found or team.add_channel(f"{prefix}-{number}", (slack.ada, slack.grace, slack.confab))
        for number, found in enumerate(there)
    ]


def conversation(stage: Stage, questions: Sequence[Question], since: float) -> Verdict:
    """Of one thread: every message in one turn, in order there, and each turn answered once, in turn.

    No two turns are under way at the same time.
    """
    numbers = {each.text: at for at, each in enumerate(sorted(questions, key=lambda each: each.message.ts))}
    turns = [asked for asked in stage.mind.requests if asked.question in numbers]
    heaps = [list(_asked_in(asked)) for asked in turns]
    wanted = [stage.mind.answers[asked.question] for asked in turns]
    shown = [each.text for each in stage.shown(questions[0])]
    missing, surplus = compared(wanted, shown)
    times = Counter(text for heap in heaps for text in heap)
    broken = [f"{text} in {times[text]} turns" for text in numbers if times[text] > 1]
    broken += ["answers out of order"] if not missing and not surplus and shown != wanted else []
    mixed = [heap for heap in heaps if heap != sorted(heap, key=lambda text: numbers.get(text, -1))]
    broken += [f"messages of a turn out of order: {heap}" for heap in mixed]
    overlaps = _side_by_side(stage, numbers)
    broken += [f"{overlaps} turns of a thread side by side"] if overlaps else []
    unheard = sum(not times[text] for text in numbers)
    took = time.monotonic() - since
    return Verdict(len(questions), missing + unheard, surplus, took, 120, tuple(broken))


def _side_by_side(stage: Stage, texts: Collection[str]) -> int:
    """How often the model was asked one of these while it still answered another one."""
    beside = zip(stage.mind.requests, stage.mind.beside, strict=True)
    return sum(asked.question in texts and not set(others).isdisjoint(texts) for asked, others in beside)


def _asked_in(asked: Asked) -> Iterable[str]:
    """The messages of a turn: what people said after the last answer."""
    said = list(asked.dialogue)
    answers = [at for at, each in enumerate(said) if each.role == "assistant"]
    return (each.text for each in said[answers[-1] + 1 if answers else 0 :])


async def _seconds_to_the_model(stage: Stage, channel: Channel) -> float:
    began = time.monotonic()
    question = stage.ask(channel=channel, count=5)
    async with asyncio.timeout(60):
        await stage.azure.until(lambda _: stage.mind.calls[question.text] > 0)
    took = time.monotonic() - began
    await stage.answered([question])
    return took
