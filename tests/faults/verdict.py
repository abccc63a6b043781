"""What a trial found, beside what it had to find."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What people got after a fault.

    Args:
        asked: questions that were asked.
        lost: of these, how many have no whole answer.
        doubled: messages in the threads that are one too many.
        recovery: seconds from the end of the fault to the last answer.
        within: how many seconds that may take on an idle machine with two cores.
        broken: other promises that were not kept, in words.
        slow: promises about time that were not kept; like `within` they count in the long run alone.
        measured: figures worth keeping.
    """

    asked: int
    lost: int = 0
    doubled: int = 0
    recovery: float = 0.0
    within: float = 5.0
    broken: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    measured: dict[str, float] = field(default_factory=dict)

    @property
    def faults(self) -> list[str]:
        """Every promise that was broken, whatever time it took."""
        found = list(self.broken)
        found += [f"{self.lost} of {self.asked} lost"] if self.lost else []
        found += [f"{self.doubled} doubled"] if self.doubled else []
        return found

    @property
    def delays(self) -> list[str]:
        """Every promise about time that was broken."""
        late = self.recovery > self.within
        return [*self.slow, *([f"{self.recovery:.1f} s instead of {self.within:g} s"] if late else [])]

    def but(self, *broken: str, slow: str = "", measured: Mapping[str, float] = NOTHING) -> "Verdict":
        """The same with more that was broken, slow or measured; empty words say nothing."""
        return replace(
            self,
            broken=(*self.broken, *filter(None, broken)),
            slow=(*self.slow, *filter(None, [slow])),
            measured={**self.measured, **measured},
        )

    def then(self, other: "Verdict") -> "Verdict":
        """Both, one after the other: the slowest recovery counts, and the longest time that one may take."""
        return replace(
            self.but(*other.broken, measured=other.measured),
            asked=self.asked + other.asked,
            lost=self.lost + other.lost,
            doubled=self.doubled + other.doubled,
            recovery=max(self.recovery, other.recovery),
            within=max(self.within, other.within),
            slow=(*self.slow, *other.slow),
        )

    def as_json(self) -> dict[str, Any]:
        """For the book of results."""
        return asdict(self)


def compared(wanted: Sequence[str], shown: Sequence[str]) -> tuple[int, int]:
    """How many wanted texts nobody sees, and how many messages are one too many."""
    missing = Counter(wanted) - Counter(shown)
    surplus = Counter(shown) - Counter(wanted)
    return missing.total(), surplus.total()
