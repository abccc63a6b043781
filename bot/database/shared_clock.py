"""One clock for all processes on a database, however far apart their machines' clocks are."""

import time
from collections.abc import Callable


def awake() -> float:
    """Seconds since this machine was started, those included in which it or this process slept."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class SharedClock:
    """The database's clock as seconds since 1970, counted on by this machine's own between two looks.

    Until the first `set` it is this machine's idea of the time.
    """

    def __init__(
        self, own: Callable[[], float] = awake, first_guess: Callable[[], float] = time.time
    ) -> None:
        self.own = own
        self._ahead = first_guess() - own()

    def __call__(self) -> float:
        """Now."""
        return self.own() + self._ahead

    def set(self, now: float, *, asked: float, answered: float) -> None:
        """The database's clock said `now` at some moment between those two of our own."""
        self._ahead = now - (asked + answered) / 2
