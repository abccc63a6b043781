"""What one process remembers for an hour, and then forgets."""

from typing import Generic, TypeVar

from bot.chat.ports import Clock

MEMORY = 3_600.0
"""Seconds. Slack delivers what was not acknowledged for about six minutes; an outage may last longer."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """At most so many values by their keys; the oldest makes room.

    Args:
        clock: seconds from anywhere.
        most: how many are remembered.
    """

    def __init__(self, clock: Clock, most: int = 2_000) -> None:
        self._clock = clock
        self._most = most
        self._kept: dict[Key, tuple[float, Value]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, key: Key, value: Value) -> None:
        """Remember it from now on, in the place of what the key had."""
        now = self._clock()
        self._kept.pop(key, None)
        self._kept[key] = now, value
        while len(self._kept) > self._most or now - self._oldest > MEMORY:
            del self._kept[next(iter(self._kept))]

    def get(self, key: Key) -> Value | None:
        """What the key has; None where that is longer ago, or made room."""
        since, value = self._kept.get(key, (0.0, None))
        return None if value is None or self._clock() - since > MEMORY else value

    @property
    def _oldest(self) -> float:
        return next(iter(self._kept.values()))[0]

    def drop(self, key: Key) -> Value | None:
        """Forget it; what it had, as `get`."""
        value = self.get(key)
        self._kept.pop(key, None)
        return value
