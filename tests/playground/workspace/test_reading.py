from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.workspace import Workspace
from tests.playground.workspace.conftest import refusal


async def test_a_thread_is_read_in_pages_that_all_begin_with_its_root(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    root = workspace.post("Ada", "general", "root")
    for number in range(5):
        workspace.post("Grace", "general", str(number), thread_ts=root.ts)
    first = await client.conversations_replies(channel=root.channel, ts=root.ts, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel=root.channel, ts=root.ts, limit=3, cursor=cursor)
    assert [each["text"] for each in first["messages"]] == ["root", "0", "1", "2"]
    assert [each["text"] for each in second["messages"]] == ["root", "3", "4"]
    assert (first["has_more"], second["has_more"]) == (True, False)
    assert first["messages"][0]["reply_count"] == 5


async def test_metadata_is_shown_on_demand(workspace: Workspace, client: AsyncWebClient) -> None:
    root = workspace.post("Ada", "general", "root")
    metadata = {"event_type": "turn", "event_payload": {"id": "7"}}
    await client.chat_postMessage(channel=root.channel, thread_ts=root.ts, text="a", metadata=metadata)
    for asked in (False, True):
        answer = await client.conversations_replies(
            channel=root.channel, ts=root.ts, include_all_metadata=asked
        )
        assert answer["messages"][1].get("metadata") == (metadata if asked else None)


async def test_threads_out_of_reach_are_refused(workspace: Workspace, client: AsyncWebClient) -> None:
    root = workspace.post("Ada", "random", "hello")
    told = await refusal(client.conversations_replies(channel=root.channel, ts=root.ts))
    assert told.error == "not_in_channel"
    missing = client.conversations_replies(channel=workspace.general.id, ts="1700000000.000100")
    assert (await refusal(missing)).error == "thread_not_found"


async def test_scopes_count_by_kind_of_channel(workspace: Workspace, client: AsyncWebClient) -> None:
    shown = await client.conversations_info(channel=workspace.launch.id, include_num_members=True)
    assert (shown["channel"]["is_private"], shown["channel"]["num_members"]) == (True, 2)
    told = await refusal(client.conversations_info(channel=workspace.direct("Ada").id))
    assert (told.error, told.body["needed"]) == ("missing_scope", "im:read")


async def test_private_channels_of_others_stay_hidden(workspace: Workspace, client: AsyncWebClient) -> None:
    answer = await client.users_conversations(
        user=workspace.grace.id, types=["public_channel", "private_channel"]
    )
    names = [channel["name"] for channel in answer["channels"]]
    assert names == ["general", "xbox-support", "random"]


async def test_members_come_in_pages(workspace: Workspace, client: AsyncWebClient) -> None:
    first = await client.conversations_members(channel=workspace.general.id, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_members(channel=workspace.general.id, limit=3, cursor=cursor)
    assert (*first["members"], *rest["members"]) == workspace.general.members
    bad = client.conversations_members(channel=workspace.general.id, cursor="x")
    assert (await refusal(bad)).error == "invalid_cursor"


async def test_people_are_described_and_strangers_less(workspace: Workspace, client: AsyncWebClient) -> None:
    ada = (await client.users_info(user=workspace.ada.id))["user"]
    assert (ada["is_admin"], ada["profile"]["display_name"], ada["is_bot"]) == (True, "Ada", False)
    guest = workspace.add_person("Edsger", team_id="T0ELSEWHERE")
    stranger = (await client.users_info(user=guest.id))["user"]
    assert stranger["is_stranger"]
    assert "is_admin" not in stranger
    assert (await refusal(client.users_info(user="U0NONE"))).error == "user_not_found"


async def test_a_direct_message_is_opened_once(workspace: Workspace, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users=[workspace.ada.id])
    assert opened["channel"]["id"] == workspace.direct("Ada").id
    assert (await refusal(client.conversations_open(users="U0NONE"))).error == "user_not_found"
    both = client.conversations_open(users=[workspace.ada.id, workspace.grace.id])
    assert (await refusal(both)).body["needed"] == "mpim:write"


async def test_the_team_needs_a_scope_that_the_manifest_does_not_ask_for(client: AsyncWebClient) -> None:
    assert (await refusal(client.team_info())).body["needed"] == "team:read"


async def test_guests_are_told_apart(workspace: Workspace, client: AsyncWebClient) -> None:
    guest = workspace.add_person("Linus", is_guest=True)
    single = workspace.add_person("Donald", is_single_channel_guest=True)
    told = [(await client.users_info(user=each.id))["user"] for each in (workspace.grace, guest, single)]
    assert [(each["is_restricted"], each["is_ultra_restricted"]) for each in told] == [
        (False, False),
        (True, False),
        (True, True),
    ]


async def test_a_link_leads_to_a_message_and_to_a_reply_in_its_thread(
    workspace: Workspace, client: AsyncWebClient
) -> None:
    root = workspace.post("Ada", "general", "root")
    reply = workspace.post("Ada", "general", "reply", thread_ts=root.ts)
    link = (await client.chat_getPermalink(channel=root.channel, message_ts=root.ts))["permalink"]
    assert link == f"{workspace.origin}/archives/{root.channel}/p{root.ts.replace('.', '')}"
    link = (await client.chat_getPermalink(channel=root.channel, message_ts=reply.ts))["permalink"]
    assert link.endswith(f"?thread_ts={root.ts}&cid={root.channel}")
    missing = client.chat_getPermalink(channel=root.channel, message_ts="1.000001")
    assert (await refusal(missing)).error == "message_not_found"
