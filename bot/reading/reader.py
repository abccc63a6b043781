"""Implements `bot.chat.ports.FileReader`: one short-lived process for each file."""

import asyncio
import json
import logging
import sys

from bot.chat.shared_files import FileKind, FileRead, FileText, Picture, SharedFile, Unread

log = logging.getLogger(__name__)

AT_ONCE = 2
"""Files read at the same time; more wait, so that a burst of documents leaves the answers their cores."""


class ConfinedReader:
    """Reads files in processes that know no secret, write nothing, and end after `seconds` at the latest."""

    def __init__(self, *, seconds: int = 20) -> None:
        self._seconds = seconds
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def read(self, file: SharedFile, data: bytes, characters: int) -> FileRead:
        """What the file says, in at most so many characters, or why it says nothing."""
        if file.kind is FileKind.OTHER:
            return Unread.KIND
        async with self._turn:
            said = await self._in_a_process(file.kind, data, characters)
        if said is None:
            log.warning("file %s of kind %s was too hard to read", file.id, file.kind.value)
            return Unread.TOO_HARD
        return _read(said)

    async def _in_a_process(self, kind: FileKind, data: bytes, characters: int) -> bytes | None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-m", "bot.reading.child", kind.value),
            *(str(characters), str(self._seconds)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # a library's complaint may quote the file
            env={},
        )
        try:
            async with asyncio.timeout(self._seconds * 2):
                said, _ = await process.communicate(data)
        except TimeoutError:
            return None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return said if process.returncode == 0 else None


def _read(said: bytes) -> FileRead:
    line, _, data = said.partition(b"\n")
    head = json.loads(line)
    if "unread" in head:
        return Unread(head["unread"])
    if "text" in head:
        return FileText(head["text"], cut=head["cut"])
    return Picture(data, head["mimetype"], head["width"], head["height"])
