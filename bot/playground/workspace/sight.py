"""What people see: every message as it reads on the screen, and who was pinged by it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from bot.playground.workspace.history import History
from bot.playground.workspace.messages import JSON, Message
from bot.playground.workspace.team import Team

_TOKEN = re.compile(r"<([@#!]?)([^<>|\s]+(?: [^<>|]*)?)(?:\|([^<>]*))?>")
_PING = re.compile(r"<(@[UW][A-Z0-9]+|!channel|!here|!everyone|!subteam\^[A-Z0-9]+)(?:\|[^<>]*)?>")
_BARE = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")


_CONTROLS = frozenset({"actions", "context_actions"})
_PARTS = (
    "text",
    "label",
    "title",
    "placeholder",
    "positive_button",
    "negative_button",
    "fields",
    "elements",
    "options",
    "accessory",
    "element",
)


@dataclass(frozen=True, slots=True)
class Ping:
    """Somebody was notified by a bot's message.

    `target` is `@U..`, `!channel`, `!here`, `!everyone` or `!subteam^..`.
    """

    channel: str
    ts: str
    author: str | None
    target: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as one viewer sees it. `streaming` says that more text is still to come."""

    ts: str
    thread_ts: str | None
    author: str
    author_name: str
    text: str = field(repr=False)
    streaming: bool = False
    edited: bool = False
    ephemeral: bool = False
    tombstone: bool = False


def pings(message: Message) -> tuple[Ping, ...]:
    """Every live mention in a message: in its text, blocks, attachments and tasks.

    Which tokens a Markdown body honours is not documented, so all of them count there, a bare `@channel` too.
    """
    found: dict[str, None] = {}
    for text, bare in _pinging_texts(message):
        found |= dict.fromkeys(_PING.findall(text))
        if bare:
            found |= dict.fromkeys(f"!{word}" for word in _BARE.findall(text))
    return tuple(Ping(message.channel, message.ts, message.user, target) for target in found)


def _pinging_texts(message: Message) -> Iterator[tuple[str, bool]]:
    yield message.text, message.markdown or message.links_names
    for block in (*message.blocks, *message.attachments):
        is_markdown = block.get("type") == "markdown"
        for text in _strings(block):
            yield text, is_markdown or message.links_names
    if message.stream is not None:
        for task in message.stream.tasks:
            for text in _strings(task):
                yield text, True
        yield message.stream.plan or "", True


def _strings(value: object) -> Iterator[str]:
    """Every string somewhere inside, except plain_text, in which Slack resolves no mention."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        if value.get("type") != "plain_text":
            for each in value.values():
                yield from _strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _strings(each)


def readable(text: str, team: Team) -> str:
    """Slack's encoding as it reads on the screen: names for ids, labels for links, no escapes."""
    return unescape(_TOKEN.sub(lambda token: _spoken(token, team), text))


def _spoken(token: re.Match[str], team: Team) -> str:
    mark, target, label = token.groups()
    if mark == "@":
        person = team.find_person(target)
        return f"@{person.display_name if person else label or target}"
    if mark == "#":
        channel = team.find_channel(target)
        return f"#{channel.name if channel else label or target}"
    if mark == "!":
        return label or f"@{target.partition('^')[0]}"
    return label or target


def block_text(block: JSON, team: Team) -> str:
    """The words of one block, a line for each of its parts."""
    kind = block.get("type")
    if kind in ("markdown", "mrkdwn"):
        return readable(str(block.get("text", "")), team)
    if kind == "plain_text":
        return str(block.get("text", ""))
    parts: list[JSON] = []
    for key in _PARTS:
        part = block.get(key, ())
        parts += [
            each for each in (part if isinstance(part, (list, tuple)) else [part]) if isinstance(each, dict)
        ]
    return "\n".join(words for words in (block_text(part, team) for part in parts) if words)


def body_text(message: Message, team: Team) -> str:
    """The whole message in words, as somebody reads it who sees all of it; buttons and menus say nothing."""
    lines: list[str] = []
    stream = message.stream
    if stream is not None and stream.plan:
        lines.append(stream.plan)
    if stream is not None:
        lines += [str(task.get("title", "")) for task in stream.tasks]
    if message.text and (stream is not None or not message.blocks):
        lines.append(readable(message.text, team))
    lines += [block_text(block, team) for block in message.blocks if block.get("type") not in _CONTROLS]
    lines += [
        readable(str(each.get("text") or each.get("fallback", "")), team) for each in message.attachments
    ]
    lines += [file.name for file in message.files]
    return "\n".join(line for line in lines if line)


def seen_text(message: Message, viewer: str | None, team: Team) -> str:
    """The message in words, as that viewer sees it now; None sees what the recipient sees.

    While a message streams into a channel, only its recipient reads along: others have its first piece until
    the end.
    """
    stream = message.stream
    if stream is None or not stream.is_live or viewer is None or stream.recipient in (None, viewer):
        return body_text(message, team)
    return readable(stream.first, team)


def show(message: Message, viewer: str | None, team: Team) -> Shown:
    """The message as that viewer sees it."""
    author = message.user or message.bot_id or ""
    person = team.find_person(author)
    own_name = person.display_name if person else author
    name = (message.face.name if message.face else None) or own_name
    return Shown(
        message.ts,
        message.thread_ts,
        author,
        name,
        seen_text(message, viewer, team),
        streaming=message.stream is not None and message.stream.is_live,
        edited=message.edited_by is not None,
        ephemeral=message.ephemeral_to is not None,
        tombstone=message.is_tombstone,
    )


def screen(
    history: History, team: Team, channel: str, thread_ts: str | None, viewer: str | None
) -> tuple[Shown, ...]:
    """A channel without its threads, or one thread with its root, as that viewer sees it."""
    found = history.thread(channel, thread_ts) if thread_ts else history.channel(channel)
    return tuple(
        show(message, viewer, team)
        for message in found
        if (thread_ts is not None or message.shows_in_channel)
        and (message.ephemeral_to is None or viewer in (None, message.ephemeral_to))
    )
