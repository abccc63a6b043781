"""One answer of the model, piece by piece into the reply, until it ends or somebody ends it."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass

from bot.chat.metering import Metered
from bot.chat.ports import Finish, Reply, Request
from bot.chat.prompt import Prompt
from bot.chat.sent import Sent
from bot.chat.spending import Bill
from bot.chat.stopping import unless_stopped
from bot.chat.turns import STOPPED, Answer, Usage
from bot.errors import AnswerCut


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
