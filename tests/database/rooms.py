"""The database room as tests use it: real parts on one database, under a clock that stands still."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.chat.deployments import Transport
from bot.chat.messages import Question
from bot.chat.sent import Included, Making, Sent
from bot.chat.setup import ChannelSettings, Example, Persona, Setup
from bot.chat.threads import Place, ThreadKey, Us
from bot.chat.turns import Answer, Move, Turn, Usage
from bot.database.access import Database
from bot.database.conversations import StoredConversations
from bot.database.owner import Owner
from bot.database.setups import StoredSetups
from bot.database.turns import StoredTurns

TEAM = "T1"
CHANNEL = "C1"
US = Us(team_id=TEAM, user_id="UCONFAB", bot_id="BCONFAB")
LEASE_SECONDS = 30.0
ANSWER = Answer("gpt", "Yes.", usage=Usage(prompt=20, completion=3, cached=10, reasoned=1))
SENT = Sent(
    "gpt",
    Transport.CHAT,
    None,
    {"temperature": 0.7, "stop": ["END", "\u200f\\"], "max_tokens": 50},
    keyless=True,
    own_endpoint=True,
)
MAKING = Making(SENT, Included(setup_version=0, messages=()), tokens=4, encoding="o200k_base")
SETUP = Setup(
    Persona("Xbox", "You sell consoles.", (Example("Hi", "Hello!"), Example("Bye", "So long!"))),
    ChannelSettings(deployment="gpt", max_response=50, stop=("END",), past_messages=4),
)


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


def slack_ts(number: float) -> str:
    return f"{1_700_000_000 + number:.6f}"


def thread(root: float = 0, *, team: str = TEAM, channel: str = CHANNEL) -> ThreadKey:
    return ThreadKey(team, channel, slack_ts(root))


def question(
    number: float,
    text: str = "Which one?",
    *,
    within: ThreadKey | None = None,
    author: str = "U1",
    author_team: str | None = TEAM,
    mentioned: bool = False,
) -> Question:
    return Question(
        thread=within or thread(),
        place=Place.CHANNEL,
        ts=slack_ts(number),
        author_id=author,
        author_team_id=author_team,
        mentioned=mentioned,
        text=text,
    )


@asynccontextmanager
async def opened(url: str, *, patience: float = 1.5) -> AsyncIterator["Room"]:
    """A process of its own on a database."""
    database = Database(url, patience=patience)
    try:
        yield Room(database)
    finally:
        await database.close()


@dataclass
class Room:
    """One process's view of a database."""

    database: Database
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.conversations = StoredConversations(self.database, self.clock)
        self.setups = StoredSetups(self.database, self.clock)
        self.turns = self.worker()

    def worker(self, owner: Owner | None = None, us: Us = US) -> StoredTurns:
        """Another process's queue on the same database."""
        return StoredTurns(self.database, us, self.clock, lease_seconds=LEASE_SECONDS, owner=owner)

    async def store(self, *questions: Question) -> None:
        for each in questions:
            assert await self.conversations.store(each)

    async def claim(self) -> Turn:
        """The one turn that can be claimed."""
        (turn,) = await self.turns.claim(10)
        return turn

    async def answer(self, turn: Turn, answer: Answer = ANSWER, making: Making = MAKING) -> None:
        await self.turns.record(turn.lease, answer, making)
        await self.turns.finish(turn.lease, Move.ANSWER, "stop")

    async def exchange(self, number: float, text: str, answer: str) -> Turn:
        """One question, answered."""
        await self.store(question(number, text))
        turn = await self.claim()
        await self.answer(turn, Answer("gpt", answer))
        return turn

    async def past(self, limit: int = 10) -> list[str]:
        """What a turn that begins now would remember."""
        await self.store(question(9_000, "now"))
        turn = await self.claim()
        texts = [message.text for message in (await self.conversations.past(turn, limit)).messages]
        await self.turns.finish(turn.lease, Move.FAIL, "test")
        await self.conversations.delete(TEAM, CHANNEL, slack_ts(9_000))
        return texts
