"""From events to envelopes: delivered to one socket, redelivered until acknowledged or given up."""

import asyncio
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.playground.workspace.changes import Change, ChangeFeed
from bot.playground.workspace.connections import Connection, Connections
from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import JSON

NO_ANSWER = "timeout"  # Slack's word for an envelope that was not acknowledged in time
CONNECTION_LOST = "connection_failed"
NOBODY_THERE = "dispatch_failed"  # what is not repeated is not kept for an app without a socket either


class DeliveryState(Enum):
    """Where a payload stands."""

    WAITING = "waiting"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    GIVEN_UP = "given_up"


@dataclass(slots=True)
class Parcel:
    """One payload on its way to the app, with every envelope that carried it.

    `attempt` counts redeliveries: 0 for the first envelope. `answer` is the payload of the acknowledgement.
    `on_settled` is called once, when the first answer is there or the payload is given up.
    """

    kind: str
    payload: JSON = field(repr=False)
    accepts_response: bool = False
    retries: bool = True
    state: DeliveryState = DeliveryState.WAITING
    attempt: int = 0
    reason: str = ""  # why it went out again, or why it was given up
    envelopes: list[str] = field(default_factory=list)
    connection: str | None = None
    answer: JSON | None = field(default=None, repr=False)
    on_settled: Callable[[], None] | None = field(default=None, repr=False)
    timer: asyncio.TimerHandle | None = field(default=None, repr=False)
    settled: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def event_id(self) -> str:
        """Slack's id of the event; empty for what is no event."""
        return str(self.payload.get("event_id", ""))

    @property
    def event(self) -> JSON:
        """The event itself; empty for what is no event."""
        found: Any = self.payload.get("event", {})
        return dict(found)


class Delivery:
    """Carries payloads to the app's sockets and keeps them until they are acknowledged.

    While no socket is open, payloads wait. One that is not acknowledged in time, or whose socket is lost,
    goes out again on Slack's schedule and is given up after its last retry.
    """

    def __init__(
        self, connections: Connections, *, limits: Limits, chooser: random.Random, changes: ChangeFeed
    ) -> None:
        self._connections = connections
        self._limits = limits
        self._chooser = chooser
        self._changes = changes
        self._by_envelope: dict[str, Parcel] = {}
        self._waiting: list[Parcel] = []
        self._timers: set[asyncio.TimerHandle] = set()
        self.parcels: list[Parcel] = []
        self.delay: tuple[float, float] = (0.0, 0.0)
        self.twice = False
        self.is_paused = False
        connections.on_open = lambda _connection: self._flush()
        connections.on_lost = self._lost

    def send(self, parcel: Parcel) -> Parcel:
        """Put a payload on its way, after the delay that the `delay` fault asks for."""
        self.parcels.append(parcel)
        low, high = self.delay
        if high > 0:
            self._later(self._chooser.uniform(low, high), lambda: self._dispatch(parcel))
        else:
            self._dispatch(parcel)
        return parcel

    def acknowledge(self, envelope_id: str, answer: JSON | None) -> None:
        """The app acknowledged an envelope; any one of a payload's envelopes settles it."""
        parcel = self._by_envelope.get(envelope_id)
        if parcel is None:
            return
        parcel.answer = answer if parcel.answer is None else parcel.answer
        self._settle(parcel, DeliveryState.ACKNOWLEDGED)

    def redeliver(self, parcel: Parcel) -> None:
        """Send a payload again, acknowledged or not, as a retry of the same event."""
        parcel.settled.clear()
        parcel.attempt += 1
        parcel.reason = NO_ANSWER
        self._dispatch(parcel)

    def pause(self) -> None:
        """Let everything wait from now on."""
        self.is_paused = True

    def resume(self) -> None:
        """Let everything go that waited."""
        self.is_paused = False
        self._flush()

    def close(self) -> None:
        """Forget every timer; nothing is sent afterwards."""
        self.is_paused = True
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        for parcel in self.parcels:
            if parcel.timer is not None:
                parcel.timer.cancel()

    def _dispatch(self, parcel: Parcel) -> None:
        connection = None if self.is_paused else self._connections.choose()
        if connection is None and not parcel.retries and not self.is_paused:
            parcel.reason = NOBODY_THERE
            self._settle(parcel, DeliveryState.GIVEN_UP)
            return
        if connection is None:
            parcel.state = DeliveryState.WAITING
            if parcel not in self._waiting:
                self._waiting.append(parcel)
            return
        self._envelop(parcel, connection)
        if self.twice and parcel.attempt == 0:
            self._envelop(parcel, self._connections.choose() or connection)

    def _envelop(self, parcel: Parcel, connection: Connection) -> None:
        envelope_id = str(uuid.uuid4())
        self._by_envelope[envelope_id] = parcel
        parcel.envelopes.append(envelope_id)
        parcel.state = DeliveryState.SENT
        parcel.connection = connection.id
        frame: JSON = {
            "envelope_id": envelope_id,
            "type": parcel.kind,
            "accepts_response_payload": parcel.accepts_response,
            "payload": parcel.payload,
        }
        if parcel.kind == "events_api":
            frame |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
        connection.send(frame)
        self._changes.tell(Change("event"))
        self._expect_ack(parcel)

    def _expect_ack(self, parcel: Parcel) -> None:
        if parcel.timer is not None:
            parcel.timer.cancel()
        loop = asyncio.get_running_loop()
        parcel.timer = loop.call_later(self._limits.ack_within, self._retry, parcel, NO_ANSWER)

    def _retry(self, parcel: Parcel, reason: str) -> None:
        if parcel.timer is not None:
            parcel.timer.cancel()
        if not parcel.retries or parcel.attempt >= len(self._limits.retry_after):
            parcel.reason = parcel.reason if parcel.retries else reason
            self._settle(parcel, DeliveryState.GIVEN_UP)
            return
        wait = self._limits.retry_after[parcel.attempt]
        parcel.attempt += 1
        parcel.reason = reason
        parcel.state = DeliveryState.WAITING
        parcel.connection = None
        if wait > 0:
            parcel.timer = asyncio.get_running_loop().call_later(wait, self._dispatch, parcel)
        else:
            self._dispatch(parcel)

    def _settle(self, parcel: Parcel, state: DeliveryState) -> None:
        if parcel.timer is not None:
            parcel.timer.cancel()
        if parcel in self._waiting:
            self._waiting.remove(parcel)
        parcel.state = state
        parcel.settled.set()
        hook, parcel.on_settled = parcel.on_settled, None
        if hook is not None:
            hook()
        self._changes.tell(Change("event"))

    def _flush(self) -> None:
        if self.is_paused:
            return
        waiting, self._waiting = self._waiting, []
        for parcel in waiting:
            self._dispatch(parcel)

    def _lost(self, connection: Connection) -> None:
        for parcel in self.parcels:
            if parcel.state is DeliveryState.SENT and parcel.connection == connection.id:
                self._retry(parcel, CONNECTION_LOST)

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        handle = asyncio.get_running_loop().call_later(seconds, action)
        self._timers.add(handle)
