"""What Slack kept: the messages of a channel or of a thread, as it hands them out again."""

from collections.abc import Mapping
from typing import Any

from bot.chat.characters import legible
from bot.chat.messages import Heard
from bot.chat.threads import ThreadKey
from bot.slack.calls import Calls
from bot.slack.inbound import message
from bot.slack.markup import readable


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


def words(entry: Mapping[str, Any], us: str) -> str:
    """What a bot's message says: its Markdown, its text, or what stands in its blocks and attachments."""
    if marked := markdown(entry):
        return marked
    text = entry.get("text")
    if isinstance(text, str) and text.strip():
        return readable(text, us)
    attached = [each for each in entry.get("attachments") or () if isinstance(each, dict)]
    inner = [str((each.get("text") or {}).get("text") or "") for each in _blocks(entry) if _is_section(each)]
    inner += [str(each.get("text") or each.get("fallback") or "") for each in attached]
    return readable("\n".join(each for each in inner if each), us)


def markdown(entry: Mapping[str, Any]) -> str:
    """The Markdown that a message was made from, where Slack kept it."""
    marked = [str(each.get("text") or "") for each in _blocks(entry) if each.get("type") == "markdown"]
    return legible("\n\n".join(marked)) if any(marked) else ""


def _blocks(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in entry.get("blocks") or () if isinstance(each, dict)]


def _is_section(block: Mapping[str, Any]) -> bool:
    return block.get("type") in ("section", "header") and isinstance(block.get("text"), dict)
