"""The books of what calls of a model cost. The database stands behind them."""

from collections.abc import Sequence
from typing import Protocol

from bot.chat.spending import Bill, Held, Spent
from bot.chat.turns import Usage


class Spending(Protocol):
    """Tokens by channel and UTC day, and the daily caps. `bot.chat.metering` is the way to use it."""

    async def hold(self, bill: Bill, most: Usage) -> Held:
        """Set aside the most that a call may cost: its prompt and its maximum response.

        It counts until it is settled or released, or until no call could still be under way. No two callers
        are promised the same tokens, in however many processes. Raises `DailyCapReached` where the channel's
        cap or the workspace's has no room for it.
        """

    async def hold_all(self, bill: Bill, mosts: Sequence[Usage]) -> tuple[Held, ...]:
        """Set aside for several calls at once, in their order: all of them find room, or none is held.

        Raises `DailyCapReached` as `hold` does, for the sum.
        """

    async def settle(self, held: Held, usage: Usage) -> None:
        """Put what the call cost in the place of what was held; again, it changes nothing more."""

    async def release(self, held: Held) -> None:
        """Free what was held: the call cost nothing."""

    async def spent(self, team_id: str, channel_id: str) -> Spent:
        """What the channel's calls have cost; those under way are not in it yet."""
