"""What Slack kept: the messages of a channel or of a thread, as it hands them out again."""

from collections.abc import Mapping
from typing import Any

from bot.chat.messages import Heard
from bot.chat.threads import ThreadKey
from bot.slack.calls import Calls
from bot.slack.inbound import message


def entries(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The messages of a page of `conversations.history` or `conversations.replies`, in Slack's order."""
    return [each for each in page.get("messages") or () if isinstance(each, dict)]


async def replies_since(calls: Calls, thread: ThreadKey, oldest: str) -> list[Mapping[str, Any]]:
    """What stands in a thread from that ts on, with its metadata: 200 messages, its root before them."""
    page = await calls.read(
        "conversations.replies",
        channel=thread.channel_id,
        ts=thread.root_ts,
        oldest=oldest,
        include_all_metadata=True,
        limit=200,
    )
    return entries(page)


def as_heard(entry: Mapping[str, Any], channel_id: str, us: str) -> Heard | None:
    """An entry as its event would have told of it; None where it is no message. `us` is Confab's user id."""
    found = message({**entry, "type": "message", "channel": channel_id}, us)
    return found if isinstance(found, Heard) else None
