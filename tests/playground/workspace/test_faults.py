import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Moment, RunningWorkspace, Workspace
from tests.playground.workspace.conftest import refusal
from tests.playground.workspace.listening import raw_socket, until


async def test_a_call_held_before_has_not_happened_yet(workspace: Workspace, client: AsyncWebClient) -> None:
    hold = workspace.faults.hold("chat.postMessage")
    call = asyncio.create_task(client.chat_postMessage(channel=workspace.general.id, text="hi"))
    await hold.arrived.wait()
    assert workspace.see("general") == ()
    hold.release()
    await call
    assert len(workspace.see("general")) == 1


async def test_a_call_held_after_has_happened_but_is_not_answered(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    hold = workspace.faults.hold("chat.postMessage", Moment.AFTER)
    call = asyncio.create_task(client.chat_postMessage(channel=workspace.general.id, text="hi"))
    await hold.arrived.wait()
    assert len(workspace.see("general")) == 1
    assert not call.done()
    hold.release(drop=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call
    assert workspace.calls.of("chat.postMessage")[0].answered is False


async def test_only_the_next_call_is_held(workspace: Workspace, client: AsyncWebClient) -> None:
    hold = workspace.faults.hold("auth.test")
    first = asyncio.create_task(client.auth_test())
    await hold.arrived.wait()
    await client.auth_test()
    hold.release()
    await first


async def test_a_dropped_answer_makes_the_sdks_default_client_post_twice(
    slack: RunningWorkspace, workspace: Workspace
) -> None:
    workspace.faults.drop_answer("chat.postMessage")
    default = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    await default.chat_postMessage(channel=workspace.general.id, text="hi")
    assert len(workspace.see("general")) == 2


async def test_an_answer_dropped_before_has_no_effect(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.drop_answer("chat.postMessage", moment=Moment.BEFORE)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=workspace.general.id, text="hi")
    assert workspace.see("general") == ()


async def test_the_next_calls_are_answered_an_error(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.answer_error("auth.test", "internal_error", times=2)
    for _ in range(2):
        assert (await refusal(client.auth_test())).error == "internal_error"
    await client.auth_test()


async def test_every_third_call_is_limited(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.limit("auth.test", 7, times=None, every=3)
    for _ in range(2):
        await client.auth_test()
        await client.auth_test()
        told = await refusal(client.auth_test())
        assert (told.status, told.headers["Retry-After"]) == (429, "7")


async def test_a_method_is_refused_until_it_is_allowed(workspace: Workspace, client: AsyncWebClient) -> None:
    workspace.faults.refuse("auth.test", "not_allowed_token_type")
    for _ in range(3):
        assert (await refusal(client.auth_test())).error == "not_allowed_token_type"
    workspace.faults.allow("auth.test")
    await client.auth_test()


async def test_clearing_releases_what_is_held(workspace: Workspace, client: AsyncWebClient) -> None:
    hold = workspace.faults.hold("auth.test")
    call = asyncio.create_task(client.auth_test())
    await hold.arrived.wait()
    workspace.faults.clear()
    await call


async def test_a_test_in_another_process_does_the_same_over_the_control_api(
    slack: RunningWorkspace, workspace: Workspace, client: AsyncWebClient
) -> None:
    async with aiohttp.ClientSession() as session:

        async def ask(verb: str, **arguments: object) -> dict[str, object]:
            async with session.post(f"{slack.control_url}/{verb}", json=arguments) as answer:
                assert answer.status == 200, await answer.text()
                return dict(await answer.json())

        said = await ask("post", person="Ada", channel="general", text="@Confab hello")
        hold = (await ask("hold", method="chat.postMessage"))["hold"]
        call = asyncio.create_task(client.chat_postMessage(channel=workspace.general.id, text="hi"))
        await ask("wait-for-hold", hold=hold)
        await ask("release", hold=hold)
        await call
        await ask("settings", rates=True, latency=0.001)
        assert workspace.rates.enforced
        await ask("refuse", method="chat.startStream")
        assert (await refusal(client.api_call("chat.startStream"))).error == "unknown_method"
        await ask("clear-faults")
        async with session.get(f"{slack.control_url}/state") as answer:
            state = await answer.json()
        async with session.get(f"{slack.control_url}/calls?method=chat.postMessage") as answer:
            calls = (await answer.json())["calls"]
        seen = (await ask("see", channel="general"))["messages"]
    assert [delivery["ts"] for delivery in state["deliveries"][:2]] == [said["ts"]] * 2
    assert [call["arguments"]["text"] for call in calls] == ["hi"]
    assert [each["text"] for each in seen] == ["@Confab hello", "hi"]  # type: ignore[attr-defined] # JSON


async def test_the_control_api_says_what_was_wrong_with_a_verb(slack: RunningWorkspace) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{slack.control_url}/post", json={"person": "Nobody"}) as answer:
            assert answer.status == 400
        async with session.post(f"{slack.control_url}/_message", json={}) as answer:
            assert answer.status == 404


async def test_sockets_are_cut_and_events_redelivered_over_the_control_api(slack: RunningWorkspace) -> None:
    async with aiohttp.ClientSession() as session, raw_socket(slack) as socket:
        slack.workspace.post("Ada", "general", "hello")
        await socket.acknowledge(await socket.frame())
        await until(slack.workspace.parcels[0].settled.is_set)
        async with session.post(f"{slack.control_url}/redeliver", json={}) as answer:
            assert answer.status == 200
        assert (await socket.frame())["retry_attempt"] == 1
        async with session.post(f"{slack.control_url}/drop-sockets", json={}) as answer:
            assert await answer.json() == {"dropped": 1}
        await socket.until_closed()
