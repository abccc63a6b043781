"""Where people change a channel: the real verbs over a real database, and a roster in place of Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.chat.configuring import Configuring
from bot.chat.deployments import Deployment, Transport
from bot.chat.library import Library
from bot.chat.outcomes import Done, Opened, Published
from bot.chat.publishing import Publishing
from bot.chat.setup import Persona, Setup
from bot.chat.versions import Draft, DraftKey
from bot.database.access import Database
from bot.database.drafts import StoredDrafts
from bot.database.personas import StoredPersonas
from bot.database.setups import StoredSetups
from bot.presets import built_in
from tests.chat.configuring.roster import CHANNEL, TEAM, Roster
from tests.database.rooms import Clock

DEPLOYMENTS = {
    "gpt": Deployment("gpt"),
    "qwen": Deployment("qwen", Transport.CHATML, context=32_000),
}


def key(person: str = "ada", channel: str = CHANNEL) -> DraftKey:
    return DraftKey(TEAM, channel, person)


@dataclass
class Desk:
    """One process's verbs on a database."""

    database: Database
    roster: Roster = field(default_factory=Roster)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.setups = StoredSetups(self.database, self.clock)
        self.drafts = StoredDrafts(self.database, self.clock)
        self.personas = StoredPersonas(self.database, self.clock)
        self.library = Library(personas=self.personas, people=self.roster, built_in=built_in())
        self.configuring = Configuring(
            setups=self.setups,
            drafts=self.drafts,
            library=self.library,
            people=self.roster,
            deployments=DEPLOYMENTS,
            default="gpt",
        )
        self.publishing = Publishing(
            setups=self.setups,
            drafts=self.drafts,
            people=self.roster,
            deployments=DEPLOYMENTS,
            default="gpt",
        )

    async def opened(self, person: str = "ada", channel: str = CHANNEL) -> Opened:
        opened = await self.configuring.open(key(person, channel))
        assert isinstance(opened, Opened)
        return opened

    async def draft(self, person: str = "ada", channel: str = CHANNEL) -> Draft:
        return (await self.opened(person, channel)).draft

    async def named(self, name: str, person: str = "ada", channel: str = CHANNEL) -> Draft:
        """The draft after its persona was given this name."""
        done = await self.configuring.set_persona(
            key(person, channel), None, name=name, icon="", system_message=f"You are {name}.", greeting=""
        )
        assert isinstance(done, Done)
        return done.draft

    async def published(self, name: str, person: str = "ada", channel: str = CHANNEL) -> Setup:
        """What the channel has after this person published a persona of this name."""
        await self.named(name, person, channel)
        published = await self.publishing.publish(key(person, channel), None)
        assert isinstance(published, Published)
        return published.after

    async def current(self, channel: str = CHANNEL) -> Setup:
        return await self.setups.current(TEAM, channel)


@asynccontextmanager
async def opened_desk(url: str, roster: Roster | None = None) -> AsyncIterator[Desk]:
    """A process of its own on a database."""
    database = Database(url)
    try:
        yield Desk(database, roster or Roster())
    finally:
        await database.close()


def persona(name: str = "Xbox") -> Persona:
    return Persona(name, f"You are {name}.")
