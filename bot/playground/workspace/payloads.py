"""The JSON that Slack shows of its things: messages, channels, people."""

from bot.playground.workspace.channels import Channel, ChannelKind
from bot.playground.workspace.encoding import rich_text
from bot.playground.workspace.history import History
from bot.playground.workspace.messages import JSON, Face, File, Message
from bot.playground.workspace.people import Person
from bot.playground.workspace.team import SLACKBOT, Team


class Payloads:
    """Renders values of this workspace as Slack's JSON."""

    def __init__(self, team: Team, history: History) -> None:
        self._team = team
        self._history = history

    def message(self, message: Message, *, with_metadata: bool = False) -> JSON:
        """A message as history, replies and events carry it (without its channel)."""
        body: JSON = {"type": "message", "ts": message.ts, "text": message.text}
        body |= self._author(message)
        optional = {
            "subtype": message.subtype,
            "client_msg_id": message.client_msg_id,
            "inviter": message.inviter,
            "blocks": self._blocks(message),
            "attachments": list(message.attachments),
            "files": [file_json(each) for each in message.files],
            "metadata": message.metadata if with_metadata else None,
        }
        body |= {key: value for key, value in optional.items() if value}
        if message.is_tombstone:
            body |= {"hidden": True, "user": SLACKBOT}
        if message.stream is not None:
            body["streaming_state"] = message.stream.state.value
        if message.edited_by is not None:
            body["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
        if message.reactions:
            body["reactions"] = [
                {"name": each.name, "users": list(each.people), "count": len(each.people)}
                for each in message.reactions
            ]
        return body | self._threading(message)

    def _author(self, message: Message) -> JSON:
        body: JSON = {}
        if message.user is not None:
            body["user"] = message.user
        if message.bot_id is not None:
            body |= {"bot_id": message.bot_id, "app_id": message.app_id}
            bot = self._team.bot(message.bot_id)
            if bot is not None:
                body["bot_profile"] = {
                    "id": message.bot_id,
                    "app_id": message.app_id,
                    "user_id": bot.id,
                    "name": bot.display_name,
                    "deleted": False,
                    "team_id": self._team.id,
                }
        face = message.face or Face()
        if face.name is not None:
            body["username"] = face.name
        if face.emoji is not None or face.url is not None:
            body["icons"] = {"emoji": face.emoji} if face.emoji else {"image_72": face.url}
        author = self._team.find_person(message.user) if message.user else None
        body["team"] = author.team_id if author else self._team.id
        return body

    def _blocks(self, message: Message) -> list[JSON]:
        trailing = list(message.blocks)
        if message.stream is None and trailing:
            return trailing
        return [rich_text(message.text), *trailing] if message.text else trailing

    def _threading(self, message: Message) -> JSON:
        if message.thread_ts is not None:
            root = self._history.get(message.channel, message.thread_ts)
            body: JSON = {"thread_ts": message.thread_ts}
            if root is not None and root.user is not None:
                body["parent_user_id"] = root.user
            if message.subtype == "thread_broadcast" and root is not None:
                body["root"] = self.message(root)
            return body
        replies = self._history.replies(message.channel, message.ts)
        if not replies:
            return {}
        who = list(dict.fromkeys(reply.user for reply in replies if reply.user))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(who),
            "reply_users": who[:5],
            "latest_reply": replies[-1].ts,
            "subscribed": False,
        }

    def channel(self, channel: Channel, *, viewer: str, with_members: bool = False) -> JSON:
        """A conversation as `conversations.info` and `users.conversations` show it to that member."""
        kind = channel.kind
        body: JSON = {
            "id": channel.id,
            "created": channel.created,
            "creator": channel.creator,
            "context_team_id": self._team.id,
            "is_channel": kind is ChannelKind.PUBLIC,
            "is_group": kind is ChannelKind.PRIVATE,
            "is_im": kind is ChannelKind.DIRECT,
            "is_mpim": kind is ChannelKind.GROUP_DIRECT,
            "is_private": kind is not ChannelKind.PUBLIC,
            "is_archived": channel.is_archived,
            "is_shared": channel.is_shared,
            "is_ext_shared": channel.is_shared,
            "is_org_shared": False,
        }
        if kind is ChannelKind.DIRECT:
            other = next((member for member in channel.members if member != viewer), viewer)
            return body | {"user": other, "is_open": True}
        body |= {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_general": channel.name == "general",
            "is_member": channel.has(viewer),
            "topic": {
                "value": channel.topic,
                "creator": channel.creator if channel.topic else "",
                "last_set": 0,
            },
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
        return body | ({"num_members": len(channel.members)} if with_members else {})

    def person(self, person: Person) -> JSON:
        """A member as `users.info` shows them; of other organisations it tells less."""
        body: JSON = {
            "id": person.id,
            "team_id": person.team_id,
            "name": person.name,
            "deleted": False,
            "is_bot": person.is_bot,
            "is_app_user": False,
            "updated": 0,
            "profile": {
                "real_name": person.real_name,
                "real_name_normalized": person.real_name,
                "display_name": person.display_name,
                "display_name_normalized": person.display_name,
                "team": person.team_id,
            },
        }
        if person.team_id != self._team.id:
            return body | {"is_stranger": True}
        if person.bot_id is not None:
            body["profile"] |= {"bot_id": person.bot_id, "api_app_id": person.app_id}
        return body | {
            "real_name": person.real_name,
            "tz": "Etc/UTC",
            "tz_offset": 0,
            "is_admin": person.is_admin,
            "is_owner": person.is_admin,
            "is_primary_owner": False,
            "is_restricted": person.is_guest,
            "is_ultra_restricted": person.is_single_channel_guest,
        }


def file_json(file: File) -> JSON:
    """A shared file as messages carry it."""
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower() if "." in file.name else "text",
        "user": file.owner,
        "size": file.size,
        "mode": "hosted",
        **({"alt_txt": file.alt} if file.alt else {}),
        "url_private": file.url,
        "url_private_download": file.url,
    }
