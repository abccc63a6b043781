"""What the channels have: published setups, drafts of them, and the workspace's own personas."""

from typing import Protocol

from bot.chat.setup import Persona, ReplyMode, Setup
from bot.chat.versions import Draft, DraftKey, LibraryPersona, ListedPersona, Version


class Setups(Protocol):
    """The channels' personas and settings, version by version.

    A channel without a setup of its own has the workspace's default (channel WORKSPACE); the version of that
    is then below 0: -3 is the workspace's third. 0 is the playground's default, which nobody published.
    """

    async def current(self, team_id: str, channel_id: str) -> Setup:
        """The newest published setup of a channel, else the workspace's, else the playground's default."""

    async def reply_mode(self, team_id: str, channel_id: str) -> ReplyMode:
        """Whom the current setup has Confab answer; asked for every message in a channel, so it is quick."""

    async def version(self, team_id: str, channel_id: str, number: int) -> Version | None:
        """What an answer or a draft names as its version, 0 and below included; None if it never was."""

    async def history(
        self, team_id: str, channel_id: str, *, before: int | None = None, limit: int = 10
    ) -> tuple[Version, ...]:
        """The channel's own versions, newest first, at most `limit`, those below `before`."""

    async def publish(
        self,
        team_id: str,
        channel_id: str,
        setup: Setup,
        by: str,
        *,
        over: int | None = None,
        restored: int | None = None,
        prepares: bool = False,
    ) -> int:
        """Make this the channel's setup, as its next version; `setup.version` itself is passed over.

        With `over`, the version that the change began from, raises `SetupOvertaken` where somebody has
        published since. One that only `prepares` a channel, the first of a channel in which nobody has talked
        with Confab, is announced to nobody: there was no other persona before.
        """


class Drafts(Protocol):
    """What people are changing."""

    async def of(self, key: DraftKey) -> Draft | None:
        """Somebody's draft, if they have begun one."""

    async def save(self, changed: Draft) -> Draft | None:
        """Keep a draft; with its next revision, or None where another save came after `revision`."""

    async def note(self, changed: Draft) -> bool:
        """Keep a draft under the revision that it has; False where another save came after that."""

    async def discard(self, key: DraftKey, revision: int | None = None) -> bool:
        """Forget a draft, of that revision only where one is given; False if there was none."""


class Personas(Protocol):
    """The workspace's own personas. `id` is unique in its team."""

    async def list(self, team_id: str) -> tuple[ListedPersona, ...]:
        """All of them, by name."""

    async def find(self, team_id: str, persona_id: str) -> LibraryPersona | None:
        """One of them."""

    async def add(self, team_id: str, persona: Persona, by: str, *, most: int) -> LibraryPersona | None:
        """Keep a new one; None where the team has `most` already, however many add at once."""

    async def change(
        self, team_id: str, persona_id: str, persona: Persona, by: str, *, revision: int
    ) -> bool:
        """Replace one; False where it is gone, or somebody else changed it after `revision`."""

    async def remove(self, team_id: str, persona_id: str) -> bool:
        """Take one away; False if it was gone. Channels that chose it keep their copy."""
