"""Azure OpenAI as the conversation sees it: a request goes in, pieces of an answer come out."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing

from bot.azure.access import Access
from bot.azure.adaptation import Adaptation
from bot.azure.asking import Asking, Sleep
from bot.azure.clients import Clients
from bot.azure.entra import EntraSignIn, SignIn
from bot.azure.limits import USUAL, Limits
from bot.chat.deployments import Deployment, Transport
from bot.chat.messages import Role, Utterance
from bot.chat.neutral import is_neutral
from bot.chat.ports import Clock, Finish, Piece, Request
from bot.chat.ports.refusals import Refusals
from bot.chat.sent import Sent
from bot.chat.setup import ChannelSettings, Effort
from bot.errors import AnswerEmpty, ConfabError, ForgedPrompt, OperatorFault

_PROBE = (Utterance(Role.USER, "Say hello."),)
# Reasoning models take no less.
_PROBE_TOKENS = 16
_SETTINGS = frozenset(
    {"temperature", "top_p", "frequency_penalty", "presence_penalty", "stop", "reasoning_effort"}
)
# Completions have no effort, whichever model is behind them.
_UNSENT = {Transport.CHAT: frozenset[str](), Transport.CHATML: frozenset({"reasoning_effort"})}
_NAMES = {Transport.CHAT: "chat completions", Transport.CHATML: "ChatML completions"}

_log = logging.getLogger(__name__)


class AzureModel:
    """Implements `bot.chat.ports.Model`. `accesses` has one for each deployment's name.

    Args:
        clock: seconds, counted from anywhere but never back.
        sleep: waits that many seconds, between two tries.
        sign_in: signs in to Entra ID; called once, and only if an access has no key.
        refusals: where to keep what deployments refuse; None: nowhere.
        now: seconds since 1970; a refusal counts for a day.

    Raises:
        MissingExtra: an access has no key, and azure-identity is not installed.
    """

    def __init__(
        self,
        accesses: Mapping[str, Access],
        *,
        limits: Limits = USUAL,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        sign_in: Callable[[], SignIn] = EntraSignIn,
        refusals: Refusals | None = None,
        now: Clock = time.time,
    ) -> None:
        self._accesses = dict(accesses)
        self._clients = Clients(self._accesses.values(), limits, sign_in)
        self._adaptation = Adaptation(refusals, now)
        self._limits = limits
        self._clock = clock
        self._sleep = sleep

    async def recall(self) -> None:
        """Take in the refusals that were kept, before the first question; raises what keeps them raises."""
        await self._adaptation.recall()

    async def stream(self, request: Request) -> AsyncGenerator[Piece | Finish, None]:
        """Pieces, then one Finish; see the port.

        Before the first piece, what a deployment does not take is left out and what passes is tried again;
        after it, nothing. The usage is all zeros where the service did not tell it.
        """
        started = self._clock()
        try:
            speech, words = await self._asking(request).begin()
            async with aclosing(speech):
                while words:
                    yield Piece(words)
                    words = await speech.more()
                finish = speech.finish()
        except ConfabError as error:
            took = self._clock() - started
            _log.warning("%s: %s after %.1f s: %s", request.id, error.outcome, took, error.detail)
            raise
        self._note(request, finish, self._clock() - started)
        yield finish

    async def probe(self, deployment: Deployment) -> str:
        """Ask for a few tokens; a short line on how the deployment answers. Raises as `stream` does."""
        started = self._clock()
        request = Request("confab-check", deployment, ChannelSettings(max_response=_PROBE_TOKENS), _PROBE)
        try:
            async with aclosing(self.stream(request)) as stream:
                async for _ in stream:
                    pass
        except AnswerEmpty:
            pass  # a model that thinks has better things to do with so few tokens, and it did answer
        transport = self._adaptation.transport(deployment)
        api = self._accesses[deployment.name].api_version or "v1"
        without = ", ".join(sorted(self._adaptation.refused_by(deployment, transport)))
        told = f"{_NAMES[transport]}, API {api}, answered in {self._clock() - started:.1f} s"
        return f"{told}, does not take {without}" if without else told

    def refused(self, deployment: Deployment, effort: Effort | None = None) -> frozenset[str]:
        """The settings that the deployment turned out not to take with this effort; see the port."""
        transport = self._adaptation.transport(deployment)
        return _UNSENT[transport] | _SETTINGS & self._adaptation.refused_by(deployment, transport, effort)

    def would_send(self, request: Request) -> Sent:
        """What `stream` would send for this request; nothing is sent.

        Raises:
            ForgedPrompt, OperatorFault: as `stream` does.
        """
        return self._asking(request).would_send()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._clients.aclose()

    def _asking(self, request: Request) -> Asking:
        # Whoever composed the prompt has neutralised it; a forged turn is too bad to rely on that.
        if not all(map(is_neutral, (request.begun, *(each.text for each in request.utterances)))):
            raise ForgedPrompt
        access = self._accesses.get(request.deployment.name)
        if access is None:
            raise OperatorFault(f"deployment {request.deployment.name} has no endpoint in the settings")
        return Asking(
            request=request,
            client=self._clients[access],
            access=access,
            adaptation=self._adaptation,
            limits=self._limits,
            clock=self._clock,
            sleep=self._sleep,
        )

    def _note(self, request: Request, finish: Finish, seconds: float) -> None:
        usage = finish.usage
        _log.info(
            "%s: deployment %s, %s, finish %s in %.1f s, "
            "%d tokens in (%d cached), %d out (%d reasoned), Azure's id %s",
            request.id,
            request.deployment.name,
            self._adaptation.transport(request.deployment),
            finish.reason,
            seconds,
            usage.prompt,
            usage.cached,
            usage.completion,
            usage.reasoned,
            finish.request_id or "unknown",
        )
