"""Slack's rate tiers: per method, per app, per workspace. Off until somebody switches them on."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

MINUTE = 60.0
POSTS_PER_MINUTE = 300  # Slack says "several hundred"; this is the stand-in's figure
POSTS_AT_ONCE = 5  # Slack tolerates short bursts over one a second


class Tier(Enum):
    """Calls a minute (Slack: apis/web-api/rate-limits). `POST` is one a second and channel, with bursts."""

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100
    POST = -1
    SPECIAL = 600


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Rates:
    """Counts calls in a sliding minute and says how long a refused one has to wait.

    Args:
        clock: seconds since the epoch.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._calls: dict[tuple[str, str], deque[float]] = {}
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self.enforced = False
        self.share: dict[str, int] = {}

    def wait(self, app: str, method: str, tier: Tier, channel: str) -> int:
        """Take one call from the budget: 0 if it may go, else the whole seconds until it may.

        A method named in `share` has that many calls a minute, whatever its tier.
        """
        if not self.enforced:
            return 0
        if tier is Tier.POST and method not in self.share:
            return self._post(app, channel)
        return self._window(app, method, self.share.get(method, tier.value))

    def _post(self, app: str, channel: str) -> int:
        now = self._clock()
        bucket = self._buckets.setdefault((app, channel), _Bucket(POSTS_AT_ONCE, now))
        bucket.tokens = min(POSTS_AT_ONCE, bucket.tokens + (now - bucket.at))
        bucket.at = now
        if bucket.tokens < 1:
            return max(1, math.ceil(1 - bucket.tokens))
        wait = self._window(app, "chat.postMessage", POSTS_PER_MINUTE)
        if wait == 0:
            bucket.tokens -= 1
        return wait

    def _window(self, app: str, method: str, allowed: int) -> int:
        now = self._clock()
        calls = self._calls.setdefault((app, method), deque())
        while calls and calls[0] <= now - MINUTE:
            calls.popleft()
        if len(calls) >= allowed:
            return max(1, math.ceil(calls[0] + MINUTE - now))
        calls.append(now)
        return 0
