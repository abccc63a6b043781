"""Where a trial plays: a workspace, a model and a database that outlive every bot."""

import asyncio
import inspect
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from bot.playground.model import ScriptedAzure
from bot.playground.model.scripted.answer import Reply
from bot.playground.workspace import Channel, DeliveryState, Message, Shown, Workspace
from bot.playground.workspace.delivery import Parcel
from bot.playground.workspace.serving import RunningWorkspace
from tests.faults.books import Books
from tests.faults.bots import AS_OPERATORS_DO, Bot
from tests.faults.gate import Gate
from tests.faults.model import Mind, words
from tests.faults.nursery import Nursery
from tests.faults.verdict import Verdict, compared
from tests.scenarios.scene import environ_for

PATIENCE = 90.0
LOOK = 0.04
NO_CHANGE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, and the one answer that is right."""

    message: Message
    text: str
    answer: str

    @property
    def root_ts(self) -> str:
        """The thread that it stands in."""
        return self.message.thread_ts or self.message.ts


class Stage:
    """Everything around the bots. Questions and answers are numbered: no two are alike."""

    def __init__(
        self,
        running: RunningWorkspace,
        azure: ScriptedAzure,
        front: Gate,
        url: str,
        folder: Path,
        *,
        born_by: Nursery | None = None,
    ) -> None:
        self.running = running
        self.azure = azure
        self.gate = front
        self.books = Books(url)
        self.url = url
        self.mind = Mind(azure.recordings)
        azure.brain = self.mind
        self.chance = random.Random(0)
        self.bots: list[Bot] = []
        self._settings: Mapping[str, str] = NO_CHANGE
        self.log_folder = folder
        self._born_by = born_by
        self._asked = 0
        self._started = 0

    @property
    def slack(self) -> Workspace:
        return self.running.workspace

    @property
    def bot(self) -> Bot:
        """The only bot."""
        (bot,) = self.bots
        return bot

    async def start(
        self, settings: Mapping[str, str] = NO_CHANGE, *, program: tuple[str, ...] = AS_OPERATORS_DO
    ) -> Bot:
        """One more bot; returns once it hears."""
        there = len(self.slack.connections.open)
        environ = environ_for(self.running, self.azure, self.url)
        environ |= {"AZURE_OPENAI_ENDPOINT": f"http://127.0.0.1:{self.gate.port}"}
        self._started += 1
        self._settings = settings
        log = self.log_folder / f"bot-{self._started}.log"
        bot = await Bot.start({**environ, **settings}, log, program, born_by=self._born_by)
        self.bots.append(bot)
        await self.until(lambda: len(self.slack.connections.open) > there or not bot.runs)
        assert bot.runs, log.read_text()[-2000:]
        return bot

    async def ready(self, seed: int, settings: Mapping[str, str] = NO_CHANGE, *, bots: int = 1) -> None:
        """So many bots with these settings and nothing wrong, whatever the trial before this one left.

        Several know of each other: who just came may otherwise take more of Slack's rates than its part.
        """
        self.calm(seed)
        there = all(bot.runs for bot in self.bots) and self._settings == settings
        if len(self.bots) != bots or not there:
            await self.end()
            for _ in range(bots):
                await self.start(settings)
            if bots > 1:
                await self.until(partial(self.books.know_each_other, await self.books.latest_beat(), bots))

    def calm(self, seed: int) -> None:
        """Nothing is wrong, and chance begins anew."""
        self.chance.seed(seed)
        self.slack.faults.clear()
        self.slack.rates.enforced = False
        self.azure.release()

    async def end(self) -> None:
        """Kill every bot."""
        for bot in self.bots:
            await bot.kill()
        self.bots.clear()
        self.slack.connections.drop_all()
        await self.until(lambda: not self.slack.connections.open)

    async def kill(self, bot: Bot | None = None) -> None:
        """Kill one bot, and let Slack notice."""
        there = len(self.slack.connections.open)
        gone = bot or self.bot
        await gone.kill()
        self.bots.remove(gone)
        if not self.bots:
            self.slack.connections.drop_all()
        await self.until(lambda: len(self.slack.connections.open) < there)

    def ask(
        self,
        *first: Reply,
        under: Question | None = None,
        channel: Channel | None = None,
        count: int = 40,
        answer: str = "",
        text: str = "",
    ) -> Question:
        """Ada asks something new; the model says `first`, one at a time, before the right answer."""
        self._asked += 1
        text = f"{text}question {self._asked}"
        right = answer or words(self._asked, count)
        self.mind.knows(text, right, *first)
        where = channel or self.slack.general
        said = text if under or where.id.startswith("D") else f"@Confab {text}"
        message = self.slack.post(
            self.slack.ada,
            under.message.channel if under else where,
            said,
            thread_ts=under.root_ts if under else None,
        )
        return Question(message, text, right)

    def next_answer(self, count: int = 40) -> str:
        """What the right answer to the next question will be."""
        return words(self._asked + 1, count)

    def forget(self) -> None:
        """Let the stand-ins forget what is over; what is there to see stays."""
        self.slack.calls.clear()
        parcels = self.slack.delivery.parcels
        parcels[:] = [each for each in parcels if not each.settled.is_set()]
        self.azure.forget()
        self.mind.forget()

    def shown(self, question: Question) -> list[Shown]:
        """What Confab has in that thread, for all to see."""
        thread = self.slack.see(question.message.channel, question.root_ts)
        return [each for each in thread if each.author == self.slack.confab.id and not each.ephemeral]

    def has_answer(self, question: Question) -> bool:
        """Whether the right answer stands there, whole and at its end."""
        return any(each.text == question.answer and not each.streaming for each in self.shown(question))

    def parcels(self, question: Question) -> list[Parcel]:
        """The envelopes that carry a question."""
        return [each for each in self.slack.parcels if each.event.get("ts") == question.message.ts]

    def acknowledged(self, question: Question) -> bool:
        """Whether Confab has taken all of them."""
        return all(each.state is DeliveryState.ACKNOWLEDGED for each in self.parcels(question))

    async def until(
        self, condition: Callable[[], bool | Awaitable[bool]], *, patience: float = PATIENCE
    ) -> None:
        """Wait until the condition holds."""
        async with asyncio.timeout(patience):
            while True:
                holds = condition()
                if inspect.isawaitable(holds):
                    holds = await holds
                if holds:
                    return
                await asyncio.sleep(LOOK)

    async def answered(self, questions: Sequence[Question], *, patience: float = PATIENCE) -> None:
        """Wait for the right answer to each; what stays away is told by the verdict."""
        try:
            await self.until(lambda: all(map(self.has_answer, questions)), patience=patience)
        except TimeoutError:
            return

    async def at_rest(self) -> None:
        """Wait until nothing more can come: all is acknowledged, no turn is open, the model is silent."""
        try:
            await self.until(self.rests, patience=PATIENCE)
        except TimeoutError:
            return

    async def rests(self) -> bool:
        """Whether nothing more can come."""
        settled = all(parcel.settled.is_set() for parcel in self.slack.parcels)
        return settled and not self.azure.open_answers and not await self.books.open_turns()

    async def a_moment(self, longest: float = 0.2) -> None:
        """Leave it to the seed how far a bot gets."""
        await asyncio.sleep(self.chance.uniform(0, longest))

    async def verdict(
        self,
        questions: Sequence[Question],
        since: float,
        *,
        within: float = 5.0,
        calls: int = 2,
        patience: float = PATIENCE,
    ) -> Verdict:
        """What people got in the end, who asked these; `calls` is how often each may cost a call."""
        await self.answered(questions, patience=patience)
        recovery = time.monotonic() - since
        await self.at_rest()
        lost = doubled = 0
        for root in {(each.message.channel, each.root_ts): each for each in questions}.values():
            wanted = [each.answer for each in questions if each.root_ts == root.root_ts]
            stands = [each for each in self.shown(root) if not each.streaming]
            missing, surplus = compared(wanted, [each.text for each in stands])
            lost += missing
            doubled += surplus + len(self.shown(root)) - len(stands)
        dear = {each.text: self.mind.calls[each.text] for each in questions}
        found = [f"{text} cost {cost} calls of the model" for text, cost in dear.items() if cost > calls]
        return Verdict(len(questions), lost, doubled, recovery, within, tuple(found))
