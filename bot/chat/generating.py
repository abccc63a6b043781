"""One answer of the model, piece by piece into the reply, until it ends or somebody ends it."""

import asyncio
import hashlib
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from bot.chat.deployments import Deployment
from bot.chat.grounds import Ground
from bot.chat.messages import Utterance
from bot.chat.metering import Metered
from bot.chat.ports import Finish, Reply, Request
from bot.chat.prompt import Prompt
from bot.chat.sent import Sent
from bot.chat.setup import Setup
from bot.chat.spending import Bill
from bot.chat.stopping import unless_stopped
from bot.chat.turns import STOPPED, Answer, Turn, Usage
from bot.errors import AnswerCut


def request_for(
    turn: Turn, setup: Setup, deployment: Deployment, utterances: tuple[Utterance, ...]
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
    )


def bill_for(turn: Turn, ground: Ground) -> Bill:
    """Who pays for a turn: its channel, or the one whose draft it tries."""
    return Bill(turn.thread.team_id, ground.channel_id, ground.daily_tokens, turn.lease)


def _hashed(*ids: str) -> str:
    return hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Generating:
    """Asks the model. `would_send` is what a request would be now: a stopped one never says what it was."""

    model: Metered
    would_send: Callable[[Request], Sent]

    async def stream(
        self, request: Request, bill: Bill, prompt: Prompt, reply: Reply, stop: asyncio.Event
    ) -> tuple[Answer, Sent]:
        """Every piece goes into the reply as it comes; a stop closes the model's stream at once.

        The answer is then what there was by that moment, possibly nothing.
        """
        said: list[str] = []
        whole = await unless_stopped(stop, self._read(request, bill, prompt, reply, said))
        text, name = "".join(said), request.deployment.name
        if whole is not None:
            return Answer(name, text, whole.reason, whole.usage), whole.sent
        completion = self.model.count(text, request.deployment.encoding)
        usage = Usage(prompt=prompt.tokens, completion=completion)
        return Answer(name, text, STOPPED, usage), self.would_send(request)

    async def _read(
        self, request: Request, bill: Bill, prompt: Prompt, reply: Reply, said: list[str]
    ) -> Finish:
        async with aclosing(self.model.stream(request, bill, prompt.tokens)) as stream:
            async for part in stream:
                if isinstance(part, Finish):
                    return part
                said.append(part.text)
                reply.write(part.text)
        raise AnswerCut
