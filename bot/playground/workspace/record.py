"""What was written, edited and deleted: kept, announced to the app, and watched for pings."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from bot.playground.workspace.announcements import Announcements
from bot.playground.workspace.changes import Change, ChangeFeed
from bot.playground.workspace.channels import Channel
from bot.playground.workspace.delivery import Delivery, Parcel
from bot.playground.workspace.history import History
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.messages import JSON, Message
from bot.playground.workspace.payloads import Payloads
from bot.playground.workspace.sight import Ping, pings
from bot.playground.workspace.team import SLACKBOT, Team


class Record:
    """The team and its messages. Whatever changes here is told to the page and, as Slack would, to the app.

    `pings` is the log of everybody whom a bot's message notified, streamed and edited text included.
    """

    def __init__(
        self,
        team: Team,
        changes: ChangeFeed,
        delivery: Delivery,
        app: Installation,
        clock: Callable[[], float],
    ) -> None:
        self.team = team
        self.changes = changes
        self.history = History(clock, changes)
        self.payloads = Payloads(team, self.history)
        self.announcements = Announcements(app, self.payloads)
        self.pings: list[Ping] = []
        self._delivery = delivery
        self._clock = clock

    def publish(self, message: Message) -> Message:
        """A new message appears."""
        self.history.add(message)
        self._watch(message)
        self.announce(self.announcements.posted(message, self._channel(message)))
        return message

    def revise(self, old: Message, **changes: Any) -> Message:
        """A message is different now; says how it reads after the change."""
        new = replace(old, **changes)
        self.history.replace(new)
        self._watch(new)
        at = self.history.mint_ts()
        self.announce(self.announcements.changed(old, new, self._channel(new), at))
        return new

    def retouch(self, old: Message, **changes: Any) -> Message:
        """A message is different now in a way that no event tells of."""
        new = replace(old, **changes)
        self.history.replace(new)
        self._watch(new)
        return new

    def withdraw(self, message: Message) -> None:
        """A message is deleted. A root with replies leaves a tombstone, which goes with its last reply."""
        at = self.history.mint_ts()
        channel = self._channel(message)
        if message.thread_ts is None and self.history.reply_count(message.channel, message.ts):
            stone = Message(
                message.channel, message.ts, SLACKBOT, "This message was deleted.", subtype="tombstone"
            )
            self.history.replace(stone)
            self.announce(self.announcements.changed(message, stone, channel, at))
            return
        self.history.remove(message)
        self.announce(self.announcements.deleted(message, channel, at))
        root = self.history.get(message.channel, message.root_ts)
        if root is not None and root.is_tombstone and not self.history.reply_count(root.channel, root.ts):
            self.history.remove(root)

    def announce(self, events: Iterable[JSON]) -> list[Parcel]:
        """Send events to the app, each in its own envelope with its own event id."""
        return [self._delivery.send(Parcel("events_api", self._callback(event))) for event in events]

    def tell(self, what: str, **where: str | None) -> None:
        """Tell the page of a change that is no message."""
        self.changes.tell(Change(what, **where))

    def _callback(self, event: JSON) -> JSON:
        app = self.announcements.app
        channel = self.team.find_channel(str(event.get("channel", "")))
        return {
            "token": "verification-token",
            "team_id": self.team.id,
            "context_team_id": self.team.id,
            "context_enterprise_id": None,
            "api_app_id": app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev0{uuid.uuid4().hex[:10].upper()}",
            "event_time": int(self._clock()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": self.team.id,
                    "user_id": app.user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": channel.is_shared if channel else False,
            "event_context": f"4-{uuid.uuid4().hex}",
        }

    def _channel(self, message: Message) -> Channel:
        return self.team.channel(message.channel)

    def _watch(self, message: Message) -> None:
        """Only bots are watched: a person may call the channel, Confab may not."""
        if message.bot_id is not None:
            self.pings += [ping for ping in pings(message) if ping not in self.pings]
