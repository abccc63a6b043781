"""Several bots on one database, among which Slack spreads at random what people do."""

import time
from collections.abc import Iterator, Sequence

from bot.chat.sentences import STOPPED_NOTE
from bot.playground.model.scripted.answer import Answer, pieces
from bot.playground.workspace import Channel
from tests.faults.deliveries import conversations, heaps, rooms
from tests.faults.stage import Question, Stage
from tests.faults.verdict import Verdict
from tests.scenarios.panel import Panel
from tests.scenarios.scene import Scene

MOST_STOPS = 30
"""Presses, of which one goes to a bot that does not give the answer, but for one time in a billion."""

STUCK_AFTER = 20


async def steered(stage: Stage, seed: int, threads: int = 60, each: int = 3, *, bots: int) -> Verdict:
    """A burst in whose midst somebody publishes a setup and stops answers: whichever bot works has to know.

    Publishing takes a dozen envelopes, and each may go to another bot.
    """
    await stage.ready(seed, bots=bots)
    places = rooms(stage, 12, "steered")
    since = time.monotonic()
    early = heaps(stage, places[1:], threads // 2, each)
    before = heaps(stage, places[:1], 2, each)
    named = f"You came midway, before {stage.next_answer(1)}"
    await _publish(stage, places[0], named)
    after = [stage.ask(under=heap[0], count=5) for heap in before]
    late = heaps(stage, places, threads // 2, each)
    stops = await _stopped_by_another(stage, places[1])
    told = [*early, *([*heap, one] for heap, one in zip(before, after, strict=True)), *late]
    verdict = await conversations(stage, told, since)
    new = [*after, *(one for heap in late for one in heap if one.message.channel == places[0].id)]
    answering = {await stage.books.holder(each.message.ts) for heap in told for each in heap} - {None}
    return verdict.but(
        *_unaware(stage, new, named),
        *_unaware(stage, [one for heap in early for one in heap], named, knows=False),
        f"{len(answering)} of {bots} bots answered anything" if len(answering) < 2 else "",
        *_left_out(stage),
        "" if stops <= MOST_STOPS else "every press went to the bot that gave the answer",
        measured={"bots": bots, "answering": len(answering), "stops": stops},
    )


async def _publish(stage: Stage, place: Channel, system_message: str) -> None:
    """Ada does so in the settings, as everybody does."""
    ada = Panel(Scene(stage.running, stage.azure, {}), stage.slack.ada)
    await ada.opens(channel=place)
    await ada.part("setup")
    await ada.submit(system__0=system_message)
    await ada.submit()
    await ada.sees("Published as version")
    ada.leave()


async def _stopped_by_another(stage: Stage, place: Channel) -> int:
    """Stop answers until a press has gone to a bot that did not give the answer; how many it took.

    What the model says for now stands there already, so no call tells the bot that Slack ended its stream.
    """
    sockets = (each.id for each in stage.slack.connections.open)
    pids = dict(zip(sockets, (bot.pid for bot in stage.bots), strict=True))
    for pressed in range(1, MOST_STOPS + 1):
        right = stage.next_answer()
        question = stage.ask(Answer(right, stuck_after=STUCK_AFTER), channel=place)
        said = "".join(pieces(right)[: STUCK_AFTER - 1])
        await stage.until(lambda: any(said in each.text for each in stage.shown(question)))  # noqa: B023 - waited for here
        answering = await stage.books.holder(question.message.ts)
        stage.slack.stop(stage.slack.ada, place, question.root_ts)
        press = stage.slack.parcels[-1]
        await stage.until(lambda: _is_stopped(stage, question))  # noqa: B023 - the same
        if pids.get(press.connection or "", answering) != answering:
            return pressed
    return MOST_STOPS + 1


def _left_out(stage: Stage) -> Iterator[str]:
    """The sockets on which nothing came: with so many envelopes that is no chance."""
    used = {parcel.connection for parcel in stage.slack.parcels}
    yield from (f"{each.id} carried nothing" for each in stage.slack.connections.open if each.id not in used)


def _is_stopped(stage: Stage, question: Question) -> bool:
    (answer,) = stage.shown(question)
    return answer.text.endswith(f"_{STOPPED_NOTE}_") and not answer.streaming


def _unaware(stage: Stage, asked: Sequence[Question], named: str, *, knows: bool = True) -> Iterator[str]:
    """The questions that were answered in another setup than the one that counts for them."""
    texts = {each.text for each in asked}
    for request in stage.mind.requests:
        if request.question in texts and (named in request.persona) is not knows:
            yield f"{request.question} was answered {'without' if knows else 'in'} the setup of another place"
