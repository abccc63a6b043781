"""The files that people share: where they come from, and what reads them."""

from typing import Protocol

from bot.chat.shared_files import FileRead, SharedFile, Unread


class SharedFiles(Protocol):
    """Slack's file host stands behind it."""

    async def fetch(self, file: SharedFile) -> bytes | Unread:
        """The file's bytes, or why there are none; never more than the most that one file may have."""


class FileReader(Protocol):
    """Reads one file without trusting it."""

    async def read(self, file: SharedFile, data: bytes, characters: int) -> FileRead:
        """What the file says, in at most so many characters, or why it says nothing."""
