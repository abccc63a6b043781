"""What deployments turn out not to take, learnt from their refusals.

Azure's deployments have any name their owner likes, so that no table says which model is behind one.
"""

import logging
import re
import time
from dataclasses import dataclass, field

from openai import APIError, APIStatusError

from bot.azure.failures import too_long, wording
from bot.azure.requests import Body
from bot.chat.deployments import Deployment, Transport
from bot.chat.ports import Clock
from bot.chat.ports.refusals import KEPT_FOR, ParameterRefused, Refusals
from bot.chat.setup import Effort
from bot.errors import ConfabError, described

_log = logging.getLogger(__name__)

_REQUIRED = frozenset({"model", "messages", "prompt", "stream"})
_LIMITS = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
# How servers built on pydantic name a field; they may quote the whole request beside it.
_LOCATED = re.compile(r"'loc': [\[(]'body', '(\w+)'")
# What says that the model never takes a parameter, rather than that this value is out of its range.
_NEVER = re.compile(r"unsupported|not support|unrecognized|unknown|not permitted|extra", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refused:
    """A parameter that was refused; `lasting` where no other value would have done either."""

    name: str
    lasting: bool


def refused(error: Exception, sent: Body) -> Refused | None:
    """The parameter of `sent` that the service refuses, if that is what the error says."""
    if not isinstance(error, APIStatusError) or error.status_code not in (400, 422):
        return None
    if error.code == "content_filter" or too_long(error):
        return None
    optional = sent.keys() - _REQUIRED
    named = re.split(r"[.\[]", error.param or "")[0]
    name = named if named in optional else _mentioned(error, optional)
    lasting = _NEVER.search(f"{error.code} {wording(error)}") is not None
    return Refused(name, lasting) if name else None


def _mentioned(error: APIError, names: set[str]) -> str | None:
    """The parameter that a refusal without `param` names: by its place, in quotes, or after a colon."""
    if found := _LOCATED.search(wording(error)):
        return found[1] if found[1] in names else None
    for name in sorted(names, key=len, reverse=True):
        if re.search(rf"['\"`]{name}['\"`]|: {name}\b", error.message):
            return name
    return None


def fitted(body: Body, without: set[str]) -> Body:
    """The body without what is refused; a refused token limit goes by its other name, if that is not."""
    fit = {name: value for name, value in body.items() if name not in without}
    for name, other in _LIMITS.items():
        if name in body and name in without and other not in without:
            fit[other] = body[name]
    return fit


@dataclass(slots=True)
class Adaptation:
    """What is known of every deployment so far. What it refuses counts for a day, and `refusals` keeps it."""

    refusals: Refusals | None = None
    now: Clock = time.time
    _refused: dict[tuple[str, Transport, Effort | None], dict[str, float]] = field(default_factory=dict)
    _transports: dict[Deployment, Transport] = field(default_factory=dict)

    def transport(self, deployment: Deployment) -> Transport:
        """The one that works, else the one that the operator named."""
        return self._transports.get(deployment, deployment.transport)

    def works(self, deployment: Deployment, transport: Transport) -> None:
        """Remember that the deployment answers over this transport."""
        self._transports[deployment] = transport

    def refused_by(
        self, deployment: Deployment, transport: Transport, effort: Effort | None = None
    ) -> set[str]:
        """The parameters that the deployment refuses whatever their value.

        Each effort is another matter: there are models that take a temperature only with none of it, and
        every model takes some efforts alone.
        """
        since = self.now() - KEPT_FOR
        found = self._refused.get((deployment.name, transport, effort), {})
        return {parameter for parameter, at in found.items() if at > since}

    async def recall(self) -> None:
        """Take in what was learnt before this process began."""
        for each in await self.refusals.known() if self.refusals else ():
            self._note(each)

    async def learn(self, refusal: ParameterRefused) -> None:
        """Remember a refusal; where it cannot be kept, for as long as this process lives."""
        self._note(refusal)
        try:
            if self.refusals:
                await self.refusals.keep(refusal)
        except ConfabError as error:
            _log.info("what %s refuses is not kept: %s", refusal.deployment, described(error))

    def _note(self, refusal: ParameterRefused) -> None:
        which = (refusal.deployment, refusal.transport, refusal.effort)
        self._refused.setdefault(which, {})[refusal.parameter] = refusal.at
