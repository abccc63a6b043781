"""Raw event payloads, made values. Nothing here judges, and nothing here fails on a malformed payload."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeGuard

from bot.chat.characters import legible
from bot.chat.greeting import Coming
from bot.chat.messages import Deleted, Edited, Heard
from bot.chat.muting import MUTES, Reacted
from bot.chat.ports.stops import StopPressed
from bot.chat.shared_files import SharedFile
from bot.chat.threads import Place
from bot.slack.markup import leading_mentions, mentions, readable

MOST_FILES = 10
"""Files of one message that are looked at; Slack takes as many in one upload."""

MOST_LETTERS = 200

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Nothing:
    """An event that asks for nothing; `reason` is for the log."""

    reason: str


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody opened Confab's home: `tab` is "home" or "messages", `channel_id` their direct message."""

    user_id: str
    channel_id: str
    tab: str


@dataclass(frozen=True, slots=True)
class SessionRenamed:
    """A thread's session has another title."""

    channel_id: str
    root_ts: str
    title: str = field(repr=False)


Inbound: TypeAlias = Heard | Edited | Deleted | Nothing


def message(event: object, us: str) -> Inbound:
    """A `message` or `app_mention` event; `us` is Confab's user id."""
    fields = _mapping(event)
    channel = _id(fields, "channel")
    if channel is None:
        return Nothing("no channel")
    subtype = _text(fields, "subtype")
    if subtype == "message_changed":
        return _changed(fields, channel, us)
    if subtype == "message_deleted":
        ts = _ts(fields, "deleted_ts") or _ts(_mapping(fields.get("previous_message")), "ts")
        at = _ts(fields, "event_ts") or ""
        return Deleted(channel, ts, at) if ts else Nothing("deleted, but not said which")
    if fields.get("type") == "app_mention" and fields.get("edited"):
        return _edited(fields, channel, us)
    return _heard(fields, channel, subtype, us)


def home_opened(event: object) -> HomeOpened | Nothing:
    """An `app_home_opened` event."""
    fields = _mapping(event)
    user, channel = _id(fields, "user"), _id(fields, "channel")
    if user is None or channel is None:
        return Nothing("nobody's home")
    return HomeOpened(user, channel, _text(fields, "tab") or "home")


def coming(event: object, us: str) -> Coming | Nothing:
    """A `member_joined_channel` event, of which only Confab's own comings count."""
    fields = _mapping(event)
    channel, at = _id(fields, "channel"), _ts(fields, "event_ts")
    if _id(fields, "user") != us:
        return Nothing("somebody else came")
    if channel is None or at is None:
        return Nothing("came, but not said where or when")
    return Coming(channel, _id(fields, "inviter"), at)


def session_stopped(event: object) -> StopPressed | Nothing:
    """An `agent_session_stopped` event."""
    fields = _mapping(event)
    channel, root, at = _id(fields, "channel"), _ts(fields, "thread_ts"), _ts(fields, "event_ts")
    if channel is None or root is None or at is None:
        return Nothing("stopped, but not said where or when")
    named = fields.get("streaming_message_ts")
    streams = tuple(each for each in (named if isinstance(named, list) else []) if _is_ts(each))
    return StopPressed(channel, root, _id(fields, "user") or "", at, streams)


def session_renamed(event: object) -> SessionRenamed | Nothing:
    """An `agent_session_title_changed` event."""
    fields = _mapping(event)
    channel, root = _id(fields, "channel"), _ts(fields, "thread_ts")
    if channel is None or root is None:
        return Nothing("renamed, but not said what")
    return SessionRenamed(channel, root, _text(fields, "title") or "")


def reacted(event: object, us: str) -> Reacted | Nothing:
    """A `reaction_added` or `reaction_removed` event, of which only a person's muting emoji count."""
    fields = _mapping(event)
    item, who, at = _mapping(fields.get("item")), _id(fields, "user"), _ts(fields, "event_ts")
    channel, ts = _id(item, "channel"), _ts(item, "ts")
    if _text(fields, "reaction") not in MUTES:
        return Nothing("an emoji that mutes nothing")
    if who in (None, us) or channel is None or ts is None or at is None:
        return Nothing("reacted, but not said who to what")
    return Reacted(channel, ts, who or "", at, added=fields.get("type") == "reaction_added")


def revokes_ours(event: object, us: str) -> bool:
    """Whether a `tokens_revoked` event is about the bot's token; people's own may be revoked as well."""
    bots = _mapping(_mapping(event).get("tokens")).get("bot")
    return isinstance(bots, list) and us in bots


def _heard(fields: Mapping[str, object], channel: str, subtype: str | None, us: str) -> Heard | Nothing:
    ts = _ts(fields, "ts")
    if ts is None:
        return Nothing("no ts")
    text = _text(fields, "text") or ""
    mentioned = mentions(text)
    return Heard(
        channel_id=channel,
        place=_place(fields, channel),
        ts=ts,
        thread_ts=_ts(fields, "thread_ts"),
        author_id=_id(fields, "user"),
        bot_id=_bot(fields),
        subtype=subtype,
        text=readable(text, us),
        opens_with=leading_mentions(text),
        mentions=mentioned | {us} if fields.get("type") == "app_mention" else mentioned,
        author_team_id=_team(fields),
        files=_files(fields),
    )


def _changed(fields: Mapping[str, object], channel: str, us: str) -> Inbound:
    now, before = _mapping(fields.get("message")), _mapping(fields.get("previous_message"))
    ts = _ts(now, "ts")
    if ts is None:
        return Nothing("changed, but not said which")
    if _text(now, "subtype") == "tombstone":
        return Deleted(channel, ts, _ts(fields, "event_ts") or "")
    text = _text(now, "text")
    gone = frozenset(each.id for each in _files(before)) - frozenset(each.id for each in _files(now))
    if text is None or (text == _text(before, "text") and not gone):
        return Nothing("its words did not change")
    return _edited(now, channel, us, gone)


def _edited(
    now: Mapping[str, object], channel: str, us: str, gone: frozenset[str] = frozenset()
) -> Edited | Nothing:
    """An edit; one that mentions Confab comes as an app_mention as well, and is no question either."""
    ts, text = _ts(now, "ts"), _text(now, "text")
    if ts is None or text is None:
        return Nothing("edited, but not said what")
    edited_ts = _ts(_mapping(now.get("edited")), "ts") or ""
    return Edited(channel, ts, _id(now, "user"), _bot(now), readable(text, us), edited_ts, gone)


def _place(fields: Mapping[str, object], channel: str) -> Place:
    # app_mention events name no channel_type; ids of direct messages begin with D.
    kind = _text(fields, "channel_type")
    return Place.DIRECT if kind == "im" or (kind is None and channel.startswith("D")) else Place.CHANNEL


def _bot(fields: Mapping[str, object]) -> str | None:
    return _id(fields, "bot_id") or _id(_mapping(fields.get("bot_profile")), "id")


def _team(fields: Mapping[str, object]) -> str | None:
    """The author's workspace; in Enterprise Grid `user_team` may name the organisation (E...) instead."""
    named = (_id(fields, name) for name in ("user_team", "source_team", "team"))
    return next((team for team in named if team and team.startswith("T")), None)


def _files(fields: Mapping[str, object]) -> tuple[SharedFile, ...]:
    """What was shared with the message. Slack Connect may leave all but the id to files.info."""
    shared = fields.get("files")
    found = (_file(_mapping(each)) for each in (shared if isinstance(shared, list) else [])[:MOST_FILES])
    return tuple(each for each in found if each is not None)


def _file(file: Mapping[str, object]) -> SharedFile | None:
    id_, size = _id(file, "id"), file.get("size")
    if id_ is None or file.get("mode") == "tombstone":
        return None
    return SharedFile(
        id=id_,
        name=(_text(file, "name") or _text(file, "title") or "")[:MOST_LETTERS],
        mimetype=(_text(file, "mimetype") or "")[:MOST_LETTERS],
        size=min(size, 1 << 40) if isinstance(size, int) and size > 0 else 0,
        address=(_text(file, "url_private_download") or _text(file, "url_private") or "")[:3_000],
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _text(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return legible(value) if isinstance(value, str) else None


def _id(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _ts(fields: Mapping[str, object], name: str) -> str | None:
    value = fields.get(name)
    return value if _is_ts(value) else None


def _is_ts(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _TS.fullmatch(value) is not None
