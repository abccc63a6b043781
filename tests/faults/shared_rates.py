"""Several bots on one workspace that enforces its rates: the budget is one for all of them."""

import time

from bot.playground.model.scripted.answer import Answer
from tests.faults.deliveries import rooms
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

PACE = 0.1
"""Seconds that the model takes for a piece."""


async def shared(stage: Stage, seed: int, streams: int = 20, waves: int = 2, *, bots: int) -> Verdict:
    """So many answers at once, and again when those are whole: no call of any bot may be too many.

    Slack spreads them at random: a bot that got most of them waits a minute for its share of the calls.
    """
    await stage.ready(seed, bots=bots)
    places = rooms(stage, 10, "rates")
    begin = len(stage.slack.calls.of())
    stage.slack.rates.enforced = True
    asked: list[Question] = []
    for _ in range(waves):
        since = time.monotonic()
        asked += [
            stage.ask(Answer(stage.next_answer(), delay=PACE), channel=places[number % len(places)])
            for number in range(streams)
        ]
        verdict = await stage.verdict(asked, since, within=75, calls=1)
    stage.slack.rates.enforced = False
    calls = stage.slack.calls.of()[begin:]
    refused = sorted({call.method for call in calls if call.status == 429})
    holders = {await stage.books.holder(each.message.ts) for each in asked}
    return verdict.but(
        f"refused: {', '.join(refused)}" if refused else "",
        f"{len(holders)} of {bots} bots answered" if len(holders) < bots else "",
        measured={"bots": bots, "calls_a_reply": len(calls) / len(asked)},
    )
