"""Slack's rates, method by method: for one app in one workspace, counted per minute."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls a minute; `progress` is what showing an unfinished answer may take of them.

    The rest waits for what ends an answer: those calls must not queue behind a hundred small edits.
    """

    calls: int
    progress: int


# Slack: "Rate limits", tiers 2, 3 and 4 are 20, 50 and 100 and more calls a minute.
_TIER_2 = Rate(20, 20)
_TIER_3 = Rate(50, 35)
_TIER_4 = Rate(100, 100)

RATES: Mapping[str, Rate] = MappingProxyType(
    {
        "chat.startStream": _TIER_2,
        "chat.stopStream": _TIER_2,
        "chat.appendStream": _TIER_4,
        "chat.update": _TIER_3,
        "chat.delete": _TIER_3,
        "chat.postMessage": Rate(300, 200),  # Slack: "several hundred" a minute in a workspace
        "chat.postEphemeral": _TIER_4,
        "conversations.info": _TIER_3,
        "conversations.members": _TIER_4,
        "conversations.open": _TIER_3,
        "conversations.replies": _TIER_3,
        "users.conversations": _TIER_3,
        "users.info": _TIER_4,
        "views.open": _TIER_4,
        "views.publish": _TIER_4,
        "views.push": _TIER_4,
        "views.update": _TIER_4,
        "agents.sessions.setStatus": Rate(50, 25),  # tier 3; whose work has begun has room for its end
        "assistant.threads.setStatus": Rate(60, 60),  # Slack names no number
        "assistant.threads.setSuggestedPrompts": _TIER_4,
    }
)
"""By the tier that Slack's page of the method names."""

UNKNOWN = _TIER_2
"""A method that the table does not name is taken for a slow one."""

CHANNEL_POSTS = Rate(3, 3)
CHANNEL_SECONDS = 3.0
"""Slack: chat.postMessage once a second in a channel, short bursts tolerated."""

MINUTE = 61.0
"""A second more than Slack's: calls do not all take the same time to arrive."""
