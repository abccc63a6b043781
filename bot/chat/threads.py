"""One Slack thread is one conversation."""

from dataclasses import dataclass
from enum import StrEnum


def ts_order(ts: str) -> tuple[int, str]:
    """What puts Slack's timestamps in order: they have six decimals, so the shorter one is the earlier."""
    return len(ts), ts


class Place(StrEnum):
    """Where a thread lives. A group direct message is a channel: several people may be meant there."""

    CHANNEL = "channel"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class ThreadKey:
    """What names a conversation. `team_id` is the installation's, never the author's (Slack Connect)."""

    team_id: str
    channel_id: str
    root_ts: str


@dataclass(frozen=True, slots=True)
class Us:
    """Who Confab is in the one workspace that this process serves, as Slack's auth.test says."""

    team_id: str
    user_id: str
    bot_id: str
    name: str = "Confab"
