"""What a person's home is made of, and the threads that try a draft. The database stands behind both."""

from collections.abc import Mapping
from typing import Protocol

from bot.chat.home import Face, Session, Tokens
from bot.chat.panels import Panels
from bot.chat.switches import Switch
from bot.chat.threads import ThreadKey
from bot.chat.versions import DraftKey


class Homes(Protocol):
    """What is kept for, and known of, one person's home."""

    async def panels(self, team_id: str, person_id: str) -> Panels:
        """How this person arranged their panels; the usual order where they never did."""

    async def arrange(self, team_id: str, person_id: str, panels: Panels) -> None:
        """Keep an arrangement."""

    async def faces(self, team_id: str) -> Mapping[str, Face]:
        """What each channel with a setup of its own shows; under WORKSPACE, what all others show."""

    async def sessions(self, team_id: str, person_id: str) -> tuple[Session, ...]:
        """The threads in which this person asked something within the last 30 days, latest first."""

    async def spent(self, team_id: str, person_id: str) -> Tokens:
        """What this person's questions cost, today and this month (UTC)."""


class Trials(Protocol):
    """Which threads run a draft, and whose."""

    async def begin(self, thread: ThreadKey, draft: DraftKey) -> None:
        """From now on this thread runs that draft, as it is at each turn."""

    async def of(self, thread: ThreadKey) -> DraftKey | None:
        """The draft that a thread runs; None for every other thread."""


class Tellings(Protocol):
    """What channels were told: of two processes that would tell the same, one is let."""

    async def may_greet(self, team_id: str, channel_id: str, coming: str) -> bool:
        """Whether nobody was greeted yet for this coming into the channel, named by its event's ts."""

    async def may_post(self, team_id: str, channel_id: str, coming: str) -> bool:
        """Whether the greeting was not yet posted for this coming; if so, it counts as posted from now on."""

    async def not_posted(self, team_id: str, channel_id: str, coming: str) -> None:
        """Take back that it was posted."""

    async def switches(self, team_id: str, *, spacing: float) -> tuple[Switch, ...]:
        """What waits to be told, in channels whose last announcement is `spacing` seconds old."""

    async def may_announce(self, team_id: str, switch: Switch, *, spacing: float) -> bool:
        """Whether this still waits and the last announcement there is that old; if so, it waits no more."""

    async def pass_over(self, team_id: str, switch: Switch) -> None:
        """Let it wait no more, unless another version was published meanwhile."""

    async def wait_again(self, team_id: str, switch: Switch) -> None:
        """Take back that it was announced."""
