"""Which changes of a setup a channel hears of: that somebody else answers there now."""

from dataclasses import dataclass

from bot.chat.setup import Setup
from bot.chat.versions import WORKSPACE


@dataclass(frozen=True, slots=True)
class Switch:
    """A channel knows who answers by version `known`, and `newest` was published since.

    Whether somebody else answers by it is still to be seen. `announced_at` is when the channel last heard of
    a switch.
    """

    channel_id: str
    known: int
    newest: int
    announced_at: float | None = None


def hears(channel_id: str) -> bool:
    """Whether it is a channel that hears of switches: who is alone with Confab changed it themselves."""
    return channel_id != WORKSPACE and not channel_id.startswith("D")


def switched(before: Setup, after: Setup) -> bool:
    """Whether somebody else answers now: another name, or other instructions."""
    return (before.persona.name, before.persona.system_message) != (
        after.persona.name,
        after.persona.system_message,
    )
