"""A model that refuses, breaks off, keeps silent or never ends."""

import time
from dataclasses import replace

from bot.chat.sentences import ending_note
from bot.playground.model import refusal
from bot.playground.model.refusal import Refusal
from bot.playground.model.scripted.answer import BEFORE_HEADERS, Answer, Ending
from tests.faults.deliveries import rooms
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict

MOST_CALLS = 4
"""A request, and three more."""

A_PAGE = 8_000
"""Characters that a message of a long answer has at least, all but the last."""

PASSING: tuple[Refusal | Answer, ...] = (
    refusal.rate_limited(retry_after_ms=200),
    refusal.server_error(),
    refusal.overloaded(),
    Answer("Nobody reads this.", ends=Ending.UNANSWERED),
)
BEGINNING = "Half an answer, and then"
HALVES = tuple(
    Answer(f"{BEGINNING} the connection", delay=0.05, ends=end) for end in (Ending.RESET, Ending.CUT)
)
LASTING: tuple[Refusal | Answer, ...] = (
    *HALVES,
    refusal.filtered_prompt("hate"),
    refusal.overloaded(),
)


async def refused(stage: Stage, seed: int) -> Verdict:
    """What passes is waited for unseen; what does not is one sentence, within a minute."""
    await stage.ready(seed)
    since = time.monotonic()
    places = rooms(stage, 4)
    passing = [stage.ask(trouble, channel=place) for trouble, place in zip(PASSING, places, strict=True)]
    lasting = [
        stage.ask(*[trouble] * MOST_CALLS, channel=place)
        for trouble, place in zip(LASTING, places, strict=True)
    ]
    await stage.until(lambda: all(stage.mind.calls[each.text] for each in lasting))
    await stage.until(stage.rests)
    verdict = await stage.verdict(passing, since, within=60, calls=MOST_CALLS)
    told = (_told(stage, question, trouble) for question, trouble in zip(lasting, LASTING, strict=True))
    return verdict.but(*told, *(_cut_off(stage, question) for question in lasting[: len(HALVES)]))


async def silent(stage: Stage, seed: int, idle: float = 30, total: float = 600) -> Verdict:
    """Stuck before the first word and after it, dripping, endless: each thread goes on afterwards."""
    settings = {"CONFAB_MODEL_IDLE_SECONDS": f"{idle:g}", "CONFAB_MODEL_TOTAL_SECONDS": f"{total:g}"}
    await stage.ready(seed, settings)
    places = rooms(stage, 4)
    await stage.answered([stage.ask(channel=place) for place in places])  # so that connections are there
    before = stage.bot.descriptors()
    troubles = {
        Answer("Stuck.", stuck_after=BEFORE_HEADERS): idle,
        Answer("Stuck after some words of an answer.", stuck_after=6): idle,
        Answer("A word at a time, slowly. " * 50, delay=idle * 2 / 3): total,
        Answer("on and on ", ends=Ending.ENDLESS, delay=0.05): total,
    }
    began = time.monotonic()
    asked = [stage.ask(trouble, channel=place) for trouble, place in zip(troubles, places, strict=True)]
    # Two that wait together would share one turn.
    await stage.until(lambda: all(stage.mind.calls[each.text] for each in asked))
    late: list[str] = []
    following = [stage.ask(under=question) for question in asked]
    for trouble, after in zip(troubles, following, strict=True):
        await stage.answered([after], patience=total + 90)
        took = time.monotonic() - began - troubles[trouble]
        late += [f"thread free {took:.1f} s after the limit"] if took > 5 else []
    verdict = await stage.verdict(following, began + total, calls=1)
    broken = [_told(stage, each, trouble, then=1) for each, trouble in zip(asked, troubles, strict=True)]
    broken += ["the model is still read"] if stage.azure.open_answers else []
    await stage.until(lambda: stage.bot.descriptors() <= before)
    # What stands there beside the answers is what was told, and that is looked at already.
    return replace(verdict, doubled=0).but(*broken, slow="; ".join(late))


def _cut_off(stage: Stage, question: Question) -> str:
    """What is wrong with half an answer: people have read it, so nobody asks for another one unasked."""
    (note,) = ending_note("answer_cut")
    calls = stage.mind.calls[question.text]
    shown = [each.text for each in stage.shown(question)]
    sound = len(shown) == 1 and shown[0].startswith(BEGINNING) and shown[0].endswith(f"_{note}_")
    return "" if sound and calls == 1 else f"{calls} calls for half an answer, shown as {shown}"


def _told(stage: Stage, question: Question, trouble: object, *, then: int = 0) -> str:
    """What is wrong with what a thread says whose answer failed: what was said, with one sentence about it.

    That is one message, or as many as so long an answer needs.
    """
    shown = stage.shown(question)
    calls = stage.mind.calls[question.text]
    told = shown[: len(shown) - then]
    needed = 1 + sum(len(each.text) for each in told) // A_PAGE
    sound = 1 <= len(told) <= needed and all(each.text and not each.streaming for each in told)
    return (
        "" if sound and calls <= MOST_CALLS else f"{len(shown)} messages and {calls} calls after {trouble!r}"
    )
