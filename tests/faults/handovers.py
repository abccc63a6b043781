"""Bots that are told to stop, or are frozen for longer than their lease."""

import asyncio
import time
from collections.abc import Sequence
from typing import TypeAlias

from bot.playground.model.scripted.answer import Answer
from bot.playground.workspace import Channel
from tests.faults.bots import Bot
from tests.faults.deliveries import rooms
from tests.faults.meanwhile import meanwhile
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

Ended: TypeAlias = tuple[int, float]
"""An exit code, and the seconds that it took."""

SKEWED = ("-m", "tests.faults.skewed")
SPENT = (
    "SELECT max(attempts - handed_over) FROM turn WHERE id IN (SELECT turn_id FROM message WHERE ts = :ts)"
)


async def rolled(stage: Stage, seed: int, streams: int = 10, drain: float = 8) -> Verdict:
    """Two bots with open streams are replaced one after the other."""
    settings = {"CONFAB_DRAIN_SECONDS": f"{drain:g}"}
    await stage.ready(seed, settings)
    old = [stage.bot, await stage.start(settings)]
    places = rooms(stage, 5)
    asked = []
    for number in range(streams):
        said = Answer(stage.next_answer(), stuck_after=20)
        asked.append(stage.ask(said, said, channel=places[number % len(places)]))
    await stage.until(lambda: all(stage.shown(each) for each in asked))
    ends: list[Ended] = []
    for bot in old:
        await stage.start(settings)
        ends.append(await _stopped(stage, bot))
    stage.azure.release()
    since = time.monotonic()
    async with meanwhile(_release(stage)):
        verdict = await stage.verdict(asked, since, within=15, calls=3)
    return await _handed_over(stage, verdict, asked, ends, drain)


async def rolled_amid_questions(
    stage: Stage, seed: int, rounds: int = 5, pause: float = 3, drain: float = 1
) -> Verdict:
    """Two bots are restarted one after the other, again and again, while people go on asking."""
    settings = {"CONFAB_DRAIN_SECONDS": f"{drain:g}"}
    await stage.ready(seed, settings, bots=2)
    asked: list[Question] = []
    ends: list[Ended] = []
    while_away: list[int] = []
    async with meanwhile(_people_write(stage, rooms(stage, 8), asked)):
        for _ in range(2 * rounds):
            await asyncio.sleep(stage.chance.uniform(0.5, 1) * pause)
            there = len(asked)
            ends.append(await _stopped(stage, stage.bots[0]))
            await stage.start(settings)
            while_away.append(len(asked) - there)
    verdict = await stage.verdict(asked, time.monotonic(), within=15, calls=3)
    verdict = verdict.but("" if any(while_away) else "nobody asked while a bot was away")
    return await _handed_over(stage, verdict, asked, ends, drain)


async def _people_write(stage: Stage, places: Sequence[Channel], asked: list[Question]) -> None:
    """New threads, and threads that go on once they have their answer; every second answer takes a while."""
    latest: dict[str, Question] = {}
    while True:
        quiet = [each for each in latest.values() if stage.has_answer(each)]
        under = stage.chance.choice(quiet) if quiet and stage.chance.random() < 0.5 else None
        slow = [Answer(stage.next_answer(20), delay=0.06)] if len(asked) % 2 else []
        place = places[len(asked) % len(places)]
        question = stage.ask(*slow, under=under, channel=place, count=20)
        latest[question.root_ts] = question
        asked.append(question)
        await asyncio.sleep(stage.chance.uniform(0.1, 0.6))


async def _stopped(stage: Stage, bot: Bot) -> Ended:
    ended = await bot.stop()
    stage.bots.remove(bot)
    await stage.until(lambda: len(stage.slack.connections.open) == len(stage.bots))
    return ended


async def _handed_over(
    stage: Stage, verdict: Verdict, asked: Sequence[Question], ends: Sequence[Ended], drain: float
) -> Verdict:
    """The same, and whether every bot ended well, and cost no question an attempt."""
    spent = [await stage.books.value(SPENT, ts=each.message.ts) for each in asked]
    return verdict.but(
        *(f"exit code {code}" for code, _ in ends if code),
        f"{max(spent)} attempts spent" if max(spent) > 1 else "",
        slow="; ".join(f"{took:.1f} s to end" for _, took in ends if took > drain + 2),
        measured={"longest_end": max(took for _, took in ends)},
    )


async def frozen(stage: Stage, seed: int, lease: float = 30, seconds: float = 90) -> Verdict:
    """The bot that works on it stands still past its lease, and wakes up when another one has answered."""
    settings = {"CONFAB_LEASE_SECONDS": f"{lease:g}"}
    await stage.ready(seed, settings)
    sleeper = stage.bot
    question = stage.ask(Answer(stage.next_answer(), stuck_after=20))
    await stage.until(lambda: any(each.streaming for each in stage.shown(question)))
    await _frozen_between_transactions(stage, sleeper)
    since = time.monotonic()
    await stage.start(settings)
    await stage.answered([question])
    taken_over = time.monotonic() - since
    await asyncio.sleep(max(0.0, seconds - taken_over))
    begin = len(stage.slack.calls.of())
    ours = {each.ts for each in stage.shown(question)}
    sleeper.thaw()
    stage.azure.release()
    after = stage.ask(under=question)
    verdict = await stage.verdict([question, after], time.monotonic(), within=5)
    writes = [
        call
        for call in stage.slack.calls.of()[begin:]
        if call.method.startswith("chat.") and call.arguments.get("ts") in ours
    ]
    late = f"taken over after {taken_over:.1f} s" if taken_over > lease + 5 else ""
    return verdict.but(
        f"{len(writes)} writes after its lease" if len(writes) > 1 else "",
        slow=late,
        measured={"taken_over": taken_over},
    )


async def skewed(stage: Stage, seed: int, lease: float = 6, seconds: float = 60) -> Verdict:
    """A bot whose clock is five seconds ahead leaves alone what another one is working on.

    A lease is renewed each third of its life: by its own clock the bot would find one of six seconds over.
    """
    settings = {"CONFAB_LEASE_SECONDS": f"{lease:g}", "CONFAB_MODEL_IDLE_SECONDS": f"{2 * seconds:g}"}
    await stage.ready(seed, settings)
    question = stage.ask(Answer(stage.next_answer(), stuck_after=20))
    await stage.until(lambda: any(each.streaming for each in stage.shown(question)))
    await stage.start(settings, program=SKEWED)
    await asyncio.sleep(seconds)
    stage.azure.release()
    return await stage.verdict([question], time.monotonic(), calls=1)


async def _frozen_between_transactions(stage: Stage, bot: Bot) -> None:
    """Who is frozen in the middle of one holds SQLite's only lock, and nobody at all can go on."""
    while True:
        bot.freeze()
        if await stage.books.is_free():
            return
        bot.thaw()
        await stage.a_moment()


async def _release(stage: Stage) -> None:
    """Let the model go on wherever it is stuck, until cancelled."""
    while True:
        stage.azure.release()
        await asyncio.sleep(0.1)
