"""Time that passes only when everybody waits: an hour of waiting takes a test no time at all."""

import asyncio
import functools
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec

P = ParamSpec("P")

_A_MOMENT = 0.001  # for what the kernel still carries from one end of a loopback connection to the other


class _Selector(selectors.DefaultSelector):
    """Reports what is ready, and otherwise moves the clock instead of waiting."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        ready = super().select(min(timeout, _A_MOMENT))
        if not ready:
            self.now += timeout
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop with real sockets and a clock of its own; both ends of a connection must live in it."""

    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now


def in_virtual_time(
    test: Callable[P, Coroutine[Any, Any, None]],
) -> Callable[P, None]:
    """Run an async test in a loop of its own, in virtual time."""

    @functools.wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
            runner.run(test(*args, **kwargs))

    return run


def now() -> float:
    """The loop's time, in seconds."""
    return asyncio.get_running_loop().time()


def epoch() -> float:
    """The same time as seconds since 1970."""
    return 1_795_000_000.0 + now()
