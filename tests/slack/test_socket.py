"""Socket Mode: whatever happens to the socket, a new one is there soon, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest

from bot.chat.messages import Heard
from bot.errors import OperatorFault
from bot.playground.workspace import Limits
from bot.playground.workspace.delivery import Parcel
from bot.slack.listeners import Verbs, register
from bot.slack.socket import SocketRunner
from tests.slack.desk import Desk, desk
from tests.slack.virtual_time import in_virtual_time, now


@dataclass
class Listening:
    """A desk whose Confab listens over Socket Mode."""

    desk: Desk
    socket: SocketRunner
    heard: list[object] = field(default_factory=list)
    fails: int = 0
    takes: float = 0.0

    async def hear(self, what: object = None) -> None:
        await asyncio.sleep(self.takes)
        if self.fails:
            self.fails -= 1
            raise RuntimeError
        self.heard.append(what)

    def texts(self) -> list[str]:
        return [heard.text for heard in self.heard if isinstance(heard, Heard)]


@asynccontextmanager
async def listening(limits: Limits | None = None) -> AsyncIterator[Listening]:
    async with desk(limits=limits) as d:
        app = d.ours.app()
        socket = SocketRunner(app, d.ours.app_level(d.running.app_token), clock=now, chance=lambda: 1.0)
        found = Listening(d, socket)
        register(app, Verbs(*(found.hear,) * 6), d.ours.us)
        await socket.connect()
        try:
            yield found
        finally:
            await socket.close()


async def seconds_until(true: Callable[[], object]) -> float:
    before = now()
    while not true():  # noqa: ASYNC110 - what is awaited has no event to wait for
        await asyncio.sleep(0.05)
    return now() - before


async def until_connected(found: Listening) -> float:
    """Seconds until there is a socket again that delivers."""
    connections = found.desk.theirs.connections
    return await seconds_until(lambda: found.socket.connected and connections.choose())


async def opens(found: Listening) -> list[float]:
    return [call.at for call in found.desk.theirs.calls.of("apps.connections.open")]


@in_virtual_time
async def test_an_event_is_heard_and_acknowledged() -> None:
    async with listening() as found:
        found.desk.asks(text="hello")
        await asyncio.sleep(1)
        assert found.texts() == ["hello"]
        assert {parcel.state.value for parcel in found.desk.theirs.parcels} == {"acknowledged"}


@in_virtual_time
async def test_what_a_verb_did_not_take_is_delivered_again() -> None:
    async with listening() as found:
        found.fails = 1
        found.desk.asks(text="hello")
        await asyncio.sleep(10)
        assert found.texts() == ["hello"]
        assert found.desk.theirs.parcels[0].attempt == 1


@in_virtual_time
async def test_a_slow_verb_holds_up_nobody() -> None:
    async with listening() as found:
        found.takes = 1.0
        for n in range(5):
            found.desk.asks(text=f"hello {n}")
        await asyncio.sleep(1.2)
        assert len(found.texts()) == 5


@in_virtual_time
async def test_a_cut_connection_is_back_within_three_seconds() -> None:
    async with listening() as found:
        await asyncio.sleep(60)
        found.desk.theirs.connections.drop_all()
        found.desk.asks(text="hello")
        await asyncio.sleep(0.1)
        assert await until_connected(found) < 3
        await asyncio.sleep(5)
        assert set(found.texts()) == {"hello"}


@in_virtual_time
async def test_a_silent_connection_is_noticed_within_ten_seconds() -> None:
    async with listening() as found:
        await asyncio.sleep(60)
        connections = found.desk.theirs.connections
        deaf = connections.open
        connections.go_deaf()
        assert await seconds_until(lambda: set(connections.open) - set(deaf)) < 10
        for line in deaf:
            line.drop()
        found.desk.asks(text="hello")
        await asyncio.sleep(5)
        assert "hello" in found.texts()


@in_virtual_time
async def test_a_quiet_connection_is_kept() -> None:
    async with listening() as found:
        await asyncio.sleep(3_600)
        assert len(await opens(found)) == 1
        assert found.socket.connected


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
@in_virtual_time
async def test_asked_to_leave_we_open_another_line_first(reason: str) -> None:
    async with listening() as found:
        await asyncio.sleep(60)
        found.takes = 0.5
        found.desk.asks(text="before")
        found.desk.theirs.connections.announce_disconnect(reason)
        assert await until_connected(found) < 1.5
        found.desk.asks(text="after")
        await asyncio.sleep(30)
        assert sorted(found.texts()) == ["after", "before"]
        assert all(parcel.attempt == 0 for parcel in found.desk.theirs.parcels)
        assert len(found.desk.theirs.connections.open) == 1


@in_virtual_time
async def test_every_attempt_asks_for_a_new_address_and_never_more_than_one_a_second() -> None:
    async with listening() as found:
        await asyncio.sleep(60)
        for _ in range(20):
            found.desk.theirs.connections.drop_all()
            await asyncio.sleep(3)
        assert found.desk.theirs.connections.opened == len(await opens(found))
        at = await opens(found)
        assert all(later - earlier >= 1 for earlier, later in pairwise(at))
        found.desk.asks(text="hello")
        await asyncio.sleep(3)
        assert "hello" in found.texts()


@in_virtual_time
async def test_an_address_that_slack_refuses_is_not_used_twice() -> None:
    async with desk(limits=replace(Limits(), ticket_life=-1.0)) as d:
        runner = SocketRunner(d.ours.app(), d.ours.app_level(d.running.app_token), clock=now)
        connecting = asyncio.create_task(runner.connect())
        await asyncio.sleep(3_600)
        assert 120 <= d.theirs.calls.count("apps.connections.open") <= 300
        assert not connecting.done()
        await runner.close()
        await asyncio.gather(connecting, return_exceptions=True)


@in_virtual_time
async def test_while_slack_gives_no_address_the_attempts_grow_apart() -> None:
    async with listening() as found:
        await asyncio.sleep(60)
        found.desk.theirs.faults.refuses_connections = True
        found.desk.theirs.connections.drop_all()
        await asyncio.sleep(60)
        assert not found.socket.connected
        at = (await opens(found))[1:]
        assert 4 <= len(at) <= 8
        found.desk.theirs.faults.refuses_connections = False
        assert await until_connected(found) <= 30


@in_virtual_time
async def test_a_busy_slack_is_asked_again_when_it_says_so() -> None:
    async with listening() as found:
        await asyncio.sleep(60)
        found.desk.theirs.faults.limit("apps.connections.open", 45)
        found.desk.theirs.connections.drop_all()
        await asyncio.sleep(0.1)
        assert 45 <= await until_connected(found) < 50


@in_virtual_time
async def test_an_envelope_that_makes_no_sense_does_not_come_again() -> None:
    async with listening() as found:
        for event in ({"type": "message", "channel": 7}, {"type": "message", "user": []}, {}):
            found.desk.theirs.delivery.send(Parcel("events_api", {"type": "event_callback", "event": event}))
        await asyncio.sleep(1)
        assert {parcel.state.value for parcel in found.desk.theirs.parcels} == {"acknowledged"}


@in_virtual_time
async def test_what_was_taken_is_acknowledged_before_we_hang_up() -> None:
    async with listening() as found:
        found.takes = 1.0
        found.desk.asks(text="hello")
        await asyncio.sleep(0.2)
        await found.socket.close()
        await asyncio.sleep(0.1)
        assert found.texts() == ["hello"]
        assert found.desk.theirs.parcels[0].state.value == "acknowledged"
        assert found.desk.theirs.connections.open == ()


@in_virtual_time
async def test_a_wrong_app_token_is_said_at_once() -> None:
    async with desk() as d:
        runner = SocketRunner(d.ours.app(), d.ours.app_level("xapp-wrong"), clock=now)
        with pytest.raises(OperatorFault, match="SLACK_APP_TOKEN"):
            await runner.connect()
        await runner.close()
