"""People and channels as tests know them: the `People` port over a book that a test writes."""

from dataclasses import dataclass, field, replace

from bot.chat.ports import KnownChannel
from bot.chat.rights import Standing
from bot.chat.versions import WORKSPACE

TEAM = "T1"
CHANNEL = "C1"

NOBODY = Standing("", full=False, workspace_admin=False, member=False, creator=False)


@dataclass
class Roster:
    """Who is what, right now. `asked` counts how often somebody wanted to know."""

    members: dict[str, set[str]] = field(default_factory=lambda: {CHANNEL: {"ada", "grace", "guest", "boss"}})
    creators: dict[str, str] = field(default_factory=lambda: {CHANNEL: "grace"})
    guests: set[str] = field(default_factory=lambda: {"guest"})
    admins: set[str] = field(default_factory=lambda: {"boss"})
    confab_admins: set[str] = field(default_factory=lambda: {"root"})
    asked: int = 0

    async def standing(self, team_id: str, channel_id: str, person_id: str) -> Standing:
        self.asked += 1
        member = channel_id != WORKSPACE and person_id in self.members.get(channel_id, ())
        return replace(
            NOBODY,
            person_id=person_id,
            full=team_id == TEAM and person_id not in self.guests,
            workspace_admin=person_id in self.admins,
            confab_admin=person_id in self.confab_admins,
            member=member,
            creator=member and self.creators.get(channel_id) == person_id,
        )

    async def channels_of(self, person_id: str) -> tuple[KnownChannel, ...]:
        return tuple(KnownChannel(id_, id_) for id_, people in self.members.items() if person_id in people)

    async def name_of(self, person_id: str) -> str:
        return person_id.title()
