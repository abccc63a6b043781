"""One answer of the model, piece by piece into the reply, until it ends or somebody ends it."""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.characters import is_visible, legible
from bot.chat.continuing import Onward
from bot.chat.deployments import Deployment, Transport
from bot.chat.grounds import Ground
from bot.chat.messages import Utterance
from bot.chat.metering import Metered
from bot.chat.ports import Finish, Request
from bot.chat.prompt import Prompt
from bot.chat.sent import Sent
from bot.chat.setup import Setup
from bot.chat.spending import Bill
from bot.chat.stopping import unless_stopped
from bot.chat.turns import STOPPED, Answer, Turn, Usage
from bot.errors import AnswerCut, AnswerEmpty, ModelTimedOut

Write: TypeAlias = Callable[[str], None]


def request_for(
    turn: Turn, setup: Setup, deployment: Deployment, utterances: tuple[Utterance, ...], begun: str = ""
) -> Request:
    """The model call of a turn. Slack's ids leave the house only as hashes."""
    thread = turn.thread
    return Request(
        id=f"{thread.team_id}.{turn.id}",
        deployment=deployment,
        settings=setup.settings,
        utterances=utterances,
        person=_hashed(thread.team_id, turn.recipient_id),
        cache_key=_hashed(thread.team_id, thread.channel_id, thread.root_ts),
        begun=begun,
    )


def bill_for(turn: Turn, ground: Ground) -> Bill:
    """Who pays for a turn: its channel, or the one whose draft it tries."""
    return Bill(turn.thread.team_id, ground.channel_id, ground.daily_tokens, turn.lease)


def _hashed(*ids: str) -> str:
    return hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a turn asks, and who pays for it."""

    turn: Turn
    request: Request
    bill: Bill
    prompt: Prompt


@dataclass(frozen=True, slots=True)
class Generating:
    """Asks the model. `would_send` is what a request would be now: a stopped one never says what it was."""

    model: Metered
    would_send: Callable[[Request], Sent]

    async def answer(self, asked: Asked, write: Write, stop: asyncio.Event) -> tuple[Answer | None, Sent]:
        """A turn's answer, with what stood there where it goes on; None: stopped before a word of it.

        A half answer is better than none, but not than one that stands there whole.
        """
        turn, begun = asked.turn, asked.turn.begun
        if begun is None:
            answer, sent = await self.stream(asked, write, stop, takes_half=turn.earlier is None)
            return (None if _unsaid(answer) else answer), sent
        exact = self.would_send(asked.request).transport is Transport.CHATML
        onward = Onward(begun, write, exact=exact)
        try:
            answer, sent = await self.stream(asked, onward.write, stop)
        except AnswerEmpty as empty:
            if empty.reasoned:
                raise
            # It had come to its end just where the maximum response was.
            answer, sent = self.half(asked, "", "stop")
        return (None if _unsaid(answer) else onward.whole(answer)), sent

    async def stream(
        self, asked: Asked, write: Write, stop: asyncio.Event, *, takes_half: bool = True
    ) -> tuple[Answer, Sent]:
        """Every piece is written as it comes; a stop closes the model's stream at once.

        The answer is then what there was by that moment, possibly nothing. Where the model breaks off after
        visible words they are an answer, too, unless only a whole one will do.
        """
        said: list[str] = []
        try:
            whole = await unless_stopped(stop, self._read(asked, write, said))
        except (AnswerCut, ModelTimedOut) as broken:
            if not (takes_half and is_visible(legible("".join(said)))):
                raise
            return self.half(asked, "".join(said), broken.outcome)
        if whole is None:
            return self.half(asked, "".join(said), STOPPED)
        return Answer(asked.request.deployment.name, "".join(said), whole.reason, whole.usage), whole.sent

    def half(self, asked: Asked, text: str, finish: str) -> tuple[Answer, Sent]:
        """An answer of which nobody has said what it took: its tokens are counted here."""
        deployment = asked.request.deployment
        completion = self.model.count(text, deployment.encoding)
        usage = Usage(prompt=asked.prompt.tokens, completion=completion)
        return Answer(deployment.name, text, finish, usage), self.would_send(asked.request)

    async def _read(self, asked: Asked, write: Write, said: list[str]) -> Finish:
        async with aclosing(self.model.stream(asked.request, asked.bill, asked.prompt.tokens)) as stream:
            async for part in stream:
                if isinstance(part, Finish):
                    return part
                said.append(part.text)
                write(part.text)
        raise AnswerCut


def _unsaid(answer: Answer) -> bool:
    return answer.finish == STOPPED and not answer.text.strip()
