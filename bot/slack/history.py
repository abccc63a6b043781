"""What Slack kept: the messages of a channel or of a thread, as it hands them out again."""

from collections.abc import Mapping
from typing import Any

from bot.chat.messages import Heard
from bot.slack.inbound import message


def entries(page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The messages of a page of `conversations.history` or `conversations.replies`, in Slack's order."""
    return [each for each in page.get("messages") or () if isinstance(each, dict)]


def as_heard(entry: Mapping[str, Any], channel_id: str, us: str) -> Heard | None:
    """An entry as its event would have told of it; None where it is no message. `us` is Confab's user id."""
    found = message({**entry, "type": "message", "channel": channel_id}, us)
    return found if isinstance(found, Heard) else None
