"""Keeps a turn's lease renewed while it is answered, and breaks the answer off once the lease is gone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat.ports import Turns
from bot.chat.tenure import Tenure
from bot.chat.turns import Turn
from bot.errors import ConfabError, LeaseLost, described

log = logging.getLogger(__name__)

Outcome = TypeVar("Outcome")


class Holding:
    """One turn under its lease. Made and used in one event loop.

    Args:
        turn: whose lease is renewed.
        tenure: how long the lease may be relied on; ended here with the lease.
        turns: the queue.
        pause: seconds between two renewals.
        retry: seconds until a renewal that failed is tried again, at most `pause`.
        awake: the tenure's clock.
    """

    def __init__(
        self,
        turn: Turn,
        tenure: Tenure,
        turns: Turns,
        *,
        pause: float,
        retry: float,
        awake: Callable[[], float],
    ) -> None:
        self._turn = turn
        self._tenure = tenure
        self._turns = turns
        self._pause = pause
        self._retry = min(retry, pause)
        self._awake = awake
        self._limit = asyncio.timeout(tenure.left)
        self._unrenewed: ConfabError | None = None

    async def during(self, work: Awaitable[Outcome]) -> Outcome:
        """What comes of the work; `LeaseLost` once the tenure is over, `DatabaseDown` if that is why."""
        try:
            async with self._limit:
                renewing = asyncio.create_task(self._keep_renewing())
                try:
                    return await work
                finally:
                    renewing.cancel()
        except TimeoutError:
            if self._limit.expired():
                raise (self._unrenewed or LeaseLost()) from None
            raise

    def end(self) -> None:
        """The turn is somebody else's, or was ended from outside."""
        self._unrenewed = None
        self._tenure.end()
        self._follow()

    async def _keep_renewing(self) -> None:
        while True:
            await asyncio.sleep(self._retry if self._unrenewed else self._pause)
            await self._renew()

    async def _renew(self) -> None:
        asked = self._awake()
        try:
            await self._turns.renew(self._turn.lease)
        except LeaseLost:
            self.end()
        except ConfabError as error:
            log.warning("turn %d: lease not renewed: %s", self._turn.id, described(error))
            self._unrenewed = error
        else:
            self._unrenewed = None
            self._tenure.renewed(asked)
        self._follow()

    def _follow(self) -> None:
        """Let the limit end with the tenure, unless it has been met meanwhile, as after a freeze."""
        if not self._limit.expired():
            self._limit.reschedule(asyncio.get_running_loop().time() + self._tenure.left)
