"""A question that nobody can answer: it ends whoever tries, or breaks the attempt."""

import time
from functools import partial

from bot.chat.sentences import POISONED
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

ATTEMPTS = 3
BREAKING = ("-m", "tests.faults.breaking")
DEADLY = "deadly "
BROKEN = "SELECT attempts - 1 FROM turn WHERE id = (SELECT turn_id FROM message WHERE ts = :ts)"
"""How often it was tried: the last attempt of all is the one that gives up."""


async def poisonous(stage: Stage, seed: int) -> Verdict:
    """Each bot that asks the model about it dies, as for want of memory; others' threads go on."""
    await stage.ready(seed)
    deadly = stage.ask(*[Answer("Never said.", stuck_after=BEFORE_HEADERS)] * ATTEMPTS, answer=POISONED)
    others = []
    for attempt in range(1, ATTEMPTS + 1):
        others.append(stage.ask())
        await stage.answered(others)
        await stage.until(partial(_asked, stage, deadly, attempt))
        await stage.kill()
        await stage.start()
    await stage.answered([deadly])
    since = time.monotonic()
    after = stage.ask(under=deadly)
    return await stage.verdict([deadly, after, *others], since, calls=ATTEMPTS)


async def raising(stage: Stage, seed: int) -> Verdict:
    """Whoever works on it meets a fault of the program each time; nobody dies, and others' threads go on."""
    stage.calm(seed)
    await stage.end()
    await stage.start({"FAULTS_DEADLY": DEADLY}, program=BREAKING)
    deadly = stage.ask(text=DEADLY, answer=POISONED)
    other = stage.ask()
    await stage.answered([deadly])
    since = time.monotonic()
    after = stage.ask(under=deadly)
    verdict = await stage.verdict([deadly, other, after], since, calls=1)
    spent = await stage.books.value(BROKEN, ts=deadly.message.ts)
    return verdict.but(
        f"{spent} attempts" if spent != ATTEMPTS else "", "" if stage.bot.runs else "the bot ended"
    )


def _asked(stage: Stage, question: Question, times: int) -> bool:
    return stage.mind.calls[question.text] == times
