"""What an app posts to a `response_url`."""

from typing import Any

from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.interactions.response_urls import ResponseUrl
from bot.playground.workspace.messages import Message
from bot.playground.workspace.web_api.chat import new_message, thread_root
from bot.playground.workspace.web_api.content import read_content
from bot.playground.workspace.web_api.method import ApiCall
from bot.playground.workspace.workspace import Workspace

_FIELDS = frozenset(
    {
        "text",
        "blocks",
        "attachments",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "metadata",
        "mrkdwn",
        "parse",
        "link_names",
        "unfurl_links",
        "unfurl_media",
    }
)
_KINDS = (None, "ephemeral", "in_channel")


def respond(workspace: Workspace, ticket: str, body: Any) -> None:
    """Take one answer to an interaction.

    Raises:
        SlackError: the address is used up or too old, or Slack would refuse the message.
    """
    if not isinstance(body, dict) or not _FIELDS.issuperset(body):
        raise SlackError("invalid_payload")
    if body.get("response_type") not in _KINDS:
        raise SlackError("invalid_payload")
    url = workspace.response_urls.use(ticket)
    call = ApiCall(workspace, workspace.app, body)
    original = None if url.source is None else workspace.record.history.get(url.channel, url.source.ts)
    if call.flag("delete_original"):
        _remove(workspace, original)
    elif call.flag("replace_original") and original is not None:
        _replace(call, original)
    else:
        _say(call, url)


def _remove(workspace: Workspace, original: Message | None) -> None:
    if original is None:
        raise SlackError("message_not_found")
    if original.app_id != workspace.app.app_id:
        raise SlackError("cant_delete_message")
    if original.ephemeral_to is not None:
        workspace.record.history.remove(original)
    else:
        workspace.record.withdraw(original)


def _replace(call: ApiCall, original: Message) -> None:
    if original.app_id != call.app.app_id:
        raise SlackError("cant_update_message")
    content = read_content(call)
    change = call.workspace.record.revise if original.ephemeral_to is None else call.workspace.record.retouch
    change(original, text=content.body, blocks=content.blocks or (), attachments=content.attachments or ())


def _say(call: ApiCall, url: ResponseUrl) -> None:
    channel = call.workspace.team.channel(url.channel)
    content = read_content(call)
    message = new_message(call, channel, content, thread_root(call, channel), ephemeral_to=_reader(call, url))
    call.workspace.record.publish(message)


def _reader(call: ApiCall, url: ResponseUrl) -> str | None:
    return None if call.text("response_type") == "in_channel" else url.person
