"""Where people talk: public and private channels, direct messages."""

from dataclasses import dataclass
from enum import Enum


class ChannelKind(Enum):
    """What a conversation is, by the word that events use for it (`channel_type`)."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DIRECT = "im"
    GROUP_DIRECT = "mpim"

    @property
    def message_event(self) -> str:
        """The subscription under which its messages are delivered."""
        return {"channel": "message.channels", "group": "message.groups"}.get(
            self.value, f"message.{self.value}"
        )

    @property
    def scope_family(self) -> str:
        """The first half of its scopes: `channels:read`, `groups:history`, `im:write`."""
        return {"channel": "channels", "group": "groups"}.get(self.value, self.value)

    @property
    def type_filter(self) -> str:
        """Its name in the `types` argument of `users.conversations`."""
        return {"channel": "public_channel", "group": "private_channel"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation and its members' ids, in the order in which they came."""

    id: str
    name: str
    kind: ChannelKind
    members: tuple[str, ...]
    creator: str
    created: int
    topic: str = ""
    is_archived: bool = False
    is_shared: bool = False

    def has(self, person_id: str) -> bool:
        """Whether that person is a member."""
        return person_id in self.members
