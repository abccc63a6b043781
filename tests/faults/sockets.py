"""Slack's socket, lost in every way there is."""

import asyncio
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.playground.workspace.calls import Call
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

OPEN = "apps.connections.open"
LEAST_GAP = 0.95
"""Seconds between two of these calls: one a second, and a little for the way."""

REDELIVERED = 75.0
"""Seconds: what two deliveries lost, Slack delivers again after a minute."""


async def cut(stage: Stage, seed: int) -> Verdict:
    """The TCP connection is gone without a word."""
    return await _broken(stage, seed, stage.slack.connections.drop_all, within=3)


async def asked_to_leave(stage: Stage, seed: int) -> Verdict:
    """Slack announces the end, as it does every few hours."""
    reason = "warning" if seed % 2 else "refresh_requested"
    return await _broken(stage, seed, lambda: stage.slack.connections.announce_disconnect(reason), within=3)


async def deaf(stage: Stage, seed: int) -> Verdict:
    """The connection stays, and nothing passes: no pong, no payload."""
    return await _broken(stage, seed, stage.slack.connections.go_deaf, within=10)


async def flapping(stage: Stage, seed: int, times: int = 20, seconds: float = 60) -> Verdict:
    """Cut again and again, and asked something each time."""
    await stage.ready(seed)
    begin = len(stage.slack.calls.of())
    asked: list[Question] = []
    for _ in range(times):
        stage.slack.connections.drop_all()
        asked.append(stage.ask(count=5))
        await asyncio.sleep(stage.chance.uniform(0.5, 1.5) * seconds / times)
    since = time.monotonic()
    verdict = await stage.verdict(asked, since, within=30, calls=1, patience=180)
    return verdict.but(_opened_too_often(stage.slack.calls.of()[begin:]))


async def no_address(stage: Stage, seed: int, seconds: float = 60) -> Verdict:
    """Slack gives no address for a minute: the attempts grow apart, and there is one soon after."""
    await stage.ready(seed)
    begin = len(stage.slack.calls.of())
    stage.slack.faults.answer_error(OPEN, "internal_error", times=None)
    stage.slack.connections.drop_all()
    question = stage.ask()
    await asyncio.sleep(seconds)
    stage.slack.faults.clear()
    since = time.monotonic()
    verdict = await stage.verdict([question], since, within=31, calls=1)
    calls = stage.slack.calls.of()[begin:]
    attempts = sum(call.method == OPEN for call in calls)
    return verdict.but(_opened_too_often(calls), measured={"attempts": attempts})


async def _broken(stage: Stage, seed: int, breaks: Callable[[], object], *, within: float) -> Verdict:
    """Break the socket while one question is being answered and another one is asked."""
    await stage.ready(seed)
    begin, opened = len(stage.slack.calls.of()), stage.slack.connections.opened
    first = stage.ask()
    since = time.monotonic()
    breaks()
    second = stage.ask()
    await stage.until(lambda: stage.slack.connections.opened > opened)
    back = time.monotonic() - since
    stage.slack.connections.recover()
    verdict = await stage.verdict([first, second], since, within=REDELIVERED, calls=1)
    late = f"connected again after {back:.1f} s instead of {within:g} s" if back > within else ""
    return verdict.but(_opened_too_often(stage.slack.calls.of()[begin:]), slow=late, measured={"back": back})


def _opened_too_often(calls: Sequence[Call]) -> str:
    times = [call.at for call in calls if call.method == OPEN]
    gaps = [after - before for before, after in pairwise(times)]
    least = min(gaps, default=LEAST_GAP)
    return f"two calls of {OPEN} within {least:.2f} s" if least < LEAST_GAP else ""
