"""Asking a model until it begins to answer: adapting to what it refuses, waiting as it says."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from openai import APIError, AsyncOpenAI, AsyncStream

from bot.azure import requests
from bot.azure.access import Access
from bot.azure.adaptation import Adaptation, fitted, refused
from bot.azure.events import Events
from bot.azure.failures import FOREIGN, Whence, failure, passing, request_id, wrong_operation
from bot.azure.limits import Limits
from bot.azure.requests import Body
from bot.azure.speech import Speech
from bot.azure.stopping import Stopping
from bot.azure.waiting import named_wait, pause
from bot.chat import chatml
from bot.chat.deployments import Transport
from bot.chat.ports import Clock, Request
from bot.chat.ports.refusals import ParameterRefused
from bot.chat.sent import Sent

Sleep = Callable[[float], Awaitable[object]]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Asking:
    """One question on its way; `begin` is for calling once."""

    request: Request
    client: AsyncOpenAI
    access: Access
    adaptation: Adaptation
    limits: Limits
    clock: Clock
    sleep: Sleep
    transport: Transport = field(init=False)
    _started: float = field(init=False)
    _deadline: float = field(init=False)
    _sent: Body = field(init=False, default_factory=dict)
    _without: set[str] = field(init=False, default_factory=set)
    _failures: int = field(init=False, default=0)
    _unfit: Exception | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.transport = self.adaptation.transport(self.request.deployment)
        self._started = self.clock()

    async def begin(self) -> tuple[Speech, str]:
        """The answer and its first words, which are empty if it has none at all.

        Raises:
            ConfabError: why there is no answer.
        """
        self._deadline = asyncio.get_running_loop().time() + self.limits.total
        while True:
            try:
                return await self._try()
            except FOREIGN as error:
                if not await self._adapted(error):
                    await self._wait(error)

    async def _try(self) -> tuple[Speech, str]:
        self._sent = self._fitted()
        async with asyncio.timeout_at(self._deadline):
            stream = await self._post()
        whence = self._whence(request_id(stream.response.headers))
        events = Events(stream.response, self._deadline, self.limits.idle)
        speech = Speech(events, self._stopping(), whence, self._as_sent(self._sent))
        words = await speech.first()  # what this raises has closed the connection
        self.adaptation.works(self.request.deployment, self.transport)
        return speech, words

    async def _post(self) -> AsyncStream[object]:
        # The raw chunks: building the SDK's typed ones is three quarters of what a stream costs.
        return await self.client.post(
            requests.path(self.transport),
            body=self._sent,
            cast_to=object,
            stream=True,
            stream_cls=AsyncStream[object],
            options={
                "headers": {"x-ms-client-request-id": self.request.id},
                "security": {"bearer_auth": True},
            },
        )

    def would_send(self) -> Sent:
        """What a first try would send now, knowing what the deployment has refused before."""
        return self._as_sent(self._fitted())

    def _fitted(self) -> Body:
        body = requests.body(self.request, self.transport, dated=self.access.api_version is not None)
        return fitted(body, self._without | self._known_refusals())

    def _as_sent(self, body: Body) -> Sent:
        return Sent(
            deployment=self.request.deployment.name,
            transport=self.transport,
            api_version=self.access.api_version,
            parameters=requests.parameters(body),
            keyless=self.access.key is None,
            own_endpoint=self.access.own,
        )

    def _stopping(self) -> Stopping:
        """Looks for the stop sequences that were not sent, and for a ChatML marker that leaked."""
        markers = (chatml.START, chatml.END) if self.transport is Transport.CHATML else ()
        wanted = requests.wanted_stops(self.request.settings, self.transport)
        sent = self._sent.get("stop", ())
        return Stopping([*markers, *(stop for stop in wanted if stop not in sent)])

    async def _adapted(self, error: Exception) -> bool:
        """Whether something was learnt from the error, so that another request may do.

        This comes to an end: each refused parameter is sent no more, and there are only so many.
        """
        if wrong_operation(error) and self._unfit is None:
            self._unfit, self.transport = error, self.transport.other
            return True
        parameter = refused(error, self._sent)
        if parameter is None:
            return False
        if parameter.lasting:
            await self._learn(parameter.name)
        else:
            self._without.add(parameter.name)
        return True

    async def _learn(self, parameter: str) -> None:
        deployment, effort = self.request.deployment.name, self.request.settings.effort
        at = self.adaptation.now()
        await self.adaptation.learn(ParameterRefused(deployment, self.transport, effort, parameter, at))

    async def _wait(self, error: Exception) -> None:
        """Wait for the next try, or raise where there is none."""
        self._failures += 1
        wait = named_wait(error) if isinstance(error, APIError) else None
        if wait is None:
            wait = pause(self._failures, random.random())  # noqa: S311  # spreads the load, keeps no secret
        too_late = self.clock() - self._started + wait > self.limits.patience
        if too_late or self._failures >= self.limits.tries or not passing(error):
            if wrong_operation(error) and self._unfit:
                error, self.transport = self._unfit, self.transport.other
            raise failure(error, self._whence(), self.request.settings.max_response) from None
        _log.info("%s: %s; trying again in %.1f s", self.request.id, type(error).__name__, wait)
        await self.sleep(wait)

    def _known_refusals(self) -> set[str]:
        return self.adaptation.refused_by(
            self.request.deployment, self.transport, self.request.settings.effort
        )

    def _whence(self, theirs: str = "") -> Whence:
        return Whence(self.request.deployment.name, self.transport, self.request.id, theirs)
