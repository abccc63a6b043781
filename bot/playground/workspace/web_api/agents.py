"""Agent sessions, the older status line, and suggested prompts."""

from bot.playground.workspace.channels import Channel
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.messages import JSON
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.surfaces import SessionStatus
from bot.playground.workspace.web_api.content import read_face
from bot.playground.workspace.web_api.method import ApiCall, Method

_STOP = "agent_session_stopped"


def _place(call: ApiCall) -> tuple[Channel, str]:
    """The channel and the root of the thread that a session belongs to.

    Raises:
        SlackError: `channel_not_found`, `not_in_channel` or `invalid_thread_ts`.
    """
    channel = call.channel("channel_id", joined=True)
    ts = call.text("thread_ts")
    found = call.workspace.record.history.get(channel.id, ts) if ts else None
    if found is None:
        raise SlackError("invalid_thread_ts")
    return channel, found.root_ts


def _changed(call: ApiCall, channel: Channel, root: str) -> None:
    call.workspace.record.tell("session", channel=channel.id, thread_ts=root)


def set_status(call: ApiCall) -> JSON:
    """agents.sessions.setStatus: a closed list of words; no free text, and nothing to clear it with."""
    if not call.app.is_agent:
        raise SlackError("not_authorized")
    try:
        status = SessionStatus(call.word("status"))
    except ValueError as fault:
        reason = "[ERROR] must be a valid enum value [json-pointer:/status]"
        raise SlackError("invalid_arguments", reason) from fault
    title = call.text("title") or ""
    _check_title(call, title)
    read_face(call)
    channel, root = _place(call)
    session = call.workspace.surfaces.set_status(channel.id, root, status, title)
    _changed(call, channel, root)
    body: JSON = {"session": {"status": session.status.value, "title": session.title}}
    if status is SessionStatus.PROCESSING and not call.app.hears(_STOP):
        warning = f"missing_{_STOP}_event_subscription"
        body |= {"warning": warning, "response_metadata": {"warnings": [warning]}}
    return body


def rename(call: ApiCall) -> JSON:
    """agents.sessions.rename."""
    if not call.app.is_agent:
        raise SlackError("not_authorized")
    _check_title(call, call.word("title"))
    channel, root = _place(call)
    if call.workspace.surfaces.rename(channel.id, root, call.word("title")) is None:
        raise SlackError("session_not_found")
    _changed(call, channel, root)
    return {}


def _check_title(call: ApiCall, title: str) -> None:
    if len(title) > call.workspace.limits.session_title:
        raise SlackError("invalid_arguments", "[ERROR] title is too long [json-pointer:/title]")


def set_line(call: ApiCall) -> JSON:
    """assistant.threads.setStatus: free text, gone after two minutes or with an empty one."""
    call.need("assistant:write", "chat:write")
    channel, root = _place(call)
    messages = call.structure("loading_messages", "invalid_arguments") or []
    if not isinstance(messages, list) or len(messages) > call.workspace.limits.loading_messages:
        raise SlackError("invalid_arguments", "[ERROR] too many [json-pointer:/loading_messages]")
    read_face(call)
    call.workspace.surfaces.set_line(channel.id, root, call.text("status") or "")
    _changed(call, channel, root)
    return {}


def set_prompts(call: ApiCall) -> JSON:
    """assistant.threads.setSuggestedPrompts: with a thread_ts, an agent's call is taken and does nothing."""
    if not call.app.is_agent:
        raise SlackError("not_agent_app")
    channel = call.channel("channel_id", joined=True)
    prompts = call.listing("prompts", "invalid_arguments") or []
    right = all(
        isinstance(each.get("title"), str) and isinstance(each.get("message"), str) for each in prompts
    )
    if not right or not 0 < len(prompts) <= call.workspace.limits.suggested_prompts:
        raise SlackError("invalid_arguments", "[ERROR] must be 1 to 4 prompts [json-pointer:/prompts]")
    if not call.has("thread_ts"):
        call.workspace.surfaces.prompts[channel.id] = {"title": call.text("title") or "", "prompts": prompts}
        call.workspace.record.tell("prompts", channel=channel.id)
    return {}


_ICONS = ("icon_emoji", "icon_url", "username")

METHODS = (
    Method(
        "agents.sessions.setStatus",
        set_status,
        Tier.THREE,
        ("channel_id", "status"),
        ("thread_ts", "title", "initiator_user_id", *_ICONS),
        ("chat:write",),
    ),
    Method(
        "agents.sessions.rename",
        rename,
        Tier.THREE,
        ("channel_id", "title"),
        ("thread_ts",),
        ("chat:write",),
    ),
    Method(
        "assistant.threads.setStatus",
        set_line,
        Tier.SPECIAL,
        ("channel_id", "thread_ts"),
        ("status", "loading_messages", *_ICONS),
        ("assistant:write", "chat:write"),
    ),
    Method(
        "assistant.threads.setSuggestedPrompts",
        set_prompts,
        Tier.FOUR,
        ("channel_id", "prompts"),
        ("thread_ts", "title"),
        ("assistant:write",),
    ),
)
