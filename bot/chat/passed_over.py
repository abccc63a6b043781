"""Questions of a turn that its answer was made without, for want of room in the deployment's context."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Which ones, by their ts: what answers the others has to own up to them.

    `crowded` had no room beside the newer ones. `too_long` have none even alone: each with its tokens, while
    the conversation had `room` for so many.
    """

    crowded: tuple[str, ...] = ()
    too_long: Mapping[str, int] = field(default_factory=dict)
    room: int = 0

    def __bool__(self) -> bool:
        return bool(self.crowded or self.too_long)

    def __contains__(self, ts: str) -> bool:
        return ts in self.crowded or ts in self.too_long


NOBODY = PassedOver()
"""As nearly always: every question was read."""
