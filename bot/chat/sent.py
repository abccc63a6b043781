"""What was sent to the model for an answer: what "View code" and "Show raw syntax" are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.chat.deployments import Transport


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as the service took it, less `stream`, `stream_options` and cache hints.

    `parameters` is the body without its prompt or messages. `api_version` None is the v1 API. `endpoint` is
    the deployment's own variable suffix where it has one, never an address or a key; `keyless` means
    Entra ID.
    """

    deployment: str
    transport: Transport
    api_version: str | None
    parameters: Mapping[str, Any] = field(repr=False)
    keyless: bool = False
    own_endpoint: bool = False


@dataclass(frozen=True, slots=True)
class Included:
    """Which stored messages a request carried, oldest first, by id; texts are read when somebody looks.

    `setup_version` names the persona and the examples that stood before them.
    """

    setup_version: int
    messages: tuple[int, ...]
    left_out: int = 0
    why_left_out: str = ""
