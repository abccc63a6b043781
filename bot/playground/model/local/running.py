"""The local model as a whole: weights, engine and front, opened and closed in order."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, TCPConnector

from bot.playground.model.local.front import Front
from bot.playground.model.local.llama import Llama, running_llama
from bot.playground.model.local.weights import PRACTICE_MODEL, find_weights
from bot.playground.model.recorded import Recordings
from bot.playground.model.serving import listening, serve_until_told


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A model that answers at `endpoint` (`http://127.0.0.1:port`) as `deployment` to holders of `key`."""

    port: int
    deployment: str
    recordings: Recordings = field(repr=False)
    llama: Llama
    key: str = field(repr=False)

    @property
    def endpoint(self) -> str:
        """What goes into `AZURE_OPENAI_ENDPOINT`."""
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def running_local_model(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    key: str | None = None,
    model_path: str | Path | None = None,
    deployment: str = PRACTICE_MODEL,
) -> AsyncIterator[LocalModel]:
    """Serve the practice model, or the GGUF file at `model_path`. Without a `key` one is made up.

    Raises:
        ModelUnavailable: the weights or the engine are missing; the text says what to install.
        OSError: the port is taken.
    """
    key = key or secrets.token_urlsafe(16)
    recordings = Recordings()
    # No time limit: how long an answer may take is the client's to say.
    timeout = ClientTimeout(total=None)
    async with (
        running_llama(find_weights(model_path), deployment) as llama,
        # A connection to the engine serves one request: closing it is what stops a generation.
        ClientSession(connector=TCPConnector(limit=0, force_close=True), timeout=timeout) as session,
    ):
        front = Front(llama, session, recordings, deployment)
        async with listening(front.application(key), host, port) as taken:
            yield LocalModel(taken, deployment, recordings, llama, key)


def serve_local_model(
    host: str,
    port: int,
    key: str,
    model_path: str | Path | None = None,
    deployment: str = PRACTICE_MODEL,
) -> None:
    """Serve until SIGTERM; says on stdout when it is ready and at which port."""
    serve_until_told(
        running_local_model(host=host, port=port, key=key, model_path=model_path, deployment=deployment)
    )
