"""What deployments turned out not to take, kept for longer than one process lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.chat.deployments import Transport
from bot.chat.setup import Effort

KEPT_FOR = 86_400.0
"""Seconds for which a refusal counts; then it is tried again, for the model behind a name may change."""


@dataclass(frozen=True, slots=True)
class ParameterRefused:
    """A parameter that a deployment takes with no value. `effort` None: where none was asked for.

    `at` is in seconds since 1970.
    """

    deployment: str
    transport: Transport
    effort: Effort | None
    parameter: str
    at: float


class Refusals(Protocol):
    """The refusals of one team's deployments. A database stands behind it."""

    async def known(self) -> Sequence[ParameterRefused]:
        """Those that still count."""

    async def keep(self, refusal: ParameterRefused) -> None:
        """Keep one; of two for the same parameter the later one stays."""
