"""llama.cpp serving one model file on a loopback port of its own, in a process that ends with this one."""

import asyncio
import json
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from bot.playground.model.local.weights import ModelUnavailable

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
    if find_spec("xllamacpp") is None:
        raise ModelUnavailable(f"llama.cpp is not installed. Install it with: {_INSTALL}")
    key = secrets.token_urlsafe(16)
    engine = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.playground.model.local.engine", str(weights), deployment),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert engine.stdin is not None
    assert engine.stdout is not None
    try:
        engine.stdin.write(f"{key}\n".encode())
        said = json.loads(await engine.stdout.readline() or b'{"failed": "it ended at once"}')
        if "failed" in said:
            raise ModelUnavailable(f"llama.cpp cannot load {weights.name}: {said['failed']}")
        yield Llama(said["address"], key)
    finally:
        if engine.returncode is None:
            engine.kill()
        await engine.wait()
