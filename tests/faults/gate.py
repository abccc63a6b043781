"""A gate before a server: what clients send waits there, unseen by the server, while it is shut."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress


class Gate:
    """Passes bytes between clients and a port of this machine."""

    def __init__(self, behind: int) -> None:
        self._behind = behind
        self._open = asyncio.Event()
        self._open.set()
        self._passing: set[asyncio.Task[None]] = set()
        self.arrived = asyncio.Event()
        self.port = 0

    @contextmanager
    def shut(self) -> Iterator[asyncio.Event]:
        """Nothing passes until the block is left; gives the event of something arriving meanwhile."""
        self.arrived = asyncio.Event()
        self._open.clear()
        try:
            yield self.arrived
        finally:
            self._open.set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client's connection, until either side ends it."""
        task = asyncio.current_task()
        assert task
        self._passing.add(task)
        task.add_done_callback(self._passing.discard)
        with suppress(OSError):
            there, back = await asyncio.open_connection("127.0.0.1", self._behind)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._forward(reader, back, waits=True))
                    group.create_task(self._forward(there, writer, waits=False))
            except* OSError:
                pass
            finally:
                back.transport.abort()
                writer.transport.abort()

    async def close(self) -> None:
        """End every connection."""
        for task in self._passing:
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, waits: bool
    ) -> None:
        while data := await reader.read(65_536):
            if waits and not self._open.is_set():
                self.arrived.set()
                await self._open.wait()
            writer.write(data)
            await writer.drain()
        raise ConnectionResetError  # one side has left, so the other one has to


@asynccontextmanager
async def gate(behind: int) -> AsyncIterator[Gate]:
    """An open gate before that port."""
    it = Gate(behind)
    server = await asyncio.start_server(it.serve, "127.0.0.1", 0)
    it.port = server.sockets[0].getsockname()[1]
    try:
        yield it
    finally:
        server.close()
        await it.close()
