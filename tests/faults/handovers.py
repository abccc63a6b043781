"""Bots that are told to stop, or are frozen for longer than their lease."""

import asyncio
import time

from bot.playground.model.scripted.answer import Answer
from tests.faults.bots import Bot
from tests.faults.deliveries import rooms
from tests.faults.stage import Stage
from tests.faults.verdict import Verdict

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
    ends: list[tuple[int, float]] = []
    for bot in old:
        await stage.start(settings)
        ends.append(await bot.stop())
        stage.bots.remove(bot)
    stage.azure.release()
    since = time.monotonic()
    releasing = asyncio.create_task(_release(stage))
    verdict = await stage.verdict(asked, since, within=15, calls=3)
    releasing.cancel()
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


async def skewed(stage: Stage, seed: int, lease: float = 30, seconds: float = 60) -> Verdict:
    """A bot whose clock is five seconds ahead leaves alone what another one is working on."""
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
