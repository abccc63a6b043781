"""The stand-in on a loopback port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.playground.model.scripted.routes import Routes
from bot.playground.model.scripted.server import ScriptedAzure
from bot.playground.model.serving import listening, serve_until_told


@asynccontextmanager
async def running_scripted_azure(
    azure: ScriptedAzure | None = None, *, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[ScriptedAzure]:
    """Serve `azure`, or a new one, on the running loop; sets its `port`. Port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    azure = azure or ScriptedAzure()
    async with listening(Routes(azure).application(), host, port) as azure.port:
        yield azure


def serve_scripted(host: str, port: int, key: str) -> None:
    """Serve a stand-in until SIGTERM; says on stdout when it is ready and at which port."""
    serve_until_told(running_scripted_azure(ScriptedAzure(key=key), host=host, port=port))
