"""The life of a streamed message: what ends it besides the app."""

from dataclasses import replace

from bot.playground.workspace.limits import Limits
from bot.playground.workspace.messages import Message, StreamState
from bot.playground.workspace.record import Record


def expire(record: Record, message: Message, now: float, limits: Limits) -> Message:
    """The message as it is now: a stream past its life has ended, traffic or not.

    Slack promises no such life; about five minutes is what people measured.
    """
    stream = message.stream
    if stream is None or not stream.is_live or now - stream.started < limits.stream_life:
        return message
    return record.revise(message, stream=replace(stream, state=StreamState.ERRORED))


def stop_by_person(record: Record, channel: str, thread_ts: str) -> tuple[str, ...]:
    """End every live stream of a thread because somebody pressed Stop; says which."""
    stopped = []
    for message in record.history.thread(channel, thread_ts):
        if message.stream is not None and message.stream.is_live:
            ended = replace(message.stream, state=StreamState.COMPLETED, stopped_by_user=True)
            record.revise(message, stream=ended)
            stopped.append(message.ts)
    return tuple(stopped)
