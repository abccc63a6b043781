"""An answer that was to go on, and was deleted before anybody came to it."""

from typing import Any, cast

from bot.chat.answer import Answering
from bot.chat.messages import Message, Role
from bot.chat.regenerating import Rerun
from bot.chat.stopping import Stops
from bot.chat.threads import Place
from bot.chat.turns import Lease, Move, Turn
from tests.chat.answers import THREAD


class Outside:
    """A queue, and a thread that nobody came late to; everything else would be an error."""

    def __init__(self) -> None:
        self.closed: list[tuple[Move, str]] = []

    async def catch_up(self, turn: Turn) -> Turn:
        return turn

    def reply(self, turn: Turn, *_: object, **__: object) -> "Outside":
        return self

    async def finish(self, lease: Lease, move: Move, outcome: str) -> None:
        self.closed.append((move, outcome))


async def test_it_stays_deleted_and_nothing_is_asked_or_said() -> None:
    outside, nothing = Outside(), cast("Any", None)
    port = cast("Any", outside)
    answering = Answering(
        conversations=nothing,
        turns=port,
        grounds=nothing,
        introducing=nothing,
        attending=nothing,
        generating=nothing,
        stops=Stops(nothing),
        catching_up=port,
        slack=port,
        alarm=nothing,
        count=nothing,
        deployments={},
        default="",
    )
    turn = Turn(
        lease=Lease(7, "worker", 2),
        conversation_id=1,
        thread=THREAD,
        place=Place.CHANNEL,
        questions=(Message(1, Role.USER, "UADA", "1.0", "which?"),),
        rerun=Rerun("UADA", 1, goes_on=True),
        handed_over=1,
        deleted=True,
    )
    assert await answering.answer(turn) == "deleted"
    assert outside.closed == [(Move.ANSWER, "deleted")]
