"""Slack that is busy, swallows its answers, or ends streams."""

import asyncio
import time
from collections.abc import Iterator, Sequence

from bot.playground.model.scripted.answer import Answer, pieces
from bot.playground.workspace.calls import Call
from bot.playground.workspace.faults import Moment
from tests.faults.deliveries import rooms
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

WRITES = (
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
    "chat.postMessage",
    "chat.update",
)
"""All that an answer is made with."""

LEEWAY = 0.2
"""Seconds by which the two ends of a call may see it differently."""

PACE = 0.02
"""Seconds that the model takes for a piece."""


async def limited(stage: Stage, seed: int, retry_after: int = 30, seconds: float = 120) -> Verdict:
    """Every second write is answered 429, for so long."""
    await stage.ready(seed)
    places = rooms(stage, 5)
    begin = len(stage.slack.calls.of())
    for method in WRITES:
        stage.slack.faults.limit(method, retry_after, times=None, every=2)
    until = time.monotonic() + seconds
    questions: list[Question] = []
    while time.monotonic() < until:
        place = places[len(questions) % len(places)]
        questions.append(stage.ask(Answer(stage.next_answer(), delay=PACE), channel=place))
        await asyncio.sleep(min(seconds / 5, max(0.0, until - time.monotonic())))
    stage.slack.faults.clear()
    calls = stage.slack.calls.of()[begin:]
    silent = max((call.at + retry_after for call in calls if call.status == 429), default=0.0)
    since = time.monotonic() + max(0.0, silent - time.time())
    verdict = await stage.verdict(questions, since, calls=1, patience=90 + 2 * retry_after)
    early = _inside_a_window(stage.slack.calls.of()[begin:], retry_after)
    return verdict.but(*early, slow="; ".join(_stalled(stage, questions)))


async def responses_lost(stage: Stage, seed: int) -> Verdict:
    """Slack carries out a write of every kind, and nobody hears of it; even seeds lose calls, too."""
    await stage.ready(seed)
    begin = len(stage.slack.calls.of())
    faults = stage.slack.faults
    faults.answer_error("chat.startStream", "not_just_now", times=None, every=2)  # so that half is posted
    for method in WRITES:
        lost_itself = seed % 2 == 0 and stage.chance.random() < 0.5
        faults.drop_answer(method, moment=Moment.BEFORE if lost_itself else Moment.AFTER)
    since = time.monotonic()
    questions = [
        stage.ask(Answer(stage.next_answer(), delay=PACE * 2), channel=place) for place in rooms(stage, 4)
    ]
    verdict = await stage.verdict(questions, since, within=30, calls=1)
    lost = {call.method for call in stage.slack.calls.of()[begin:] if not call.answered}
    return verdict.but(
        *(f"no {method} was lost" for method in WRITES if method not in lost), measured={"kinds": len(lost)}
    )


async def stream_ended(stage: Stage, seed: int) -> Verdict:
    """Slack forgets that a message streams, in the middle of it and at its end."""
    await stage.ready(seed)
    error = "message_not_in_streaming_state"
    stage.slack.faults.answer_error("chat.appendStream", error)
    stage.slack.faults.answer_error("chat.stopStream", error)
    since = time.monotonic()
    questions = [
        stage.ask(Answer(stage.next_answer(), delay=0.03), channel=place) for place in rooms(stage, 2)
    ]
    return await stage.verdict(questions, since, within=15, calls=1)


async def stream_expired(stage: Stage, seed: int, life: float) -> Verdict:
    """The same as Slack does it, after `life` seconds; the workspace has to be set to that."""
    await stage.ready(seed)
    right = stage.next_answer(count=60)
    since = time.monotonic() + life * 1.2
    question = stage.ask(Answer(right, delay=life * 1.2 / len(pieces(right))), count=60)
    return await stage.verdict([question], since, within=15, calls=1, patience=life * 2 + 60)


def _inside_a_window(calls: Sequence[Call], retry_after: float) -> Iterator[str]:
    """Calls of a method while Slack wanted silence from it; what was on its way already does not count."""
    refused: dict[str, float] = {}
    for call in calls:
        after = call.at - refused.get(call.method, float("-inf"))
        if LEEWAY < after < retry_after - LEEWAY:
            yield f"{call.method} {after:.1f} s after a 429 that asked for {retry_after}"
        if call.status == 429:
            refused[call.method] = call.at


def _stalled(stage: Stage, questions: Sequence[Question]) -> Iterator[str]:
    """Answers that took the model longer than it took to say them: somebody let it wait."""
    said = {each.text: each.finished_after or 0.0 for each in stage.azure.recordings.all()}
    for question in questions:
        nominal = len(pieces(question.answer)) * PACE
        if (took := said.get(question.answer, 0.0)) > 2 * nominal + 1:
            yield f"read for {took:.1f} s what took {nominal:.1f} s to say"
