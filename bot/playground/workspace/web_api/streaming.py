"""Streamed messages: started, appended to, stopped."""

from dataclasses import dataclass, field, replace

from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.errors import SlackError
from bot.playground.workspace.messages import JSON, Message, Stream, StreamState
from bot.playground.workspace.rates import Tier
from bot.playground.workspace.surfaces import SessionStatus
from bot.playground.workspace.web_api.chat import own_message, thread_root, writable_channel
from bot.playground.workspace.web_api.content import (
    check_message_blocks,
    read_blocks,
    read_face,
    read_metadata,
)
from bot.playground.workspace.web_api.method import ApiCall, Method

_TASK = {"type", "id", "title", "status", "details", "output", "sources"}
_TASK_STATES = ("pending", "in_progress", "complete", "error")
_DISPLAY_MODES = ("timeline", "plan", "dense")


@dataclass(slots=True)
class Piece:
    """What one call adds to a stream, and through which argument."""

    text: str = field(default="", repr=False)
    mode: str | None = None
    tasks: list[JSON] = field(default_factory=list, repr=False)
    plan: str | None = field(default=None, repr=False)
    blocks: list[JSON] = field(default_factory=list, repr=False)


def read_piece(call: ApiCall) -> Piece:
    """The text or the chunks of a call; both together Slack refuses.

    Raises:
        SlackError: `cannot_provide_both_markdown_text_and_chunks`, `invalid_chunks` or `msg_too_long`.
    """
    text, chunks = call.text("markdown_text"), call.listing("chunks", "invalid_chunks")
    if text is not None and chunks is not None:
        raise SlackError("cannot_provide_both_markdown_text_and_chunks")
    piece = Piece(text or "", "markdown_text" if text else None)
    for index, chunk in enumerate(chunks or ()):
        _read_chunk(piece, chunk, index, call)
    if chunks:
        piece.mode = "chunks"
    if len(piece.text) > call.workspace.limits.markdown_text:
        raise SlackError("msg_too_long")
    return piece


def _read_chunk(piece: Piece, chunk: JSON, index: int, call: ApiCall) -> None:
    match chunk:
        case {"type": "markdown_text", "text": str(text), **rest} if not rest:
            piece.text += text
        case {"type": "plan_update", "title": str(title), **rest} if not rest:
            piece.plan = title
        case {"type": "task_update", "id": str(), "title": str(), "status": status} if (
            status in _TASK_STATES and set(chunk) <= _TASK
        ):
            piece.tasks.append(chunk)
        case {"type": "blocks", "blocks": list(blocks), **rest} if not rest:
            check_message_blocks(blocks, call.workspace.limits)
            piece.blocks += blocks
        case _:
            raise SlackError("invalid_chunks", f"[ERROR] invalid chunk [json-pointer:/chunks/{index}]")


def start(call: ApiCall) -> JSON:
    """chat.startStream."""
    workspace = call.workspace
    channel = writable_channel(call)
    root = thread_root(call, channel)
    recipient = _recipient(call, channel)
    if call.has("task_display_mode") and call.word("task_display_mode") not in _DISPLAY_MODES:
        reason = "[ERROR] must be a valid enum value [json-pointer:/task_display_mode]"
        raise SlackError("invalid_arguments", reason)
    piece = read_piece(call)
    stream = Stream(StreamState.IN_PROGRESS, workspace.clock(), recipient)
    message = Message(
        channel.id,
        workspace.record.history.mint_ts(),
        call.app.user_id,
        "",
        thread_ts=root,
        subtype="bot_message",
        bot_id=call.app.bot_id,
        app_id=call.app.app_id,
        markdown=True,
        stream=stream,
        face=read_face(call),
    )
    message = _grown(message, stream, piece, call)
    workspace.record.publish(message)
    _set_session(call, message, SessionStatus.PROCESSING)
    return {"channel": channel.id, "ts": message.ts}


def append(call: ApiCall) -> JSON:
    """chat.appendStream."""
    channel = call.channel(joined=True)
    message, stream = _live(call, channel)
    piece = read_piece(call)
    if piece.mode is None:
        raise SlackError("markdown_text_or_chunks_required")
    record = call.workspace.record
    revise = record.revise if call.workspace.limits.appends_are_announced else record.retouch
    new = _grown(message, stream, piece, call)
    revise(message, text=new.text, stream=new.stream, blocks=new.blocks)
    return {"channel": channel.id, "ts": message.ts}


def stop(call: ApiCall) -> JSON:
    """chat.stopStream: the one call of the three that takes blocks and metadata."""
    record = call.workspace.record
    channel = call.channel(joined=True)
    message, stream = _live(call, channel)
    piece = read_piece(call)
    blocks = read_blocks(call, "blocks") or []
    metadata = read_metadata(call)
    status = _status(call)
    grown = _grown(message, stream, piece, call)
    if not (grown.text.strip() or grown.blocks or blocks or piece.tasks or stream.tasks):
        raise SlackError("no_text")
    ended = replace(grown.stream or stream, state=StreamState.COMPLETED)
    new = record.revise(
        message, text=grown.text, stream=ended, blocks=(*grown.blocks, *blocks), metadata=metadata or None
    )
    _set_session(call, new, status)
    shown = record.payloads.message(new, with_metadata=True)
    return {"channel": channel.id, "ts": new.ts, "message": shown}


def _grown(message: Message, stream: Stream, piece: Piece, call: ApiCall) -> Message:
    """The message with the piece added.

    Raises:
        SlackError: `streaming_mode_mismatch`, or `msg_too_long` past what one stream takes in all.
    """
    if piece.mode is not None and stream.mode not in (None, piece.mode):
        raise SlackError("streaming_mode_mismatch")
    text = message.text + piece.text
    if len(text) > call.workspace.limits.stream_text:
        raise SlackError("msg_too_long")
    tasks = {task["id"]: task for task in (*stream.tasks, *piece.tasks)}
    grown = replace(
        stream,
        first=stream.first or piece.text,
        mode=stream.mode or piece.mode,
        tasks=tuple(tasks.values()),
        plan=piece.plan or stream.plan,
    )
    return replace(message, text=text, stream=grown, blocks=(*message.blocks, *piece.blocks))


def _live(call: ApiCall, channel: Channel) -> tuple[Message, Stream]:
    message = own_message(call, channel, "message_not_owned_by_app")
    stream = message.stream
    if stream is not None and stream.stopped_by_user:
        raise SlackError("stopped_by_user")
    if stream is None or not stream.is_live:
        raise SlackError("message_not_in_streaming_state")
    return message, stream


def _recipient(call: ApiCall, channel: Channel) -> str | None:
    """Who reads along live. In a direct message that is the other one; elsewhere it has to be said.

    Raises:
        SlackError: `missing_recipient_team_id`, `missing_recipient_user_id`, `user_not_found`,
        `team_not_found`.
    """
    user, team = call.text("recipient_user_id"), call.text("recipient_team_id")
    if channel.kind is ChannelKind.DIRECT:
        return user or next((member for member in channel.members if member != call.app.user_id), None)
    if not team:
        raise SlackError("missing_recipient_team_id")
    if not user:
        raise SlackError("missing_recipient_user_id")
    person = call.workspace.team.find_person(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.team_id != team:
        raise SlackError("team_not_found")
    return user


def _status(call: ApiCall) -> SessionStatus:
    try:
        return SessionStatus(call.text("session_status") or "active")
    except ValueError as fault:
        raise SlackError(
            "invalid_arguments", "[ERROR] must be a valid enum value [json-pointer:/session_status]"
        ) from fault


def _set_session(call: ApiCall, message: Message, status: SessionStatus) -> None:
    if call.app.is_agent:
        call.workspace.surfaces.set_status(message.channel, message.root_ts, status)
        call.workspace.record.tell("session", channel=message.channel, thread_ts=message.root_ts)


_PIECE = ("markdown_text", "chunks")

METHODS = (
    Method(
        "chat.startStream",
        start,
        Tier.TWO,
        ("channel", "thread_ts"),
        (
            *_PIECE,
            "recipient_team_id",
            "recipient_user_id",
            "task_display_mode",
            "icon_emoji",
            "icon_url",
            "username",
        ),
        ("chat:write",),
    ),
    Method("chat.appendStream", append, Tier.FOUR, ("channel", "ts"), _PIECE, ("chat:write",)),
    Method(
        "chat.stopStream",
        stop,
        Tier.TWO,
        ("channel", "ts"),
        (*_PIECE, "blocks", "metadata", "session_status"),
        ("chat:write",),
    ),
)
