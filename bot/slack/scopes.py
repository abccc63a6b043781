"""What Confab asks a workspace for, and why. manifest.yml asks for exactly this."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """One scope: the feature that needs it and what it lets Confab read or do.

    Without an optional one its feature is absent; without a required one Confab does not work.
    """

    name: str
    feature: str
    reads: str
    required: bool = True


SCOPES = (
    Scope("app_mentions:read", "answering mentions", "messages that mention Confab"),
    Scope("assistant:write", "the agent view and its suggested prompts", "nothing"),
    Scope(
        "channels:history",
        "writing on in a thread without a mention",
        "messages in public channels that Confab is in",
    ),
    Scope(
        "channels:read",
        "channel settings, and who may change them",
        "names, topics and members of public channels",
    ),
    Scope("chat:write", "answering", "nothing"),
    Scope("commands", "/confab and shortcuts", "what is written after the command"),
    Scope(
        "groups:history",
        "writing on in a thread of a private channel",
        "messages in private channels that Confab is in",
    ),
    Scope(
        "groups:read",
        "settings of private channels, and who may change them",
        "names, topics and members of private channels that Confab is in",
    ),
    Scope("im:history", "direct messages", "messages written to Confab directly"),
    Scope("im:write", "telling one person something", "nothing"),
    Scope(
        "mpim:history",
        "writing on in a thread of a group direct message",
        "messages in group direct messages that Confab is in",
    ),
    Scope(
        "mpim:read",
        "settings of group direct messages, and who may change them",
        "members of group direct messages that Confab is in",
    ),
    Scope("users:read", "names of those who write, and who is an admin", "people's names and roles"),
    Scope("chat:write.customize", "a persona's own name and icon", "nothing", required=False),
    Scope("files:read", "reading images and documents", "files shared with Confab", required=False),
    Scope("files:write", "code and exports as files in a direct message", "nothing", required=False),
    Scope(
        "reactions:read",
        "muting Confab with a reaction",
        "reactions in conversations that Confab is in",
        required=False,
    ),
)

EVENTS = (
    "agent_session_stopped",
    "agent_session_title_changed",
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
)
"""Every event subscribed to; `bot.slack.listeners` has a listener for each."""


def missing(granted: Collection[str], *, required: bool) -> tuple[Scope, ...]:
    """The scopes of one kind that the workspace did not grant."""
    return tuple(scope for scope in SCOPES if scope.required is required and scope.name not in granted)
