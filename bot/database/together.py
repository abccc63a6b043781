"""Writes that wait at the same time are committed together: SQLite syncs the disk at each commit."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection

from bot.errors import DatabaseDown

Result = TypeVar("Result")
Verb: TypeAlias = Callable[[Connection], Any]
Commit: TypeAlias = Callable[[Verb], Any]
"""Runs a verb in a transaction of its own, in whichever thread it is called."""

MOST = 64
"""Verbs in one transaction: whoever only wants to read waits for no more than that."""

A_MOMENT = 3
"""Rounds of the event loop before a first transaction: whom `seen` has woken, and who does two things for the
same answer, writes along."""


@dataclass(slots=True)
class _Asked:
    """A verb on its way. Whoever gave up waiting before it began does not get it done."""

    verb: Verb
    done: "asyncio.Future[Any]" = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class Together:
    """One transaction after the other, each with all that waited when it began, in order.

    A verb that raises undoes the whole transaction; each of its verbs is then done by itself, so that it
    fails alone. `hop` runs a function in the thread that writes.
    """

    def __init__(self, commit: Commit, hop: Callable[[Callable[[], Any]], Awaitable[Any]]) -> None:
        self._commit = commit
        self._hop = hop
        self._waiting: deque[_Asked] = deque()
        self._writing: asyncio.Task[None] | None = None

    async def write(
        self, verb: Callable[[Connection], Result], seen: Callable[[], None] | None = None
    ) -> Result:
        """Do it durably, as `Database.write` says."""
        asked = _Asked(verb, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        if seen is not None:
            seen()
        result: Result = await asked.done
        return result

    async def rest(self) -> None:
        """Return once nothing waits any more."""
        while self._writing is not None:
            await asyncio.wait({self._writing})

    async def _write_all(self) -> None:
        try:
            for _ in range(A_MOMENT):
                await asyncio.sleep(0)
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
                batch = [each for each in batch if not each.done.cancelled()]
                outcomes = await self._hop(partial(self._at_once, batch)) if batch else ()
                for asked, outcome in zip(batch, outcomes, strict=True):
                    _tell(asked, outcome)
        except Exception as error:  # noqa: BLE001 - such as threads that were shut down: nobody may wait for ever
            for asked in (*batch, *self._waiting):
                _tell(asked, _Failed(error))
            self._waiting.clear()
        finally:
            self._writing = None

    def _at_once(self, batch: list[_Asked]) -> list[Any]:
        if len(batch) == 1:
            return [self._alone(batch[0])]
        try:
            done: list[Any] = self._commit(lambda connection: [each.verb(connection) for each in batch])
        except DatabaseDown as down:
            return [_Failed(down)] * len(batch)
        except Exception:  # noqa: BLE001 - whatever it was, it was one verb's
            return [self._alone(each) for each in batch]
        return done

    def _alone(self, asked: _Asked) -> Any:
        try:
            return None if asked.done.cancelled() else self._commit(asked.verb)
        except Exception as error:  # noqa: BLE001 - it is told to whoever asked
            return _Failed(error)


def _tell(asked: _Asked, outcome: Any) -> None:
    if asked.done.done():
        return
    if isinstance(outcome, _Failed):
        asked.done.set_exception(outcome.error)
    else:
        asked.done.set_result(outcome)
