"""What a deployment refused is known to the next process, until it is time to try again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.azure import Access, AzureModel
from bot.chat.deployments import Deployment
from bot.chat.ports.refusals import KEPT_FOR, ParameterRefused
from bot.chat.setup import Effort
from bot.errors import DatabaseDown
from bot.playground.model import ScriptedAzure
from tests.azure.conftest import QUICK, ask, request

DEPLOYMENT = Deployment("gpt-5-mini")


@dataclass
class Book:
    """Keeps refusals as a database does; `torn`, it keeps none."""

    kept: list[ParameterRefused] = field(default_factory=list)
    torn: bool = False

    async def known(self) -> tuple[ParameterRefused, ...]:
        return tuple(self.kept)

    async def keep(self, refusal: ParameterRefused) -> None:
        if self.torn:
            raise DatabaseDown("torn")
        self.kept.append(refusal)


@dataclass
class Processes:
    """One after the other, all with the same book."""

    azure: ScriptedAzure
    book: Book = field(default_factory=Book)
    now: float = 1_700_000_000.0
    models: list[AzureModel] = field(default_factory=list)

    async def start(self) -> AzureModel:
        access = {DEPLOYMENT.name: Access(self.azure.endpoint, self.azure.key)}
        model = AzureModel(access, limits=QUICK, refusals=self.book, now=lambda: self.now)
        self.models.append(model)
        await model.recall()
        return model


@pytest.fixture
async def processes(azure: ScriptedAzure) -> AsyncIterator[Processes]:
    found = Processes(azure)
    yield found
    for model in found.models:
        await model.aclose()


async def test_the_next_process_knows_and_does_not_ask_again(processes: Processes) -> None:
    await ask(await processes.start(), request(DEPLOYMENT.name))
    processes.azure.requests.clear()
    restarted = await processes.start()
    assert "temperature" in restarted.refused(DEPLOYMENT)
    assert "temperature" not in restarted.refused(DEPLOYMENT, Effort.LOW)
    await ask(restarted, request(DEPLOYMENT.name))
    assert ["temperature" in asked.body for asked in processes.azure.requests] == [False]


async def test_after_a_day_it_is_tried_again_also_by_a_process_that_runs_on(processes: Processes) -> None:
    running = await processes.start()
    await ask(running, request(DEPLOYMENT.name))
    processes.now += KEPT_FOR
    assert not running.refused(DEPLOYMENT)
    processes.azure.requests.clear()
    await ask(running, request(DEPLOYMENT.name))
    assert "temperature" in processes.azure.requests[0].body
    assert "temperature" in running.refused(DEPLOYMENT)


async def test_a_book_that_cannot_be_written_keeps_nobody_from_an_answer(processes: Processes) -> None:
    processes.book.torn = True
    model = await processes.start()
    assert (await ask(model, request(DEPLOYMENT.name))).text
    assert "temperature" in model.refused(DEPLOYMENT)
