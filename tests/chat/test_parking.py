"""A turn that broke every attempt ends with a sentence, and the people who run Confab hear of it."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from bot.chat.answer import Answering
from bot.chat.messages import Message, Role
from bot.chat.ports import Reply, Slack, Turns
from bot.chat.sentences import POISONED
from bot.chat.stopping import Stops
from bot.chat.threads import Place
from bot.chat.turns import MAX_ATTEMPTS, Lease, Move, Turn
from bot.errors import SlackUnwilling
from tests.chat.answers import THREAD

UNREACHABLE = SlackUnwilling("chat.postMessage", "unreachable")
REFUSED = SlackUnwilling("chat.postMessage", "is_archived")


class Outside:
    """A thread, a queue and an alarm; Slack refuses what it is told to refuse."""

    def __init__(self, *refusals: SlackUnwilling) -> None:
        self.refusals = list(refusals)
        self.told: list[str] = []
        self.withdrawn = 0
        self.closed: list[tuple[Move, str]] = []
        self.rang: list[tuple[str, str]] = []

    def reply(
        self,
        turn: Turn,
        persona_name: str,
        keep: Callable[[str], Awaitable[None]],
        *,
        drop: Callable[[str], Awaitable[bool]],
    ) -> Reply:
        return cast("Reply", self)

    async def fail(self, sentence: str, *, offers_again: bool) -> None:
        assert offers_again
        if self.refusals:
            raise self.refusals.pop(0)
        self.told.append(sentence)

    async def withdraw(self) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.withdrawn += 1

    async def finish(self, lease: Lease, move: Move, outcome: str) -> None:
        self.closed.append((move, outcome))

    def ring(self, kind: str, detail: str) -> None:
        self.rang.append((kind, detail))


def answering(outside: Outside) -> Answering:
    nothing = cast("Any", None)
    return Answering(
        conversations=nothing,
        turns=cast("Turns", outside),
        grounds=nothing,
        introducing=nothing,
        attending=nothing,
        generating=nothing,
        stops=Stops(nothing),
        catching_up=nothing,
        slack=cast("Slack", outside),
        alarm=outside,
        count=nothing,
        deployments={},
        default="",
    )


def turn(*, spent: int, handed_over: int = 0, asks: str = "one") -> Turn:
    return Turn(
        lease=Lease(7, "worker", spent + handed_over),
        conversation_id=1,
        thread=THREAD,
        place=Place.CHANNEL,
        questions=(Message(1, Role.USER, "UADA", "1.0", asks),),
        handed_over=handed_over,
    )


async def test_after_the_last_attempt_the_thread_and_the_operators_are_told() -> None:
    outside = Outside()
    assert await answering(outside).answer(turn(spent=MAX_ATTEMPTS + 1)) == "parked"
    assert (outside.told, outside.closed) == ([POISONED], [(Move.PARK, "parked")])
    [(kind, detail)] = outside.rang
    assert (kind, "turn 7" in detail) == ("parked", True)
    assert "one" not in detail.split()


async def test_while_slack_is_out_of_reach_the_sentence_waits_for_it() -> None:
    outside = Outside(UNREACHABLE)
    with pytest.raises(SlackUnwilling):
        await answering(outside).answer(turn(spent=MAX_ATTEMPTS + 1))
    assert outside.closed == []
    await answering(outside).answer(turn(spent=MAX_ATTEMPTS + 1, handed_over=1))
    assert (outside.told, outside.closed) == ([POISONED], [(Move.PARK, "parked")])


@pytest.mark.parametrize(
    ("refusal", "spent"), [(REFUSED, MAX_ATTEMPTS + 1), (UNREACHABLE, MAX_ATTEMPTS + 2)], ids=["no", "never"]
)
async def test_a_thread_that_takes_no_sentence_is_closed_all_the_same(
    refusal: SlackUnwilling, spent: int
) -> None:
    outside = Outside(refusal)
    await answering(outside).answer(turn(spent=spent))
    assert outside.closed == [(Move.PARK, "parked")]


async def test_what_asks_nothing_any_more_is_taken_away_without_a_word() -> None:
    outside = Outside(UNREACHABLE)
    with pytest.raises(SlackUnwilling):
        await answering(outside).answer(turn(spent=MAX_ATTEMPTS + 1, asks=""))
    await answering(outside).answer(turn(spent=MAX_ATTEMPTS + 1, handed_over=1, asks=""))
    assert (outside.told, outside.withdrawn, outside.closed) == ([], 1, [(Move.PARK, "parked")])


@pytest.mark.parametrize("asks", ["one", ""], ids=["asked", "withdrawn"])
async def test_what_breaks_even_parking_is_tried_as_often_as_the_answer_and_then_closed(asks: str) -> None:
    outside = Outside()
    await answering(outside).answer(turn(spent=2 * MAX_ATTEMPTS + 1, asks=asks))
    assert (outside.told, outside.withdrawn, outside.closed) == ([], 0, [(Move.PARK, "parked")])
