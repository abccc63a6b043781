"""A question that ends whoever answers it."""

import time
from functools import partial

from bot.chat.sentences import POISONED
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

ATTEMPTS = 3


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


def _asked(stage: Stage, question: Question, times: int) -> bool:
    return stage.mind.calls[question.text] == times
