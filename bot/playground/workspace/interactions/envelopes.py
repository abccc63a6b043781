"""The payloads of interactions, each with the fields that Slack sends."""

from typing import Any

from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.installation import Installation
from bot.playground.workspace.interactions.elements import Values
from bot.playground.workspace.messages import JSON, Message
from bot.playground.workspace.people import Person
from bot.playground.workspace.record import Record
from bot.playground.workspace.surfaces import View

_CHANNEL_NAMES = {ChannelKind.PRIVATE: "privategroup", ChannelKind.DIRECT: "directmessage"}
_UNSET: JSON = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "title": None,
    "submit": None,
    "close": None,
    "clear_on_close": False,
    "notify_on_close": False,
}


def channel_name(channel: Channel) -> str:
    """The name that interactions tell: that of a private conversation stays unsaid."""
    return _CHANNEL_NAMES.get(channel.kind, channel.name)


def view_json(view: View, team_id: str, app: Installation) -> JSON:
    """A view as `views.*` answer it and as interactions carry it."""
    return {
        **_UNSET,
        **view.content,
        "id": view.id,
        "team_id": team_id,
        "app_id": app.app_id,
        "app_installed_team_id": team_id,
        "bot_id": app.bot_id,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "state": {"values": view.state},
    }


class Envelopes:
    """Writes them for one workspace's app."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def common(self, kind: str, person: Person) -> JSON:
        """What every interaction says: its type, who did it, where the app is installed."""
        app, team = self._record.announcements.app, self._record.team
        return {
            "type": kind,
            "token": "verification-token",
            "api_app_id": app.app_id,
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": person.team_id,
            },
        }

    def command(self, person: Person, channel: Channel, name: str, text: str, **urls: str) -> JSON:
        """A slash command; `urls` are its `trigger_id` and `response_url`."""
        team = self._record.team
        return {
            "token": "verification-token",
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": channel_name(channel),
            "user_id": person.id,
            "user_name": person.name,
            "command": name,
            "text": text,
            "api_app_id": self._record.announcements.app.app_id,
            "is_enterprise_install": "false",
            **urls,
        }

    def on_message(self, message: Message, state: Values) -> JSON:
        """Where a message's elements are; of an ephemeral message Slack tells no content."""
        ephemeral = message.ephemeral_to is not None
        container: JSON = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": ephemeral,
        }
        if message.thread_ts is not None:
            container["thread_ts"] = message.thread_ts
        shown = self._record.payloads.message(message, with_metadata=True)
        body = {"container": container, "channel": self.channel(message), "state": {"values": state}}
        return body if ephemeral else {**body, "message": shown}

    def on_view(self, view: View) -> JSON:
        """Where a view's elements are."""
        return {"container": {"type": "view", "view_id": view.id}, "view": self.view(view)}

    def view(self, view: View) -> JSON:
        """The view with its state."""
        return view_json(view, self._record.team.id, self._record.announcements.app)

    def channel(self, message: Message) -> JSON:
        """The channel of a message, by id and name."""
        channel = self._record.team.channel(message.channel)
        return {"id": channel.id, "name": channel_name(channel)}

    def action(self, block: JSON, element: JSON, outcome: JSON) -> JSON:
        """One entry of `actions`: the element, and what was pressed, chosen or typed."""
        kept: Any = ("action_id", "text", "value", "style", "url", "placeholder", "initial_option")
        told = {name: element[name] for name in kept if name in element and element["type"] != "overflow"}
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        at = self._record.history.mint_ts()
        return {**told, **ids, "type": element["type"], **outcome, "action_ts": at}
