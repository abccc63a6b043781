"""Calls of a model that are paid for: within the daily caps, and counted."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from bot.chat.ports import Clock, Finish, Model, Piece, Request, Spending, TokenCounter
from bot.chat.ports.watch import UNWATCHED, ModelCalled, Watch
from bot.chat.spending import Bill, Held, total
from bot.chat.turns import Usage
from bot.errors import AnswerEmpty, ConfabError, DatabaseDown, described

log = logging.getLogger(__name__)

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0, *[60.0] * 10)
"""Seconds between tries to close the books while the database is away."""

LAST_WORDS = 3.0


@dataclass(frozen=True, slots=True)
class Metered:
    """A model with the books beside it: turns, tries and comparisons all ask through here."""

    model: Model
    spending: Spending
    count: TokenCounter
    watch: Watch = UNWATCHED
    clock: Clock = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    _closing: set[asyncio.Task[None]] = field(default_factory=set, init=False, repr=False, compare=False)

    async def settled(self) -> None:
        """Return once every call that is over is in the books, or after three seconds without a database."""
        if self._closing:
            await asyncio.wait(self._closing, timeout=LAST_WORDS)

    async def reserve(self, bill: Bill, calls: Sequence[tuple[Request, int]]) -> tuple[Held, ...]:
        """Set aside for several requests at once, each with its prompt's tokens; `stream` takes what is held.

        Raises `DailyCapReached` where there is no room for all of them. What is never streamed counts for as
        long as a call could be under way.
        """
        return await self.spending.hold_all(bill, [_most(*call) for call in calls])

    async def stream(
        self, request: Request, bill: Bill, prompt_tokens: int, held: Held | None = None
    ) -> AsyncGenerator[Piece | Finish, None]:
        """What the model's own `stream` gives; before that, `DailyCapReached` where there is no room for it.

        `prompt_tokens` is what was counted here. It counts where the service does not tell its own number: it
        never does for a connection that broke, or was closed at a stop sequence. `held` was reserved for it.
        """
        most = _most(request, prompt_tokens)
        held = held or await self.spending.hold(bill, most)
        call = _Call(self.clock)
        try:
            async with aclosing(self.model.stream(request)) as stream:
                async for part in stream:
                    call.take(part)
                    yield part
        except ConfabError as error:
            call.outcome = error.outcome
            if isinstance(error, AnswerEmpty) and error.reasoned:
                call.usage = most
            raise
        finally:
            if call.said and not total(call.usage):
                completion = self.count("".join(call.said), request.deployment.encoding)
                call.usage = Usage(prompt=prompt_tokens, completion=completion)
            self.watch.model_called(call.over(bill, request))
            self._close_soon(held, call.usage)

    def _close_soon(self, held: Held, cost: Usage) -> None:
        """No answer waits for the books; they are closed even where whoever asked is cancelled."""
        closing = asyncio.create_task(self._close(held, cost), name="books")
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    async def _close(self, held: Held, cost: Usage) -> None:
        """A call that never began to answer is free: the service took nothing for it, or did not say so."""
        for pause in (*PAUSES, None):
            try:
                if total(cost):
                    await self.spending.settle(held, cost)
                else:
                    await self.spending.release(held)
            except Exception as error:  # noqa: BLE001 - nobody waits for it
                if pause is None or not isinstance(error, DatabaseDown):
                    log.warning("what a call cost is not in the books: %s", described(error))
                    return
                await self.sleep(pause)
            else:
                return


def _most(request: Request, prompt_tokens: int) -> Usage:
    return Usage(prompt=prompt_tokens, completion=request.settings.max_response)


class _Call:
    """What is known of one call so far; "broken_off" until it comes to an end."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = clock()
        self._first: float | None = None
        self.said: list[str] = []
        self.usage = Usage()
        self.outcome = "broken_off"

    def take(self, part: Piece | Finish) -> None:
        if isinstance(part, Finish):
            self.usage, self.outcome = part.usage, part.reason
            return
        if self._first is None:
            self._first = self._clock() - self._began
        self.said.append(part.text)

    def over(self, bill: Bill, request: Request) -> ModelCalled:
        return ModelCalled(
            turn_id=bill.lease.turn_id if bill.lease else None,
            deployment=request.deployment.name,
            outcome=self.outcome,
            first=self._first,
            took=self._clock() - self._began,
            usage=self.usage,
        )
