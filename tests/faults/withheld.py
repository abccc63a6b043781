"""What people wrote while the database was away, and when Slack heard that it was taken."""

import time
from collections.abc import Sequence

from bot.playground.workspace import DeliveryState
from bot.playground.workspace.delivery import Parcel
from tests.faults.stage import Question, Stage

LAST_RETRY = 420.0
"""Seconds: Slack's third and last one comes six minutes after the event."""


class Withheld:
    """Acknowledgements that have to wait for the database's return, and to come soon after it.

    Soon is with the first envelope after the return, as only an envelope can be acknowledged. Slack brings it
    again three seconds after the first one, then a minute and five minutes later: that is a minute, mostly.
    What it asks for is done long before: `kept_after` has the seconds from each return until all was stored.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._asked: list[Question] = []
        self._unkept: list[Question] = []
        self._early: list[str] = []
        self._allowed: dict[str, int] = {}
        self.kept_after: list[float] = []

    @property
    def count(self) -> int:
        """How many questions were asked without a database."""
        return len(self._asked)

    def hold_back(self, asked: Sequence[Question]) -> None:
        """These were asked since the database went away; it is still away."""
        self._asked += asked
        self._unkept += asked
        self._early += [each.text for each in asked if _some_acknowledged(self._stage.parcels(each))]

    async def back(self) -> None:
        """The database is there again; returns once all of it is stored."""
        since = time.monotonic()
        for parcel in self._parcels():
            if parcel.state is not DeliveryState.ACKNOWLEDGED:
                self._allowed[parcel.event_id] = len(parcel.envelopes) + 1
        await self._stage.until(self._all_kept)
        self.kept_after.append(time.monotonic() - since)

    async def settled(self) -> None:
        """Wait until Slack has its acknowledgements; what stays away is told by `amiss`."""
        try:
            await self._stage.until(
                lambda: all(map(self._stage.acknowledged, self._asked)), patience=LAST_RETRY
            )
        except TimeoutError:
            return

    def amiss(self) -> list[str]:
        """What was acknowledged too early, or too late."""
        late = [
            f"acknowledged with envelope {len(each.envelopes)} instead of {self._allowed[each.event_id]}"
            if each.state is DeliveryState.ACKNOWLEDGED
            else "never acknowledged"
            for each in self._parcels()
            if each.state is not DeliveryState.ACKNOWLEDGED
            or len(each.envelopes) > self._allowed.get(each.event_id, len(each.envelopes))
        ]
        early = [f"{text} was acknowledged without a database" for text in self._early]
        return [*early, *late, *([] if self._asked else ["nobody asked while the database was away"])]

    def _parcels(self) -> list[Parcel]:
        return [parcel for each in self._asked for parcel in self._stage.parcels(each)]

    async def _all_kept(self) -> bool:
        while self._unkept and await self._stage.books.has(self._unkept[-1].message.ts):
            self._unkept.pop()
        return not self._unkept


def _some_acknowledged(parcels: Sequence[Parcel]) -> bool:
    return any(each.state is DeliveryState.ACKNOWLEDGED for each in parcels)
