"""A scripted Azure on loopback, and the real client in front of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace

import pytest

from bot.azure import Access, AzureModel, Limits
from bot.chat.deployments import Deployment, Transport
from bot.chat.messages import Role, Utterance
from bot.chat.ports import Finish, Piece, Request
from bot.chat.setup import ChannelSettings
from bot.playground.model import ScriptedAzure, running_scripted_azure
from bot.playground.model.scripted.deployments import USUAL

QUESTION = (Utterance(Role.SYSTEM, "Be brief."), Utterance(Role.USER, "Which Xbox is the newest?"))
QUICK = Limits(connect=2.0, idle=5.0, total=10.0)


def request(
    deployment: str = "gpt-4o-mini",
    transport: Transport = Transport.CHAT,
    *,
    utterances: tuple[Utterance, ...] = QUESTION,
    **settings: object,
) -> Request:
    return Request(
        id="T0CONFAB.7",
        deployment=Deployment(deployment, transport),
        settings=replace(ChannelSettings(), **settings),  # type: ignore[arg-type]
        utterances=utterances,
        person="a hashed person",
        cache_key="a hashed thread",
    )


@dataclass
class Answered:
    """What a stream brought."""

    pieces: list[str] = field(default_factory=list)
    finish: Finish | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)


async def ask(model: AzureModel, asked: Request, into: Answered | None = None) -> Answered:
    """Read a stream to its end; `into` keeps what came before an error."""
    answered = into or Answered()
    async with aclosing(model.stream(asked)) as stream:
        async for part in stream:
            assert answered.finish is None, "something came after the finish"
            if isinstance(part, Piece):
                answered.pieces.append(part.text)
            else:
                answered.finish = part
    return answered


@dataclass
class Naps:
    """A clock that only moves when somebody sleeps, and every sleep that was asked for."""

    now: float = 1000.0
    taken: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.taken.append(seconds)
        self.now += seconds


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def azure() -> AsyncIterator[ScriptedAzure]:
    async with running_scripted_azure() as running:
        yield running


Opening = Callable[..., AzureModel]


@pytest.fixture
async def connect(azure: ScriptedAzure, naps: Naps) -> AsyncIterator[Opening]:
    """Makes a model in front of `azure`; every one is closed at the end."""
    opened: list[AzureModel] = []

    def make(*, api_version: str | None = None, limits: Limits = QUICK, key: str | None = None) -> AzureModel:
        access = Access(azure.endpoint, key or azure.key, api_version)
        every = {each.name: access for each in USUAL}
        opened.append(AzureModel(every, limits=limits, clock=naps.clock, sleep=naps.sleep))
        return opened[-1]

    yield make
    for each in opened:
        await each.aclose()


@pytest.fixture
def model(connect: Opening) -> AzureModel:
    return connect()
