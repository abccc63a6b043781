"""Every Web API call that came in, with what was answered."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bot.playground.workspace.changes import Change, ChangeFeed


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `arguments` without the token, `at` by the workspace's clock, `error` None where it was ok.

    `answered` is false where the answer was dropped on purpose.
    """

    number: int
    method: str
    app_id: str | None
    arguments: dict[str, Any] = field(repr=False)
    at: float
    status: int = 200
    error: str | None = None
    answered: bool = True


class CallLog:
    """All calls in the order in which they were answered."""

    def __init__(self, changes: ChangeFeed) -> None:
        self._changes = changes
        self._calls: list[Call] = []
        self._count: Counter[str] = Counter()
        self._limited: Counter[str] = Counter()

    def write(
        self, method: str, app_id: str | None, arguments: dict[str, Any], at: float, **outcome: Any
    ) -> Call:
        """Keep one call; `outcome` is its status, error and whether it was answered."""
        call = Call(len(self._calls) + 1, method, app_id, arguments, at, **outcome)
        self._calls.append(call)
        self._count[method] += 1
        self._limited[method] += call.status == 429
        self._changes.tell(Change("call"))
        return call

    def of(self, *methods: str) -> tuple[Call, ...]:
        """The calls of those methods, or all of them."""
        return tuple(call for call in self._calls if not methods or call.method in methods)

    def count(self, method: str) -> int:
        """How often that method was called."""
        return self._count[method]

    def limited(self, method: str | None = None) -> int:
        """How often that method, or any, was answered 429."""
        return self._limited[method] if method else self._limited.total()

    def clear(self) -> None:
        """Start counting anew."""
        self._calls.clear()
        self._count.clear()
        self._limited.clear()
