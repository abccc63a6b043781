"""Raw event payloads, made values. Nothing here judges, and nothing here fails on a malformed payload."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.characters import legible
from bot.chat.greeting import Coming
from bot.chat.messages import Deleted, Edited, Heard
from bot.chat.threads import Place
from bot.slack.markup import leading_mentions, mentions, readable

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
        return Deleted(channel, ts) if ts else Nothing("deleted, but not said which")
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
    )


def _changed(fields: Mapping[str, object], channel: str, us: str) -> Inbound:
    now, before = _mapping(fields.get("message")), _mapping(fields.get("previous_message"))
    ts = _ts(now, "ts")
    if ts is None:
        return Nothing("changed, but not said which")
    if _text(now, "subtype") == "tombstone":
        return Deleted(channel, ts)
    text = _text(now, "text")
    if text is None or text == _text(before, "text"):
        return Nothing("its words did not change")
    return _edited(now, channel, us)


def _edited(now: Mapping[str, object], channel: str, us: str) -> Edited | Nothing:
    """An edit; one that mentions Confab comes as an app_mention as well, and is no question either."""
    ts, text = _ts(now, "ts"), _text(now, "text")
    if ts is None or text is None:
        return Nothing("edited, but not said what")
    edited_ts = _ts(_mapping(now.get("edited")), "ts") or ""
    return Edited(channel, ts, _id(now, "user"), _bot(now), readable(text, us), edited_ts)


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
    return value if isinstance(value, str) and _TS.fullmatch(value) else None
