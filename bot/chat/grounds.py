"""What a turn stands on: who answers it, and who pays."""

from dataclasses import dataclass
from typing import Protocol

from bot.chat.setup import Setup
from bot.chat.turns import Turn
from bot.chat.versions import DraftKey


@dataclass(frozen=True, slots=True)
class Ground:
    """The setup that answers, and the channel whose daily tokens it takes, with that channel's own cap.

    `trial` is the draft that a private thread tries; None is an ordinary turn.
    """

    setup: Setup
    channel_id: str
    daily_tokens: int | None = None
    trial: DraftKey | None = None


class Grounds(Protocol):
    """Decides, at every turn anew."""

    async def of(self, turn: Turn) -> Ground:
        """A turn's ground; raises `TurnRefused` where it has none any more."""
