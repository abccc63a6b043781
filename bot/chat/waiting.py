"""Messages that could not be stored, and stay in doubt until they are."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.messages import Heard
from bot.chat.ports import Clock
from bot.chat.recent import MEMORY
from bot.chat.threads import Place, ts_order

MOST_WAITING = 2_000
"""Messages that mention somebody or come directly, and as many others. More than that is left to Slack."""

Root: TypeAlias = tuple[str, str]
"""Channel and ts of the message that a thread hangs under."""


@dataclass(slots=True)
class _Doubt:
    since: float
    looked_at: float | None = None

    def is_old(self, now: float) -> bool:
        return now - self.since > MEMORY


class Waiting:
    """They wait for an hour, thread by thread.

    Args:
        clock: seconds from anywhere.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._threads: dict[Root, dict[Heard, _Doubt]] = {}
        self._held = {True: 0, False: 0}

    def __contains__(self, heard: Heard) -> bool:
        return heard in self._threads.get(root(heard), ())

    @property
    def oldest_first(self) -> tuple[Heard, ...]:
        """All that are worth another try."""
        self._drop_the_old()
        found = [each for thread in self._threads.values() for each in thread]
        return tuple(sorted(found, key=lambda each: ts_order(each.ts)))

    def keep(self, heard: Heard) -> None:
        """It could not be stored; remembered where there is room."""
        kind = _is_to_somebody(heard)
        if heard in self or self._held[kind] >= MOST_WAITING:
            return
        self._threads.setdefault(root(heard), {})[heard] = _Doubt(self._clock())
        self._held[kind] += 1

    def leave(self, heard: Heard) -> None:
        """It is stored, or nobody tries any more."""
        thread = self._threads.get(root(heard), {})
        if thread.pop(heard, None) is not None:
            self._held[_is_to_somebody(heard)] -= 1
            if not thread:
                del self._threads[root(heard)]

    def seen_unasked(self, heard: Heard) -> float | None:
        """Nobody seems to have asked for it; how many seconds ago that was noted first, None for just now."""
        doubt = self._threads.get(root(heard), {}).get(heard)
        if doubt is None:
            return None
        before, now = doubt.looked_at, self._clock()
        doubt.looked_at = now if before is None else before
        return None if before is None else now - before

    def earlier_than(self, heard: Heard) -> bool:
        """Whether something was said before it in its thread that may yet decide whom it is for."""
        thread, now = self._threads.get(root(heard), {}), self._clock()
        return any(
            doubt.looked_at is None and not doubt.is_old(now) and ts_order(other.ts) < ts_order(heard.ts)
            for other, doubt in thread.items()
        )

    def _drop_the_old(self) -> None:
        now = self._clock()
        for heard in [
            each for thread in self._threads.values() for each, doubt in thread.items() if doubt.is_old(now)
        ]:
            self.leave(heard)


def root(heard: Heard) -> Root:
    """The thread that it is in, or would begin."""
    return heard.channel_id, heard.root_ts


def _is_to_somebody(heard: Heard) -> bool:
    return bool(heard.mentions) or heard.place is Place.DIRECT
