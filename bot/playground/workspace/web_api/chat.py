"""Posting, changing and deleting messages."""

from dataclasses import replace

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.messages import JSON, Message
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.streams import expire
from bot.playground.workspace.web_api.content import (
    Content,
    brings_names_to_life,
    read_content,
    read_face,
    read_metadata,
)
from bot.playground.workspace.web_api.method import ApiCall, Method, origin_of


def writable_channel(call: ApiCall, channel_id: str | None = None) -> Channel:
    """The channel that the app may write to: the argument `channel`, or the one with that id.

    Raises:
        SlackError: `channel_not_found`, `not_in_channel`, `is_archived` or `messages_tab_disabled`.
    """
    channel = call.channel(channel_id=channel_id)
    if not channel.has(call.app.user_id) and not call.app.may("chat:write.public"):
        raise SlackError("not_in_channel")
    if channel.is_archived:
        raise SlackError("is_archived")
    if channel.id.startswith("D") and not call.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def thread_root(call: ApiCall, channel: Channel) -> str | None:
    """The root that an answer goes under; a reply's own ts leads to its root, as in Slack.

    Raises:
        SlackError: `invalid_thread_ts` for what is no timestamp, `thread_not_found` for one that names no
        message.
    """
    ts = call.text("thread_ts")
    if ts is None:
        return None
    seconds, _, micros = ts.partition(".")
    if not (seconds.isdigit() and micros.isdigit() and len(micros) == 6):
        raise SlackError("invalid_thread_ts")
    found = call.workspace.record.history.get(channel.id, ts)
    if found is None or found.ephemeral_to is not None:
        raise SlackError("thread_not_found")
    return found.root_ts


def own_message(call: ApiCall, channel: Channel, refusal: str) -> Message:
    """The message of that `ts`, as it is now.

    Raises:
        SlackError: `message_not_found`, or `refusal` if another wrote it.
    """
    workspace = call.workspace
    found = workspace.record.history.get(channel.id, call.word("ts"))
    if found is None or found.ephemeral_to is not None or found.is_tombstone:
        raise SlackError("message_not_found")
    if found.app_id != call.app.app_id:
        raise SlackError(refusal)
    return expire(workspace.record, found, workspace.clock(), workspace.limits)


def new_message(
    call: ApiCall, channel: Channel, content: Content, root: str | None, *, ephemeral_to: str | None = None
) -> Message:
    """A message of the calling app, not yet published."""
    face = read_face(call)
    return Message(
        channel.id,
        call.workspace.record.history.mint_ts(),
        call.app.user_id,
        content.body,
        thread_ts=root,
        subtype="bot_message" if face and face.name else None,
        blocks=content.blocks or (),
        attachments=content.attachments or (),
        metadata=None if ephemeral_to else read_metadata(call) or None,
        ephemeral_to=ephemeral_to,
        bot_id=call.app.bot_id,
        app_id=call.app.app_id,
        markdown=content.markdown is not None,
        links_names=brings_names_to_life(call, default_parse="none"),
        face=face,
    )


def post_message(call: ApiCall) -> JSON:
    """chat.postMessage."""
    channel = writable_channel(call)
    content = read_content(call)
    root = thread_root(call, channel)
    message = new_message(call, channel, content, root)
    if root is not None and call.flag("reply_broadcast"):
        message = replace(message, subtype="thread_broadcast")
    call.workspace.record.publish(message)
    call.workspace.surfaces.answered(channel.id, message.root_ts)
    shown = call.workspace.record.payloads.message(message, with_metadata=True)
    cut = len(call.text("text") or "") > call.workspace.limits.text
    warning = {"warning": "message_truncated"} if cut else {}
    return {"channel": channel.id, "ts": message.ts, "message": shown, **warning}


def post_ephemeral(call: ApiCall) -> JSON:
    """chat.postEphemeral."""
    channel = writable_channel(call)
    content = read_content(call)
    if not channel.has(call.word("user")):
        raise SlackError("user_not_in_channel")
    root = thread_root(call, channel)
    message = new_message(call, channel, content, root, ephemeral_to=call.word("user"))
    call.workspace.record.publish(message)
    return {"message_ts": message.ts}


def update(call: ApiCall) -> JSON:
    """chat.update: new text without blocks takes the old blocks away, as Slack documents."""
    workspace = call.workspace
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_inactive")
    message = own_message(call, channel, "cant_update_message")
    if message.stream is not None and message.stream.is_live:
        raise SlackError("streaming_state_conflict")
    content = read_content(call, text_limit=workspace.limits.update_text)
    metadata = read_metadata(call)
    given_text = content.text is not None or content.markdown is not None
    kept_blocks = () if given_text else message.blocks
    new = workspace.record.revise(
        message,
        text=content.body if given_text else message.text,
        markdown=content.markdown is not None,
        blocks=kept_blocks if content.blocks is None else content.blocks,
        attachments=message.attachments if content.attachments is None else content.attachments,
        metadata=message.metadata if metadata is None else metadata or None,
        links_names=brings_names_to_life(call, default_parse="client"),
        edited_by=message.edited_by if content.blocks else call.app.user_id,
        edited_ts=message.edited_ts if content.blocks else f"{int(workspace.clock())}.000000",
        stream=None,
    )
    shown = workspace.record.payloads.message(new, with_metadata=True)
    return {"channel": channel.id, "ts": new.ts, "text": new.text, "message": shown}


def delete(call: ApiCall) -> JSON:
    """chat.delete."""
    channel = call.channel()
    message = own_message(call, channel, "cant_delete_message")
    call.workspace.record.withdraw(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: ApiCall) -> JSON:
    """chat.getPermalink: it leads to where this workspace is served."""
    channel = call.channel()
    found = call.workspace.record.history.get(channel.id, call.word("message_ts"))
    if found is None or found.ephemeral_to is not None:
        raise SlackError("message_not_found")
    link = f"{origin_of(call.base_url)}/archives/{channel.id}/p{found.ts.replace('.', '')}"
    if found.thread_ts is not None:
        link += f"?thread_ts={found.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


_BODY = ("text", "blocks", "attachments", "markdown_text", "parse", "link_names", "as_user")
_IDENTITY = ("username", "icon_emoji", "icon_url")
_POSTING = ("thread_ts", "mrkdwn", "reply_broadcast", "unfurl_links", "unfurl_media", "unfurl_app_links")

METHODS = (
    Method(
        "chat.postMessage",
        post_message,
        Tier.POST,
        ("channel",),
        (*_BODY, *_IDENTITY, *_POSTING, "metadata", "container_id"),
        ("chat:write",),
    ),
    Method(
        "chat.postEphemeral",
        post_ephemeral,
        Tier.FOUR,
        ("channel", "user"),
        (*_BODY, *_IDENTITY, "thread_ts", "metadata"),
        ("chat:write",),
    ),
    Method(
        "chat.update",
        update,
        Tier.THREE,
        ("channel", "ts"),
        (*_BODY, "metadata", "file_ids", "reply_broadcast"),
        ("chat:write",),
    ),
    Method("chat.getPermalink", permalink, Tier.SPECIAL, ("channel", "message_ts")),
    Method("chat.delete", delete, Tier.THREE, ("channel", "ts"), ("as_user",), ("chat:write",)),
)
