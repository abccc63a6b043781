"""How the event loop reaches the database: a verb is a function of a connection, run in a thread."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import StatementError

from bot.database.engine import READS_ONLY, SQLITE, THREADS, engine_for
from bot.database.faults import translated
from bot.database.together import Together
from bot.errors import DatabaseDown

Result = TypeVar("Result")

FIRST_PAUSE = 0.05


class Database:
    """One database and the threads that its verbs run in.

    What may pass (a restart, a lock, two processes that stored the same thing at once) is tried again for
    `patience` seconds, then raised as `DatabaseDown`: verbs may therefore run more than once. Anything else
    that the database refuses is an `OperatorFault`.

    `claimable` is set as soon as a claim made from then on may find something new that was written here.
    """

    def __init__(self, url: str, *, patience: float = 1.5) -> None:
        self._engine = engine_for(url)
        self._patience = patience
        self.claimable = asyncio.Event()
        self._threads = ThreadPoolExecutor(THREADS[self.backend], thread_name_prefix="confab-database")
        self._together: Together | None = None
        if self.backend == SQLITE:
            # A reader of its own never waits for the disk to take a commit.
            self._reading = engine_for(url).execution_options(**{READS_ONLY: True})
            self._readers = ThreadPoolExecutor(1, thread_name_prefix="confab-reading")
            self._together = Together(partial(self._patiently, self._engine), self._in_thread)
        else:
            self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            self._readers = self._threads

    @property
    def backend(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    def connect_arguments(self) -> dict[str, Any]:
        """What the driver itself is given to connect, the password included."""
        return dict(self._engine.dialect.create_connect_args(self._engine.url)[1])

    async def write(self, verb: Callable[[Connection], Result], *, wakes: bool = False) -> Result:
        """Run a verb in a transaction: all of it is durable when this returns, or nothing happened.

        `wakes`: it may leave something to claim. On SQLite `claimable` is then set at once, and the claim
        can share its commit.
        """
        if self._together is not None:
            return await self._together.write(verb, self.claimable.set if wakes else None)
        result = await self._in_thread(partial(self._patiently, self._engine, verb))
        if wakes:
            self.claimable.set()
        return result

    async def read(self, verb: Callable[[Connection], Result]) -> Result:
        """Run a verb that writes nothing; each of its statements sees its own moment."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, partial(self._patiently, self._reading, verb))

    async def close(self) -> None:
        """Let the verbs under way end, then close every connection."""
        if self._together is not None:
            await self._together.rest()
        for threads in {self._threads, self._readers}:
            await asyncio.to_thread(threads.shutdown)
        self._engine.dispose()
        self._reading.dispose()

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def _patiently(self, engine: Engine, verb: Callable[[Connection], Result]) -> Result:
        deadline = time.monotonic() + self._patience
        pause = FIRST_PAUSE
        while True:
            try:
                with engine.begin() as connection:
                    return verb(connection)
            except StatementError as error:
                fault = translated(error)
                if not isinstance(fault, DatabaseDown) or time.monotonic() + pause > deadline:
                    raise fault from None
            time.sleep(pause)
            pause *= 2
