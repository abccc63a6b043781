import asyncio

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import DeliveryState, RunningWorkspace, Workspace
from tests.playground.workspace.conftest import Clock, refusal
from tests.playground.workspace.listening import Heard, bolt_app, raw_socket, until


async def test_the_hello_says_what_slacks_says(slack: RunningWorkspace) -> None:
    async with raw_socket(slack, hello=False) as socket:
        hello = await socket.frame()
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": slack.workspace.app.app_id}
    assert hello["debug_info"].keys() == {"host", "build_number", "approximate_connection_time"}


async def test_a_ticket_opens_one_socket_and_only_for_a_while(slack: RunningWorkspace, clock: Clock) -> None:
    async def open_url() -> str:
        answer = await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
        return str(answer["url"])

    used, late = await open_url(), await open_url()
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(used):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(used)
        clock.pass_by(31)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(late)


async def test_only_the_app_token_opens_sockets(slack: RunningWorkspace, client: AsyncWebClient) -> None:
    told = await refusal(client.apps_connections_open(app_token=slack.bot_token))
    assert told.error == "not_allowed_token_type"


async def test_bolt_hears_a_mention_twice_and_its_acks_settle_both(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    heard = Heard()
    async with bolt_app(slack, heard):
        said = workspace.post("Ada", "general", "@Confab hello & <welcome>")
        await until(lambda: all(each.state is DeliveryState.ACKNOWLEDGED for each in workspace.parcels))
    assert sorted(heard.kinds()) == ["app_mention", "message"]
    assert {event["ts"] for event in heard.events} == {said.ts}
    assert len({body["event_id"] for body in heard.bodies}) == 2
    assert heard.events[0]["text"] == f"<@{workspace.confab.id}> hello &amp; &lt;welcome&gt;"


async def test_what_is_acknowledged_does_not_come_again(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    async with raw_socket(slack) as socket:
        workspace.post("Ada", "general", "hello")
        await socket.acknowledge(await socket.frame())
        await until(lambda: workspace.parcels[0].state is DeliveryState.ACKNOWLEDGED)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await socket.socket.receive()


async def test_what_is_not_acknowledged_comes_again_three_times_as_a_retry(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    async with raw_socket(slack) as socket:
        workspace.post("Ada", "general", "hello")
        frames = [await socket.frame() for _ in range(4)]
        await until(lambda: workspace.parcels[0].state is DeliveryState.GIVEN_UP)
    assert [(each["retry_attempt"], each["retry_reason"]) for each in frames] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({each["payload"]["event_id"] for each in frames}) == 1


async def test_a_retry_reaches_bolt_with_slacks_headers(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    heard = Heard()
    async with bolt_app(slack, heard):
        workspace.post("Ada", "general", "hello")
        await until(lambda: workspace.parcels[0].state is DeliveryState.ACKNOWLEDGED)
        workspace.delivery.redeliver(workspace.parcels[0])
        await until(lambda: len(heard.events) == 2)
    assert heard.retries == ["0", "1"]
    assert heard.events[0] == heard.events[1]


async def test_events_wait_for_the_app_to_come_back(slack: RunningWorkspace, workspace: Workspace) -> None:
    workspace.post("Ada", "general", "is anybody there?")
    heard = Heard()
    async with bolt_app(slack, heard):
        await until(lambda: heard.kinds() == ["message"])
    assert heard.retries == ["0"]


async def test_an_event_whose_socket_is_cut_goes_to_another(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    async with raw_socket(slack) as first:
        workspace.post("Ada", "general", "hello")
        await first.frame()
        assert workspace.connections.drop_all() == 1
        await first.until_closed()
        async with raw_socket(slack) as second:
            again = await second.frame()
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "connection_failed")


async def test_events_are_spread_over_all_sockets(slack: RunningWorkspace, workspace: Workspace) -> None:
    async with raw_socket(slack) as one, raw_socket(slack) as two:
        for number in range(20):
            workspace.post("Ada", "general", str(number))
        chosen = {parcel.connection for parcel in workspace.parcels}
        assert len(chosen) == 2
        for socket in (one, two):
            await socket.frame()


async def test_an_eleventh_socket_is_turned_away(slack: RunningWorkspace, workspace: Workspace) -> None:
    async def open_next(left: int) -> None:
        async with raw_socket(slack, hello=left > 0) as socket:
            if left == 0:
                assert (await socket.frame())["reason"] == "too_many_websockets"
                return
            await open_next(left - 1)

    await open_next(10)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_disconnect_is_announced_before_the_socket_closes(
    slack: RunningWorkspace, workspace: Workspace, reason: str
) -> None:
    async with raw_socket(slack) as socket:
        workspace.connections.announce_disconnect(reason)
        frame = await socket.frame()
        await socket.until_closed()
    assert (frame["type"], frame["reason"]) == ("disconnect", reason)
    await until(lambda: workspace.connections.open == ())


async def test_the_sdk_comes_back_after_a_disconnect_and_after_a_cut(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    heard = Heard()
    async with bolt_app(slack, heard):
        workspace.connections.announce_disconnect("refresh_requested")
        await until(lambda: workspace.connections.opened >= 2)
        workspace.connections.drop_all()
        await until(lambda: workspace.connections.opened >= 3)
        workspace.post("Ada", "general", "still there?")
        await until(lambda: "message" in heard.kinds())


async def test_a_black_hole_swallows_pings_and_events(slack: RunningWorkspace, workspace: Workspace) -> None:
    async with raw_socket(slack) as socket:
        workspace.connections.go_deaf()
        workspace.post("Ada", "general", "hello")
        await socket.socket.ping()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await socket.socket.receive()
        workspace.connections.recover()
        assert (await socket.frame())["type"] == "events_api"


async def test_the_sdk_leaves_a_black_hole(slack: RunningWorkspace, workspace: Workspace) -> None:
    heard = Heard()
    async with bolt_app(slack, heard):
        workspace.connections.go_deaf()
        await until(lambda: workspace.connections.opened >= 2)
        workspace.connections.recover()  # else the hole may get what is said, twice, and Slack waits a minute
        await until(lambda: len(workspace.connections.open) == 1)
        workspace.post("Ada", "general", "hello")
        await until(lambda: "message" in heard.kinds())


async def test_a_refused_connection_is_refused_until_it_is_allowed(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    workspace.faults.refuses_connections = True
    opening = AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)
    assert (await refusal(opening)).error == "internal_error"
    workspace.faults.clear()
    async with raw_socket(slack):
        assert len(workspace.connections.open) == 1


async def test_every_event_can_be_sent_twice_and_out_of_order(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    async with raw_socket(slack) as socket:
        workspace.delivery.twice = True
        workspace.delivery.delay = (0.01, 0.05)
        said = [workspace.post("Ada", "general", str(number)).ts for number in range(6)]
        frames = [await socket.frame() for _ in range(12)]
        for frame in frames:
            await socket.acknowledge(frame)
    order = [frame["payload"]["event"]["ts"] for frame in frames]
    assert sorted(order) == sorted(said * 2)
    assert order != sorted(order)


async def test_a_listener_that_fails_is_not_acknowledged(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, process_before_response=True)
    tries: list[str] = []

    @app.event("message")
    async def fail(body: dict[str, str]) -> None:
        tries.append(body["event_id"])
        raise RuntimeError("no database")

    handler = AsyncSocketModeHandler(app, slack.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt has no types there
    workspace.post("Ada", "general", "hello")
    await until(lambda: workspace.parcels[0].state is DeliveryState.GIVEN_UP)
    await handler.close_async()  # type: ignore[no-untyped-call] # nor there
    await handler.client.aiohttp_client_session.close()
    assert len(tries) == 4
    assert len(set(tries)) == 1
