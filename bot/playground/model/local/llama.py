"""llama.cpp in this process, serving one model file on a loopback port of its own."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.playground.model.local.weights import ModelUnavailable

#: Tokens of context for each request: all that SmolLM2-135M was trained on.
CONTEXT = 8192
#: Requests answered at once; the next ones wait.
SLOTS = 2
THREADS = 2

_INSTALL = "pip install 'confab[playground]'"


@dataclass(frozen=True, slots=True)
class Llama:
    """The engine's own address, and the key that keeps others from going around the front."""

    address: str
    key: str = field(repr=False)


@asynccontextmanager
async def running_llama(weights: Path, deployment: str) -> AsyncIterator[Llama]:
    """Load `weights` and serve them at `/openai/v1/...`, naming the model `deployment` in its answers.

    Raises:
        ModelUnavailable: the engine is not installed, or cannot load the file.
    """
    try:
        # An extra and a large library: loaded only where it runs. It has no types.
        import xllamacpp  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as missing:
        raise ModelUnavailable(f"llama.cpp is not installed. Install it with: {_INSTALL}") from missing

    params = xllamacpp.CommonParams()
    params.model.path = str(weights)
    params.model_alias = {deployment}
    params.api_prefix = "/openai"
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key := secrets.token_urlsafe(16)]
    # llama.cpp divides its context among the slots.
    params.n_ctx = CONTEXT * SLOTS
    params.n_parallel = SLOTS
    params.cpuparams.n_threads = THREADS
    params.cpuparams_batch.n_threads = THREADS
    params.ui = False
    params.verbosity = 1  # errors only
    try:
        server = await asyncio.to_thread(xllamacpp.Server, params)
    except RuntimeError as failed:
        raise ModelUnavailable(f"llama.cpp cannot load {weights.name}: {failed}") from failed
    try:
        yield Llama(server.listening_address, key)
    finally:
        del server  # the engine stops, within a token or two, when its last reference goes
