"""What Slack knows of people and channels, asked anew for every decision about rights."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.chat.rights import Standing


@dataclass(frozen=True, slots=True)
class KnownChannel:
    """A conversation that a person belongs to. A group direct message has no name; `creator` is a person."""

    id: str
    name: str
    private: bool = False
    group_direct: bool = False
    confab_is_in: bool = True
    creator: str = ""


class People(Protocol):
    """Who somebody is, and where they are. Each verb asks Slack; nothing about rights is kept."""

    async def standing(self, team_id: str, channel_id: str, person_id: str) -> Standing:
        """What a person is in a channel, a direct message with Confab, or (WORKSPACE) in the workspace.

        Somebody whom Slack does not know, or a channel that Confab cannot see, gives a standing without any
        right. Raises `SlackUnwilling` where Slack does not say.
        """

    async def channels_of(self, person_id: str) -> tuple[KnownChannel, ...]:
        """The channels, public and private, and the group direct messages that this person is in, by name.

        Private ones only where Confab is, too.
        """

    async def name_of(self, person_id: str) -> str:
        """What people call this person; the id where Slack does not say."""


class Names(Protocol):
    """What people are called. For showing only: no decision goes by a name."""

    async def names_of(self, people: Collection[str]) -> Mapping[str, str]:
        """Display names by id, minutes old at most; whoever Slack does not name is left out. Never fails."""
