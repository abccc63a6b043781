import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from bot.playground.workspace.encoding import encode
from bot.playground.workspace.sight import readable


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("@Ada: hi", "<@{ada}>: hi"),
        ("@ADA hi", "<@{ada}> hi"),
        ("mail@Ada.test", "mail@Ada.test"),
        ("@Adam", "@Adam"),
        ("@channel look", "<!channel> look"),
        ("see #general.", "see <#{general}|general>."),
        ("see https://x.test/?a=1&b=2.", "see <https://x.test/?a=1&amp;b=2>."),
        ("<@U0FORGED>", "&lt;@U0FORGED&gt;"),
    ],
)
async def test_typed_text_is_stored_as_slack_encodes_it(
    workspace: Workspace, typed: str, stored: str
) -> None:
    expected = stored.format(ada=workspace.ada.id, general=workspace.general.id)
    encoded = encode(typed, workspace.team)
    assert encoded == expected
    assert readable(encoded, workspace.team).lower() == typed.lower()


@pytest.mark.parametrize(
    ("arguments", "targets"),
    [
        ({"text": "<!channel> and <!here|here>"}, ["!channel", "!here"]),
        ({"text": "<@UADA>"}, ["@UADA"]),
        ({"text": "@channel"}, []),
        ({"text": "@channel", "link_names": True}, ["!channel"]),
        ({"text": "x", "parse": "full"}, []),
        ({"markdown_text": "@everyone"}, ["!everyone"]),
        ({"markdown_text": "@\u200beveryone and <https://x.test|x>"}, []),
        ({"text": "x", "blocks": [{"type": "markdown", "text": "<!subteam^S0X>"}]}, ["!subteam^S0X"]),
        (
            {"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<!here>"}}]},
            [],
        ),
    ],
)
async def test_it_is_recorded_who_was_pinged(
    workspace: Workspace, client: AsyncWebClient, arguments: dict[str, object], targets: list[str]
) -> None:
    await client.api_call("chat.postMessage", json={"channel": workspace.general.id, **arguments})
    assert [ping.target for ping in workspace.pings] == targets


async def test_a_ping_put_together_from_chunks_is_recorded_once(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    root = workspace.post("Ada", workspace.direct("Ada"), "@channel hello")
    assert not workspace.pings
    started = await client.chat_startStream(channel=root.channel, thread_ts=root.ts, markdown_text="<!cha")
    where = {"channel": started["channel"], "ts": started["ts"]}
    await client.chat_appendStream(**where, markdown_text="nnel> hi")
    await client.chat_stopStream(**where)
    assert [(ping.target, ping.ts) for ping in workspace.pings] == [("!channel", started["ts"])]


async def test_an_update_without_parse_brings_bare_mentions_to_life(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel=workspace.general.id, text="hi")
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    await client.chat_update(**where, text="@here", parse="none")
    assert not workspace.pings
    await client.chat_update(**where, text="@here")
    assert [ping.target for ping in workspace.pings] == ["!here"]


async def test_a_page_follows_the_changes(workspace: Workspace) -> None:
    async with workspace.changes.subscribe() as changes, asyncio.timeout(60):
        said = workspace.post("Ada", "general", "hello")
        change = await anext(changes)
    assert (change.what, change.channel, change.ts) == ("message", said.channel, said.ts)


async def test_no_text_and_no_token_is_in_a_repr(workspace: Workspace) -> None:
    said = workspace.post("Ada", "general", "the secret plan")
    assert "secret" not in repr(said)
    assert "secret" not in repr(workspace.parcels)
    assert "secret" not in repr(workspace.see("general"))
