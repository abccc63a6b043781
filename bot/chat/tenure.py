"""How long a worker may rely on a lease without asking whether it is still its own."""

from collections.abc import Callable

NEVER = float("-inf")


class Tenure:
    """A little less than the lease, from the moment when the lease was asked for.

    `clock` counts seconds from anywhere and goes on while the process is frozen or the machine sleeps: who
    wakes up after that has to know at once that the turn may be somebody else's by now.
    """

    def __init__(self, clock: Callable[[], float], length: float, asked: float) -> None:
        self._clock = clock
        self._length = length
        self._until = asked + length

    @property
    def left(self) -> float:
        """Seconds; below zero once it is over."""
        return self._until - self._clock()

    def held(self) -> bool:
        """Whether what people see may still be changed."""
        return self.left > 0

    def renewed(self, asked: float) -> None:
        """The lease was stretched, as was asked for at that moment."""
        self._until = asked + self._length

    def end(self) -> None:
        """Somebody else has the turn."""
        self._until = NEVER
