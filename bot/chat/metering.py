"""Calls of a model that are paid for: within the daily caps, and counted."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.chat.ports import Finish, Model, Piece, Request, Spending, TokenCounter
from bot.chat.spending import Bill, Held, total
from bot.chat.turns import Usage
from bot.errors import AnswerEmpty


@dataclass(frozen=True, slots=True)
class Metered:
    """A model with the books beside it: turns, tries and comparisons all ask through here."""

    model: Model
    spending: Spending
    count: TokenCounter

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
        said: list[str] = []
        cost = Usage()
        try:
            async with aclosing(self.model.stream(request)) as stream:
                async for part in stream:
                    if isinstance(part, Finish):
                        cost = part.usage
                    else:
                        said.append(part.text)
                    yield part
        except AnswerEmpty as error:
            cost = most if error.reasoned else cost
            raise
        finally:
            if said and not total(cost):
                completion = self.count("".join(said), request.deployment.encoding)
                cost = Usage(prompt=prompt_tokens, completion=completion)
            await self._close(held, cost)

    async def _close(self, held: Held, cost: Usage) -> None:
        """A call that never began to answer is free: the service took nothing for it, or did not say so."""
        if total(cost):
            await self.spending.settle(held, cost)
        else:
            await self.spending.release(held)


def _most(request: Request, prompt_tokens: int) -> Usage:
    return Usage(prompt=prompt_tokens, completion=request.settings.max_response)
