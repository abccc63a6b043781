"""Methods that read: conversations, people, the team."""

from collections.abc import Sequence
from typing import TypeVar

from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.web_api.method import ApiCall, Method

_Item = TypeVar("_Item")

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_TYPES = ("public_channel", "private_channel", "mpim", "im")


def _page(
    call: ApiCall, items: Sequence[_Item], *, default: int, most: int = 1_000
) -> tuple[list[_Item], str]:
    """The page that `cursor` and `limit` ask for, and the cursor of the next; empty after the last."""
    cursor = call.text("cursor") or ""
    if cursor and not (cursor.startswith("next:") and cursor[5:].isdigit()):
        raise SlackError("invalid_cursor")
    start = int(cursor[5:]) if cursor else 0
    limit = call.number("limit", default)
    if not 0 < limit <= most:
        raise SlackError("invalid_limit")
    end = start + limit
    return list(items[start:end]), f"next:{end}" if end < len(items) else ""


def _may(call: ApiCall, channel: Channel, right: str) -> Channel:
    call.need(f"{channel.kind.scope_family}:{right}")
    return channel


def info(call: ApiCall) -> JSON:
    """conversations.info."""
    channel = _may(call, call.channel(), "read")
    with_members = call.flag("include_num_members")
    payloads = call.workspace.record.payloads
    return {"channel": payloads.channel(channel, viewer=call.app.user_id, with_members=with_members)}


def members(call: ApiCall) -> JSON:
    """conversations.members."""
    channel = _may(call, call.channel(), "read")
    page, cursor = _page(call, channel.members, default=100)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def replies(call: ApiCall) -> JSON:
    """conversations.replies: the root on every page's top, metadata of the app's own messages on demand."""
    channel = _may(call, call.channel(joined=True), "history")
    record = call.workspace.record
    asked = record.history.get(channel.id, call.word("ts"))
    if asked is None or asked.ephemeral_to is not None:
        raise SlackError("thread_not_found")
    root = record.history.get(channel.id, asked.root_ts)
    found = [reply for reply in record.history.replies(channel.id, asked.root_ts) if _within(call, reply.ts)]
    page, cursor = _page(call, found, default=1_000)
    all_metadata = call.flag("include_all_metadata")
    shown = [
        record.payloads.message(message, with_metadata=all_metadata)
        for message in ([root] if root else []) + page
    ]
    return {"messages": shown, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def history(call: ApiCall) -> JSON:
    """conversations.history: what shows in the channel itself, the newest first."""
    channel = _may(call, call.channel(joined=True), "history")
    record = call.workspace.record
    shown = [
        each
        for each in record.history.channel(channel.id)
        if each.shows_in_channel and each.ephemeral_to is None and _within(call, each.ts)
    ]
    page, cursor = _page(call, shown[::-1], default=100)
    all_metadata = call.flag("include_all_metadata")
    messages = [record.payloads.message(message, with_metadata=all_metadata) for message in page]
    return {"messages": messages, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _within(call: ApiCall, ts: str) -> bool:
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9999999999.999999"
    moment = float(ts)
    if call.flag("inclusive"):
        return float(oldest) <= moment <= float(latest)
    return float(oldest) < moment < float(latest)


def open_conversation(call: ApiCall) -> JSON:
    """conversations.open: by the ids of people, or by a channel that is one already."""
    workspace = call.workspace
    if call.has("channel"):
        channel = call.channel()
        return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}
    people = [each.strip() for each in call.word("users").split(",") if each.strip()]
    if not people:
        raise SlackError("users_list_not_supplied")
    call.need("im:write" if len(people) == 1 else "mpim:write")
    if any(workspace.team.find_person(person) is None for person in people):
        raise SlackError("user_not_found")
    if call.app.user_id in people:
        raise SlackError("cannot_dm_bot")
    channel = workspace.team.direct(*people, call.app.user_id)
    whole = workspace.record.payloads.channel(channel, viewer=call.app.user_id)
    return {"channel": whole if call.flag("return_im") else {"id": channel.id}}


def user_info(call: ApiCall) -> JSON:
    """users.info."""
    person = call.workspace.team.find_person(call.word("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": call.workspace.record.payloads.person(person)}


def user_conversations(call: ApiCall) -> JSON:
    """users.conversations: the channels that a person and the app share."""
    workspace = call.workspace
    asked = [each.strip() for each in (call.text("types") or "public_channel").split(",")]
    if any(each not in _TYPES for each in asked):
        raise SlackError("invalid_types")
    person = call.text("user") or call.app.user_id
    if workspace.team.find_person(person) is None:
        raise SlackError("user_not_found")
    kinds = [kind for kind in ChannelKind if kind.type_filter in asked]
    for kind in kinds:
        call.need(f"{kind.scope_family}:read")
    skip_archived = call.flag("exclude_archived")
    found = [
        channel
        for channel in workspace.team.channels
        if channel.kind in kinds
        and channel.has(person)
        and (channel.kind is ChannelKind.PUBLIC or channel.has(call.app.user_id))
        and not (skip_archived and channel.is_archived)
    ]
    page, cursor = _page(call, found, default=100)
    shown = [workspace.record.payloads.channel(channel, viewer=call.app.user_id) for channel in page]
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


def team_info(call: ApiCall) -> JSON:
    """team.info."""
    team = call.workspace.team
    if call.text("team") not in (None, team.id):
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": team.id,
            "name": team.name,
            "domain": team.domain,
            "url": f"https://{team.domain}.slack.test/",
        }
    }


def auth_test(call: ApiCall) -> JSON:
    """auth.test."""
    team = call.workspace.team
    return {
        "url": f"https://{team.domain}.slack.test/",
        "team": team.name,
        "user": call.app.name.lower(),
        "team_id": team.id,
        "user_id": call.app.user_id,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


_PAGE = ("cursor", "limit")

METHODS = (
    Method("auth.test", auth_test, Tier.SPECIAL),
    Method(
        "team.info",
        team_info,
        Tier.THREE,
        (),
        ("team", "domain", "include_slackbot_availability"),
        ("team:read",),
    ),
    Method("users.info", user_info, Tier.FOUR, ("user",), ("include_locale",), ("users:read",)),
    Method(
        "users.conversations",
        user_conversations,
        Tier.THREE,
        (),
        (*_PAGE, "user", "types", "exclude_archived", "team_id"),
        _READ,
    ),
    Method(
        "conversations.info",
        info,
        Tier.THREE,
        ("channel",),
        ("include_locale", "include_num_members"),
        _READ,
    ),
    Method("conversations.members", members, Tier.FOUR, ("channel",), _PAGE, _READ),
    Method(
        "conversations.replies",
        replies,
        Tier.THREE,
        ("channel", "ts"),
        (*_PAGE, "oldest", "latest", "inclusive", "include_all_metadata"),
        _HISTORY,
    ),
    Method(
        "conversations.history",
        history,
        Tier.THREE,
        ("channel",),
        (*_PAGE, "oldest", "latest", "inclusive", "include_all_metadata"),
        _HISTORY,
    ),
    Method(
        "conversations.open",
        open_conversation,
        Tier.THREE,
        (),
        ("channel", "users", "return_im", "prevent_creation"),
        ("im:write", "mpim:write"),
    ),
)
