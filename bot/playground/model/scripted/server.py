"""The stand-in itself: what it was told to say, what it was asked, and which answers are under way."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time

from bot.playground.model.recorded import Recordings
from bot.playground.model.refusal import Refusal
from bot.playground.model.scripted.answer import Answer, Reply, as_a_model_would
from bot.playground.model.scripted.asked import Asked
from bot.playground.model.scripted.brain import converse
from bot.playground.model.scripted.deployments import USUAL, Deployment
from bot.playground.model.scripted.shapes import Usage
from bot.playground.model.scripted.speaking import Sleep

Brain = Callable[[Asked], Reply]


def estimate(text: str) -> int:
    """About how many tokens `text` has, rather too few than too many."""
    return len(text.encode()) // 5


@dataclass(slots=True)
class ScriptedAzure:
    """Azure OpenAI as a test or the playground wants it to be. `running_scripted_azure` serves it.

    A request that the service would refuse is refused. Any other gets, in this order: the next of `answers`,
    the reply kept for its question in `replies`, or what `brain` says.

    Args:
        count: tokens of a text, for usage and for the context window.
        clock: seconds since the epoch.
        sleep: waits that many seconds, between pieces.
    """

    key: str = field(default="scripted-key", repr=False)
    port: int = 0
    brain: Brain = field(default=converse, repr=False)
    deployments: Iterable[Deployment] = field(default=USUAL, repr=False)
    count: Callable[[str], int] = field(default=estimate, repr=False)
    clock: Callable[[], float] = field(default=time, repr=False)
    sleep: Sleep = field(default=asyncio.sleep, repr=False)
    answers: deque[Reply] = field(default_factory=deque, repr=False)
    replies: dict[str, Reply] = field(default_factory=dict, repr=False)
    requests: list[Asked] = field(default_factory=list, repr=False)
    recordings: Recordings = field(default_factory=Recordings, repr=False)
    open_answers: int = field(default=0, init=False)
    _released: asyncio.Event = field(default_factory=asyncio.Event, init=False, repr=False)
    _changed: asyncio.Event = field(default_factory=asyncio.Event, init=False, repr=False)

    @property
    def endpoint(self) -> str:
        """What goes into `AZURE_OPENAI_ENDPOINT`."""
        return f"http://127.0.0.1:{self.port}"

    def deployment(self, name: object) -> Deployment | None:
        """The deployment of that name, if there is one."""
        return next((each for each in self.deployments if each.name == name), None)

    def release(self) -> None:
        """Let every answer that is stuck now go on."""
        self._released.set()
        self._released = asyncio.Event()

    async def released(self) -> None:
        """Wait for the next release."""
        await self._released.wait()

    def forget(self) -> None:
        """Drop all that was scripted, asked and recorded."""
        self.answers.clear()
        self.replies.clear()
        self.requests.clear()
        self.recordings.clear()

    async def until(self, condition: Callable[["ScriptedAzure"], bool]) -> None:
        """Wait until `condition` holds; it is looked at when a request comes in and when one is over."""
        while not condition(self):
            await self._changed.wait()

    @contextmanager
    def answering(self, asked: Asked) -> Iterator[None]:
        """Keep `asked`, and count its answer in `open_answers` until it is given or its client has left."""
        self.requests.append(asked)
        self.open_answers += 1
        self._tell()
        try:
            yield
        finally:
            self.open_answers -= 1
            self._tell()

    def reply_to(self, asked: Asked) -> Answer | Refusal:
        """What to say, which uses up the first of `answers`."""
        reply = self.answers.popleft() if self.answers else self.replies.get(asked.question)
        if reply is None:
            reply = self.brain(asked)
        return as_a_model_would(reply, asked.maximum, asked.stops) if isinstance(reply, str) else reply

    def prompt_tokens(self, asked: Asked) -> int:
        """What the service would bill for the question, roughly: markers and roles are not counted."""
        if asked.prompt is not None:
            return self.count(asked.prompt)
        return sum(self.count(each.text) for each in asked.turns)

    def usage(self, asked: Asked, answer: Answer) -> Usage:
        """A piece is a token; hidden reasoning comes on top."""
        hidden = answer.reasoning_tokens
        return Usage(self.prompt_tokens(asked), len(answer.pieces) + hidden, hidden)

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
