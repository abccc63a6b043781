"""Which events a happening causes for an installed app, and in which shape."""

import re
from collections.abc import Iterator

from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.messages import JSON, Message
from bot.playground.workspace.payloads import Payloads
from bot.playground.workspace.people import Person


class Announcements:
    """Turns what happened into the events that the app subscribed to and may read.

    Every method yields plain events, without the envelope; what the app must not hear yields nothing.
    """

    def __init__(self, app: Installation, payloads: Payloads) -> None:
        self.app = app
        self._payloads = payloads

    def posted(self, message: Message, channel: Channel) -> Iterator[JSON]:
        """A new message: `message`, and beside it `app_mention` where it mentions the app."""
        if message.ephemeral_to is not None:
            return
        event = self._in(channel, self._payloads.message(message), message.ts)
        if self._mentions(message, channel):
            yield self._as_mention(event)
        if self._hears_messages(channel):
            yield event

    def changed(self, old: Message, new: Message, channel: Channel, at: str) -> Iterator[JSON]:
        """An edit. A person's one that mentions the app is another `app_mention` too, marked `edited`."""
        if old.ephemeral_to is not None:
            return
        if new.edited_by is not None and self._mentions(new, channel):
            yield self._as_mention(self._in(channel, self._payloads.message(new), at))
        if self._hears_messages(channel):
            body: JSON = {
                "type": "message",
                "subtype": "message_changed",
                "hidden": True,
                "message": self._payloads.message(new),
                "previous_message": self._payloads.message(old),
                "ts": at,
            }
            yield self._in(channel, body, at)

    def deleted(self, old: Message, channel: Channel, at: str) -> Iterator[JSON]:
        """A message that is gone; a root with replies is announced by `changed` instead."""
        if old.ephemeral_to is None and self._hears_messages(channel):
            body: JSON = {
                "type": "message",
                "subtype": "message_deleted",
                "hidden": True,
                "deleted_ts": old.ts,
                "previous_message": self._payloads.message(old),
                "ts": at,
            }
            yield self._in(channel, body, at)

    def joined(self, person: Person, channel: Channel, inviter: str | None, at: str) -> Iterator[JSON]:
        """Somebody became a member."""
        if self._hears_of_members("member_joined_channel", channel):
            event = self._membership("member_joined_channel", person, channel, at)
            yield event | ({"inviter": inviter} if inviter else {})

    def left(self, person: Person, channel: Channel, at: str) -> Iterator[JSON]:
        """Somebody is no longer a member."""
        if self._hears_of_members("member_left_channel", channel):
            yield self._membership("member_left_channel", person, channel, at)

    def reacted(self, name: str, person: Person, message: Message, at: str, *, added: bool) -> Iterator[JSON]:
        """An emoji was put on a message, or taken off."""
        kind = "reaction_added" if added else "reaction_removed"
        if self.app.hears(kind) and self.app.may("reactions:read"):
            item = {"type": "message", "channel": message.channel, "ts": message.ts}
            yield {
                "type": kind,
                "user": person.id,
                "reaction": name,
                "item_user": message.user,
                "item": item,
                "event_ts": at,
            }

    def home_opened(
        self, person: Person, channel: Channel, tab: str, view: JSON | None, at: str
    ) -> Iterator[JSON]:
        """Somebody looks at the app's home or messages tab."""
        if self.app.hears("app_home_opened"):
            event: JSON = {
                "type": "app_home_opened",
                "user": person.id,
                "channel": channel.id,
                "tab": tab,
                "event_ts": at,
            }
            yield event | ({"view": view} if view and tab == "home" else {})

    def plain(self, kind: str, at: str, **fields: object) -> Iterator[JSON]:
        """Any other event, under its own name and with the fields given."""
        if self.app.hears(kind):
            yield {"type": kind, "event_ts": at, **fields}

    def _in(self, channel: Channel, body: JSON, at: str) -> JSON:
        return {**body, "channel": channel.id, "channel_type": channel.kind.value, "event_ts": at}

    def _as_mention(self, event: JSON) -> JSON:
        left_out = ("channel_type", "subtype", "bot_profile")
        return {**{key: value for key, value in event.items() if key not in left_out}, "type": "app_mention"}

    def _mentions(self, message: Message, channel: Channel) -> bool:
        """Slack: no `app_mention` in direct messages, none for the app's own posts or for who joins."""
        return (
            self.app.hears("app_mention")
            and self.app.may("app_mentions:read")
            and channel.kind is not ChannelKind.DIRECT
            and channel.has(self.app.user_id)
            and message.user != self.app.user_id
            and message.subtype != "channel_join"
            and re.search(rf"<@{self.app.user_id}(\|[^>]*)?>", message.text) is not None
        )

    def _hears_messages(self, channel: Channel) -> bool:
        return (
            self.app.hears(channel.kind.message_event)
            and self.app.may(f"{channel.kind.scope_family}:history")
            and channel.has(self.app.user_id)
        )

    def _hears_of_members(self, event: str, channel: Channel) -> bool:
        family = channel.kind.scope_family
        return self.app.hears(event) and self.app.may(f"{family}:read") and channel.has(self.app.user_id)

    def _membership(self, kind: str, person: Person, channel: Channel, at: str) -> JSON:
        return {
            "type": kind,
            "user": person.id,
            "channel": channel.id,
            "channel_type": channel.id[0],
            "team": person.team_id,
            "event_ts": at,
        }
